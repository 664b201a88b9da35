"""Catalogues and formats: everything that is said in two languages."""
