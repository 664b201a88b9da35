"""What the worker asks of the errands: it never sees the store."""

from bot.store.errand import done, due, later, never

__all__ = ["done", "due", "later", "never"]
