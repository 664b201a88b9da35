"""`vigie sitrep`: the situation report of a day, a week or any period, for people and for programs."""

import io
import json
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from tests.cli.shell import Shell, beside
from tests.flows.test_report import fill_daily, send
from tests.flows.test_sitrep import OBSERVED, observe, open_newest
from tests.flows.words import press
from tests.kit import Scene

DAY = ("--date", "2026-11-23")


async def test_every_form_says_the_same_in_both_languages(contingent: Scene, tmp_path: Path) -> None:
    await fill_daily(contingent, contingent.phone("lacroix"), "fr")
    await send(contingent, contingent.phone("lacroix"), "fr")
    await observe(contingent, "deniger", "fr", OBSERVED)
    shell = beside(contingent)
    plain = json.loads((await shell.run("sitrep", *DAY, "--format", "json")).out)
    parts = {one["heading"]: one for one in plain["parts"]}
    (engaged,) = [one for one in parts["engagement"]["tallies"] if one["code"] == "engagement"]
    assert dict(engaged["rows"])["MPT"][:4] == [12, 8, 3, 0]
    assert [number for number, _ in plain["reports"]] == ["MLI-2026-0001", "MLI-2026-0002"]
    assert plain["state"] == "draft"
    for language, words in (("en", ("Women officers", "NTR")), ("fr", ("Nos policières", "RAS"))):
        markdown = (await shell.run("sitrep", *DAY, "--lang", language)).out.replace("\\", "")
        word, pdf = tmp_path / f"{language}.docx", tmp_path / f"{language}.pdf"
        assert (await shell.run("sitrep", *DAY, "--lang", language, "--format", "docx", "-o", word)).code == 0
        assert (await shell.run("sitrep", *DAY, "--lang", language, "--format", "pdf", "-o", pdf)).code == 0
        document = docx.Document(io.BytesIO(word.read_bytes()))
        text = "\n".join(one.text for one in document.paragraphs)
        pages = " ".join(" ".join(one.extract_text() for one in PdfReader(pdf).pages).split())
        assert words[1] in markdown
        assert words[1] in text
        assert words[1] in pages
        assert OBSERVED in text
        assert "deux pick-ups" in markdown
        assert "deux pick-ups" in pages
        assert "-o" in (await shell.run("sitrep", "--format", "pdf")).err


async def test_an_approved_one_is_given_as_it_was(contingent: Scene) -> None:
    await observe(contingent, "deniger", "fr", OBSERVED)
    await contingent.to(6, 1, days=1)
    boss = contingent.phone("bradshaw")
    await open_newest(contingent, "bradshaw", "en")
    await press(contingent, boss, "✅ Approve")
    await press(contingent, boss, "✅ Yes, approve it")
    shell = beside(contingent)
    plain = json.loads((await shell.run("sitrep", *DAY, "--format", "json")).out)
    assert plain["number"] == "MLI-SITREP-2026-001"
    assert plain["state"] == "approved"
    assert plain["approved_by"]["code"] == "bradshaw"
    assert "DRAFT" not in (await shell.run("sitrep", *DAY)).out
    other = (await shell.run("sitrep", "--since", "2026-11-22", "--until", "2026-11-23T12:00")).out
    assert "DRAFT" in other
    assert await contingent.one("select count(*) from sitrep") == 1, "what is only asked for is not kept"
    week = json.loads((await shell.run("sitrep", *DAY, "--weekly", "--format", "json")).out)
    assert week["since"] == "2026-11-17T00:00:00Z"
    assert "trends" in [one["heading"] for one in week["parts"]]
    post = json.loads((await shell.run("sitrep", *DAY, "--post", "BKO", "--format", "json")).out)
    assert post["reports"] == []


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--date", "yesterday"), "--date: 'yesterday' is not a date; expected one such as 2026-11-23"),
        (("--date", "9999-12-31"), "--date: '9999-12-31' is not a date of this age; expected one such as 2026-11-23"),
        (("--lang", "de"), "--lang: 'de' is not a language of Vigie; expected en or fr"),
        (("--format", "odt"), "--format: 'odt' is not a format; expected docx, pdf, md or json"),
        (("--format", "docx"), "-o: expected a file for docx, such as -o sitrep.docx"),
        (("--since", "2026-11-23"), "--until: is missing; expected both, such as 2026-11-23T06:00:00+00:00"),
        (("--since", "2026-11-23", "--until", "2026-11-22"), "is not before --until"),
        (("--since", "2026-11-22", "--until", "2026-11-23", "--weekly"), "expected one or the other"),
        (("--post", "GAO"), "sitrep: no post is called 'GAO'; expected one of BKO, MPT"),
    ],
)
async def test_bad_input_gets_one_clear_line(scene: Scene, words: tuple[str, ...], line: str) -> None:
    done = await beside(scene).run("sitrep", *words)
    assert done.code == 2
    assert line in done.err
    assert done.err.count("\n") == 1


async def test_the_name_of_the_file_says_its_format(contingent: Scene, tmp_path: Path) -> None:
    shell = beside(contingent)
    for name, begins in (("a.pdf", b"%PDF"), ("b.DOCX", b"PK"), ("c.json", b"{"), ("d.md", b"#"), ("e", b"#")):
        assert (await shell.run("sitrep", "-o", tmp_path / name)).code == 0
        assert (tmp_path / name).read_bytes().startswith(begins), name
    assert (await shell.run("sitrep", "--format", "pdf", "-o", tmp_path / "f.tmp")).code == 0
    assert (tmp_path / "f.tmp").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("--format", "md", "-o", "x.pdf"), "-o: x.pdf is not a name for md; expected x.md, or --format pdf\n"),
        (("--format", "pdf", "-o", "x.odt"), "-o: x.odt is not a name for pdf; expected x.pdf\n"),
        (("-o", "x.doc"), "-o: x.doc would not be what its name says; expected .docx, .pdf, .md or .json\n"),
        (("-o", "x.xlsx"), "-o: x.xlsx would not be what its name says; expected .docx, .pdf, .md or .json\n"),
    ],
)
async def test_a_name_that_says_another_format_is_refused(scene: Scene, words: tuple[str, ...], line: str) -> None:
    done = await beside(scene).run("sitrep", *words)
    assert (done.code, done.err, done.out) == (2, line, "")


async def test_a_language_says_nothing_of_json_and_that_is_told(contingent: Scene) -> None:
    shell = beside(contingent)
    plain, english = (
        await shell.run("sitrep", "--format", "json"),
        await shell.run("sitrep", "--format", "json", "--lang", "en"),
    )
    assert english.code == 0
    assert {**json.loads(english.out), "as_of": ""} == {**json.loads(plain.out), "as_of": ""}
    assert plain.err == ""
    assert english.err == "--lang: json has codes, and names in both languages; left aside\n"


async def test_without_a_contingent_it_says_what_to_do(tmp_path: Path) -> None:
    done = await Shell(tmp_path / "data").run("sitrep")
    assert done.code == 2
    assert "vigie load" in done.err
