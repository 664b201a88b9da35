"""Errands: what takes the outside world, or much time, and is therefore done outside every transaction."""
