"""The command export: the record, for the institution's own archive."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.database import on_store
from bot.cli.fault import refuse, settings, told
from bot.cli.output import form_of, new_file, refuse_existing, standard_output, tell
from bot.services import export as export_service
from bot.store.backup import belongs_to
from bot.store.engine import Store

_BEGIN = datetime(2000, 1, 1, tzinfo=UTC)
_END = datetime(9999, 1, 1, tzinfo=UTC)


def export(
    what: Annotated[str, typer.Argument(help="checkins, reports, alerts, audit or contacts.")],
    asked_form: Annotated[
        str | None,
        typer.Option("--format", help="csv, json, xlsx, for contacts vcf; by the name of the file, or csv, if none."),
    ] = None,
    since: Annotated[str | None, typer.Option(help="From this date or instant (UTC).")] = None,
    until: Annotated[str | None, typer.Option(help="Up to this date or instant (UTC), not included.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="The new file to write.")] = None,
) -> None:
    """Write check-ins, reports, alerts, audit or contacts to a file.

    Without -o it goes to standard output. An existing file is never overwritten. A report belongs to the time in which
    its period ended. Contacts are those of now, as `vigie contacts import` reads them.
    """
    faults: list[str] = []
    if what not in ("checkins", "reports", "alerts", "audit", "contacts"):
        faults.append(f"export: {what!r} is not exported; expected checkins, reports, alerts, audit or contacts")
    forms = ("csv", "json", "xlsx", *(("vcf",) if what == "contacts" else ()))
    form = form_of(asked_form, output, forms, "csv", faults)
    if what == "contacts" and (since is not None or until is not None):
        faults.append("--since, --until: contacts are those of now; expected neither")
    if form == "xlsx" and output is None:
        faults.append(f"-o: expected a file for xlsx, such as -o {what}.xlsx")
    first, last = _instant(since, _BEGIN, "--since", faults), _instant(until, _END, "--until", faults)
    if first is not None and last is not None and first > last:
        faults.append(f"--since: {since!r} is later than --until {until or _END.year!r}; expected an earlier instant")
    if faults:
        refuse(*faults)
    if output is not None:
        with told():
            if belongs_to(settings().database_url, output):
                refuse(f"-o: {output} belongs to Vigie's database; expected a file of another name")
        refuse_existing(output, "-o")

    async def work(store: Store) -> None:
        with standard_output() if output is None else new_file(output, "-o") as file:
            async with store.read() as tx:
                await export_service.export(tx, what, form, first, last, file)  # type: ignore[arg-type]

    on_store(work)
    if output is not None:
        tell(f"{output}: {output.stat().st_size} bytes")


def _instant(text: str | None, default: datetime, option: str, faults: list[str]) -> datetime | None:
    if text is None:
        return default
    try:
        found = datetime.fromisoformat(text)
        return (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        faults.append(f"{option}: {text!r} is not a date; expected 2026-11-23 or 2026-11-23T18:00:00+00:00")
        return None
