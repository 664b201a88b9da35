"""Vigie, the lookout: daily check-ins, alerts and the commander's picture for police on peace operations."""
