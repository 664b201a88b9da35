"""What officers write, however odd or long, arrives on the card and in every export as they wrote it."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.escape import unescape

from tests.cli.shell import beside
from tests.flows.test_report import CODE, open_form, send
from tests.flows.words import BOTH, ask, label, press
from tests.kit import Scene

LONG = "Rencontré le préfet & le maire <b>au marché</b>; 3 camions vus. "
MESSAGE_MAX = 4096
# With whom, about what, with what outcome.
ODD = {
    "markup": ("Ronde <b>conjointe</b> & contacts <", "&amp; &lt;i&gt; ]]>", "<r><t>x</t></r>"),
    "formula": ("=cmd|'/C calc'!A0", "+1 613 555 0142", "@SUM(A1) -3"),
    "writing": ("مرحبا بالعالم", "שלום: «ok» 123", "👩🏽‍✈️ 🚚 \u202bيمين\u202c é"),
    "lines": ("un\ndeux\n\ntrois", "tab\there", "« Oui; non? », dit-elle"),
    "strange": ("_x0041_ __x", "bell\x07 and\x0btab\x00.", "a\ufffeb\u2028c"),
    "long": ((LONG * 99)[:MESSAGE_MAX].strip(), "🚚" * (MESSAGE_MAX // 2), ("é\n" * MESSAGE_MAX)[:MESSAGE_MAX].strip()),
}
FIELDS = ("with_whom", "subject", "outcome")


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_it_survives_everywhere(
    contingent: Scene, tmp_path: Path, code: str, language: str, odd: tuple[str, str, str]
) -> None:
    phone, boss = contingent.phone(code), contingent.phone("bradshaw")
    await open_form(contingent, phone, language, "Meeting")
    await ask(contingent, phone, "04:30")
    await ask(contingent, phone, "Konna & <environs>")
    await press(contingent, phone, label(language, "Skip"))
    for text in odd:
        await ask(contingent, phone, text)
    preview = (await press(contingent, phone, label(language, "Nothing more to report")))[-1]
    await send(contingent, phone, language)
    card = (await press(contingent, boss, label("en", "📄 Read")))[-1]
    for shown in (preview, card):
        for text in ("Konna & <environs>", *odd):
            wanted = text.replace("\xa0", " ")
            assert wanted in shown or (f"{wanted[:59]}" in shown and "…" in shown), "whole, or cut where it is seen"
    assert await contingent.rows("select kind from outbox where state = 'parked'") == []

    shell = beside(contingent)
    (plain,) = json.loads((await shell.run("export", "reports", "--format", "json")).out)
    assert tuple(plain[name] for name in FIELDS) == odd
    comma = (await shell.run("export", "reports")).raw.decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(comma, newline=""))
    assert tuple(line[name].removeprefix("'") for name in FIELDS) == odd
    assert not [cell for cell in line.values() if cell.startswith(("=", "+", "-", "@"))], "no formula"
    file = tmp_path / "reports.xlsx"
    assert (await shell.run("export", "reports", "--format", "xlsx", "-o", file)).code == 0
    names, cells = openpyxl.load_workbook(file)["reports"].iter_rows()
    found = {name.value: cell for name, cell in zip(names, cells, strict=True)}
    assert tuple(unescape(found[name].value) for name in FIELDS) == odd
    assert {found[name].data_type for name in FIELDS} == {"s"}, "text, and nothing in front of it"


@pytest.mark.parametrize(("code", "language"), BOTH)
async def test_what_is_longer_than_an_answer_holds_is_refused_whole(
    contingent: Scene, code: str, language: str
) -> None:
    phone = contingent.phone(code)
    await open_form(contingent, phone, language, "Incident: flash report")
    await press(contingent, phone, label(language, "Shooting", CODE))
    await press(contingent, phone, label(language, "Now"))
    await ask(contingent, phone, "Konna")
    await press(contingent, phone, label(language, "Nobody of ours involved", CODE))
    await press(contingent, phone, label(language, "No help needed", CODE))
    before = await contingent.rows("select answers, at from report_draft")
    (refused,) = await ask(contingent, phone, "é" * 1001)
    assert "1000" in refused.replace(",", "").replace(" ", "")
    assert await contingent.rows("select answers, at from report_draft") == before
    await ask(contingent, phone, "é" * 1000)
    assert json.loads(await contingent.one("select answers from report_draft"))["what"] == "é" * 1000
