"""The commands on the directory: contacts import, export contacts."""

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.cli.shell import Shell, beside
from tests.kit import Scene

WISHED = Path(__file__).parents[1] / "data" / "contacts.csv"
HEAD = "code;catégorie;nom;poste;cellulaire\r\n"


async def codes(shell: Shell) -> set[str]:
    done = await shell.run("export", "contacts", "--format", "json")
    assert done.code == 0
    return {one["code"] for one in json.loads(done.out)}


async def test_an_import_says_what_it_read_and_what_it_changed(loaded: Shell, tmp_path: Path) -> None:
    before = await codes(loaded)
    dry = await loaded.run("contacts", "import", WISHED, "--dry-run")
    assert dry.code == 0
    form, *news, sums, _ = dry.out.splitlines()
    assert form == f"{WISHED}: CSV, UTF-8, commas"
    assert sums == "would be added 40, would be changed 0, unchanged 13"
    assert len(news) == 40
    assert "added      contact medevac" in news
    assert await codes(loaded) == before
    first = await loaded.run("contacts", "import", WISHED)
    assert first.code == 0
    what, *_, sums, rate = first.out.splitlines()
    assert sums == "added 40, changed 0, unchanged 13"
    assert rate.startswith("53 contacts in ")
    assert rate.endswith("/s")
    assert "contacts" in what
    again = await loaded.run("contacts", "import", WISHED)
    assert again.out.splitlines()[1] == "added 0, changed 0, unchanged 53"
    some = tmp_path / "some.csv"
    some.write_text("code;category;function;mobile\nmedevac;medical;Medevac coordination;+223 70 00 01 99\n", "utf-8")
    one = await loaded.run("contacts", "import", some, "--dry-run")
    assert one.out.splitlines()[1:3] == [
        "changed    contact medevac: function, phones", "would be added 0, would be changed 1, unchanged 0",
    ]  # fmt: skip
    assert dry.err == first.err == again.err == "", "no bar where nobody looks"


async def test_a_fault_is_told_with_its_row_and_changes_nothing(loaded: Shell, tmp_path: Path) -> None:
    file = tmp_path / "contacts.csv"
    file.write_bytes(f"{HEAD}a;médical;Éloïse;MPT;70000101\r\nb;médicall;B;MPX;1\r\n".encode("cp1252"))
    before = await codes(loaded)
    done = await loaded.run("contacts", "import", file)
    assert (done.code, done.out) == (2, "")
    *lines, form, last = done.err.splitlines()
    assert form == f"{file}: read as CSV, Windows-1252, semicolons", "odd letters are explained by it"
    assert [line.removeprefix(f"{file}: ").split(":")[0] for line in lines] == [
        "row 3, poste", "row 3, catégorie", "row 3, cellulaire",
    ]  # fmt: skip
    assert last == f"{file}: nothing was changed: 1 of 2 rows are sound; --partial takes these"
    assert await codes(loaded) == before
    partly = await loaded.run("contacts", "import", file, "--partial")
    assert partly.code == 0
    assert len(partly.err.splitlines()) == 3
    assert "CSV, Windows-1252, semicolons" in partly.out
    assert "taken 1 of 2 rows; the others are told above" in partly.out
    assert await codes(loaded) == before | {"a"}


async def test_contacts_of_a_phone_are_given_a_category_and_a_post(loaded: Shell, tmp_path: Path) -> None:
    file = tmp_path / "phone.vcf"
    file.write_text(
        "BEGIN:VCARD\nVERSION:3.0\nN:Keïta;Awa;;;\nFN:Awa Keïta\nTEL;TYPE=CELL:70000101\nEND:VCARD\n", "utf-8"
    )
    none = await loaded.run("contacts", "import", file)
    assert none.code == 2
    assert "card 1, CATEGORIES: is missing; expected one of emergency, medical" in none.err
    wrong = await loaded.run("contacts", "import", file, "--category", "medicall", "--post", "MPT")
    assert wrong.code == 2
    assert 'did you mean "medical"?' in wrong.err
    wrong = await loaded.run("contacts", "import", file, "--category", "medical", "--post", "MPX")
    assert wrong.code == 2
    assert "expected one of BKO, MPT" in wrong.err
    done = await loaded.run("contacts", "import", file, "--category", "médical", "--post", "MPT")
    assert (done.code, done.err) == (0, "")
    rows = json.loads((await loaded.run("export", "contacts", "--format", "json")).out)
    (awa,) = [one for one in rows if one.get("name_en") == "Awa Keïta"]
    assert (awa["category"], awa["post"], awa["mobile"]) == ("medical", "MPT", "+22370000101")


@pytest.mark.parametrize("form", ["csv", "xlsx", "vcf"])
async def test_what_is_exported_is_imported_and_changes_nothing(loaded: Shell, tmp_path: Path, form: str) -> None:
    given = tmp_path / "given.csv"
    given.write_text(f'{HEAD}a;medical;"=HYPERLINK(""x""); ""ici""";MPT;70000101\r\n', "utf-8")
    assert (await loaded.run("contacts", "import", given)).code == 0
    file = tmp_path / f"out.{form}"
    done = await loaded.run("export", "contacts", "-o", file)  # by its name
    assert (done.code, done.err) == (0, "")
    assert file.read_bytes().startswith({"csv": b"\xef\xbb\xbfcode,", "xlsx": b"PK", "vcf": b"BEGIN:VCARD"}[form])
    again = await loaded.run("contacts", "import", file)
    assert again.err == ""
    assert again.out.splitlines()[1] == "added 0, changed 0, unchanged 14"
    if form == "csv":
        cells = [cell for row in csv.reader(io.StringIO(file.read_text("utf-8-sig"))) for cell in row]
        assert '\'=HYPERLINK("x"); "ici"' in cells
        assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    if form == "xlsx":
        book = openpyxl.load_workbook(file)
        assert not [cell for row in book["contacts"].iter_rows() for cell in row if cell.data_type == "f"]
        book.close()


async def test_bad_words_are_refused_in_one_line(loaded: Shell, shell: Shell, tmp_path: Path) -> None:
    for words, said in (
        (("contacts",), "COMMAND is missing; expected one of import"),
        (("contacts", "imprt", "x"), 'did you mean "import"?'),
        (("contacts", "import", tmp_path / "none.csv"), "none.csv"),
        (("export", "contacts", "--format", "pdf"), "expected csv, json, xlsx or vcf"),
        (("export", "checkins", "--format", "vcf"), "expected csv, json or xlsx"),
        (("export", "contacts", "--since", "2026-01-01"), "contacts are those of now"),
    ):
        done = await loaded.run(*words)
        assert (done.code, done.out) == (2, ""), words
        assert len(done.err.splitlines()) == 1
        assert said in done.err


async def test_an_import_before_a_load_says_what_to_do(shell: Shell) -> None:
    done = await shell.run("contacts", "import", WISHED)
    assert done.code == 2
    assert "expected `vigie load FILE.toml` first" in done.err


async def test_an_import_beside_a_running_vigie(contingent: Scene, tmp_path: Path) -> None:
    count = 2500
    file = tmp_path / "many.csv"
    rows = (f"c{n};medical;A{n};MPT;7{n:07d}" for n in range(count))
    file.write_text("\n".join(["code;category;name;post;mobile", *rows]), "utf-8")
    done = await beside(contingent).run("contacts", "import", file)
    assert (done.code, done.err) == (0, "")
    await contingent.phone("willis").send("/checkin")
    await contingent.settle()
    assert await contingent.one("select count(*) from contact where source = 'import'") == count
    assert await contingent.one("select count(*) from audit where action = 'contacts_imported'") == 1
