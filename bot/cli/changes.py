"""Words for what a load changed."""

from collections.abc import Iterator

from bot.services.changes import KINDS, Changes


def lines(changes: Changes) -> Iterator[str]:
    """Yield one line for each thing added, changed or missing, and the sums."""
    for warning in changes.warnings:
        yield f"warning: {warning}"
    added = changed = unchanged = 0
    for kind in KINDS:
        tally = changes.of(kind)
        added, changed = added + len(tally.added), changed + len(tally.changed)
        unchanged += len(tally.unchanged)
        for code in tally.added:
            yield f"added      {kind} {code}"
        for code, fields in tally.changed.items():
            yield f"changed    {kind} {code}: {', '.join(fields)}"
        if kind == "watch":
            continue
        left = "taken out of the directory" if kind == "contact" else "kept as it is"
        for code in tally.missing:
            yield f"missing    {kind} {code}: not in the file, {left}"
    for code in changes.retired:
        yield f"retired    watch {code}: not in the file, nothing new falls due from it"
    for code in changes.own_language:
        yield f"kept       officer {code}: the language that they chose themselves"
    for code in changes.corrected:
        yield f"kept       contact {code}: the numbers that were corrected in chat; put them into the file"
    verb = "would be " if changes.dry_run else ""
    yield f"{verb}added {added}, {verb}changed {changed}, unchanged {unchanged}"
    if changes.replanned:
        yield f"check-ins {verb}planned anew for {len(changes.replanned)} enrolled officers"
