"""Load, decide, save, on a transaction handed in: one public function per thing a person or the clock can ask for."""

from bot.store.engine import Tx

__all__ = ["Tx"]
