"""What lies beside the database, and what a restore has left unsent: told by restore and by doctor."""

import asyncio
from pathlib import Path

from bot.store import attachment, errand, sending
from bot.store.engine import Store
from bot.store.file import Files

# Released, it would come a second time, or hours after it was true. What is still due is made anew by the sweep.
WHY_UNSENT = "they stay unsent, for they may have been sent already: see README, Backup and restore"


async def parked(store: Store) -> str:
    """Return what a restore has parked, by kind; nothing if it is nothing."""
    async with store.read() as tx:
        messages, errands = await sending.parked(tx), await errand.parked(tx)
    said = [f"{number} {kind}" for kind, number in messages.items()]
    said += [f"{number} {kind} (errand)" for kind, number in errands.items()]
    return ", ".join(said)


async def files(store: Store, data_dir: Path) -> tuple[bool, str]:
    """Return whether every file that the database names is there, and a line that says so, or what to do."""
    kept = Files(data_dir)
    async with store.read() as tx:
        named = await attachment.named(tx)
    missing = await asyncio.to_thread(kept.missing, named)
    if not missing:
        return True, f"all {len(named)} that the database names are in {kept.folder}"
    return False, (
        f"{missing} of the {len(named)} that the database names are missing in {kept.folder}; "
        "expected that folder as it was copied beside the backup: copy it there"
    )
