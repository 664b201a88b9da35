"""Reports as tables: what was answered, by the codes of the forms, and those whom the duty reached."""

import csv
import io
import json
from pathlib import Path

import openpyxl

from tests.cli.shell import beside
from tests.flows.test_report import fill_daily, send
from tests.kit import Scene


async def test_reports_are_exported_with_whom_they_reached(contingent: Scene, tmp_path: Path) -> None:
    phone = contingent.phone("lacroix")
    await fill_daily(contingent, phone, "fr")
    await send(contingent, phone, "fr")
    shell = beside(contingent)
    done = await shell.run("export", "reports")
    assert done.code == 0
    (row,) = csv.DictReader(io.StringIO(done.raw.decode("utf-8-sig")))
    assert (row["number"], row["officer"], row["form"], row["version"]) == ("MLI-2026-0001", "lacroix", "daily", "1")
    assert [row[f"reached.{group}"] for group in ("women", "men", "girls", "boys")] == ["12", "8", "3", "0"]
    assert row["since"] == "2026-11-22T20:00:00Z"
    plain = json.loads((await shell.run("export", "reports", "--format", "json")).out)
    assert plain[0]["reached.women"] == 12
    file = tmp_path / "reports.xlsx"
    assert (await shell.run("export", "reports", "--format", "xlsx", "-o", file)).code == 0
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["reports", "engagement", "victims"]
    names = [cell.value for cell in book["engagement"][1]]
    (counts,) = book["engagement"].iter_rows(min_row=2, values_only=True)
    assert dict(zip(names, counts, strict=True))["reached.girls"] == 3
    none = await shell.run("export", "reports", "--until", "2026-11-01")
    assert none.raw.decode("utf-8-sig").count("\n") == 1, "the names of the columns alone"
