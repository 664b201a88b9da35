"""The commands on the data: load, invite, status, export."""

import csv
import io
import json
import sqlite3
from datetime import timedelta
from pathlib import Path

import openpyxl

from tests.cli.shell import MALI, Shell, beside
from tests.kit import Scene


async def test_load_says_what_it_added_changed_and_left(shell: Shell, tmp_path: Path) -> None:
    text = MALI.read_text(encoding="utf-8")
    file = tmp_path / "contingent.toml"
    file.write_text(text, encoding="utf-8")
    dry = await shell.run("load", file, "--dry-run")
    assert dry.code == 0
    assert "would be added 24" in dry.out
    first = await shell.run("load", file)
    assert first.code == 0, "the dry run wrote nothing, or nothing would be left to add"
    for what in ("contingent MLI", "mission EUCAP", "post MPT", "watch daily", "officer deniger"):
        assert f"{what}\n" in first.out
    assert first.out.splitlines()[-1] == "added 24, changed 0, unchanged 0"
    again = await shell.run("load", file)
    assert again.out.splitlines() == ["added 0, changed 0, unchanged 24"]
    file.write_text(
        text.replace('name = "Kim Deniger"', 'name = "Kim Déniger"').replace('"+1 514 555 0133"', '"+1 514 555 0134"'),
        encoding="utf-8",
    )
    changed = await shell.run("load", file)
    assert [one for one in changed.out.splitlines() if one.startswith("changed")] == [
        "changed    officer hamelin: phone",
        "changed    officer deniger: name",
    ]
    gone = text[: text.rindex("[[officers]]")]
    file.write_text(gone, encoding="utf-8")
    missing = await shell.run("load", file)
    assert missing.code == 0
    assert "missing    officer deniger: not in the file, kept as it is" in missing.out
    assert "missing    contact duty-bko: not in the file, taken out of the directory" in missing.out
    status = json.loads((await shell.run("status", "--json")).out)
    assert status["strength"] == 5, "nobody falls out of the picture by an edit"
    assert all(one.err == "" for one in (dry, first, again, changed, missing))


async def test_load_tells_every_fault_with_file_and_line_and_changes_nothing(loaded: Shell, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    text = MALI.read_text(encoding="utf-8").replace('timezone = "Africa/Bamako"', 'timezone = "Africa/Bamakoo"', 1)
    text = text.replace('role = "lead"', 'role = "chief"').replace('grace = "30m"', 'grace = "half an hour"')
    file.write_text(text.replace("Kim Deniger", "Somebody Else"), encoding="utf-8")
    done = await loaded.run("load", file)
    assert done.code == 2
    assert done.out == ""
    lines = done.err.splitlines()
    for what, wrong in (("timezone", "Africa/Bamakoo"), ("role", "chief"), ("grace", "half an hour")):
        number = next(at for at, one in enumerate(file.read_text(encoding="utf-8").splitlines(), 1) if wrong in one)
        (fault,) = [one for one in lines if wrong in one]
        assert f"bad.toml:{number}:" in fault, what
    assert len(lines) == 3
    assert "Traceback" not in done.err
    assert "Kim Deniger" in (await loaded.run("status", "--json")).out


async def test_load_of_a_file_that_is_not_there_or_not_toml(shell: Shell, tmp_path: Path) -> None:
    none = await shell.run("load", tmp_path / "none.toml")
    bad = tmp_path / "bad.toml"
    bad.write_text("[contingent\n", encoding="utf-8")
    broken = await shell.run("load", bad)
    for done in (none, broken):
        assert done.code == 2
        assert len(done.err.splitlines()) == 1
    assert "none.toml" in none.err
    assert "bad.toml:1" in broken.err


async def test_invite_prints_a_code_that_enrols(scene: Scene) -> None:
    done = await beside(scene).run("invite", "hamelin")
    assert done.code == 0
    who, link, start, expires = done.out.splitlines()
    assert who == "Sgt Stevens Hamelin"
    code = start.removeprefix("/start ")
    assert link == f"https://t.me/vigie_demo_bot?start={code}"
    assert expires.startswith("expires ")
    (row,) = await scene.rows("select made_at, expires_at from invite")
    assert row.expires_at - row.made_at == timedelta(hours=72) // timedelta(microseconds=1)
    wrong = await beside(scene).run("invite", "nobody")
    assert wrong.code == 2
    assert "nobody" in wrong.err
    assert len(wrong.err.splitlines()) == 1
    assert await scene.one("select count(*) from invite") == 1
    # The shell goes by the real clock, which is past the scene's: the invitation is young enough for both.
    phone = scene.phone("hamelin")
    await phone.start(payload=code)
    await scene.settle()
    assert "Bonjour" in phone.last.text


async def test_status_as_json_sums_to_the_strength(loaded: Shell) -> None:
    done = await loaded.run("status", "--json")
    assert done.code == 0
    found = json.loads(done.out)
    assert found["strength"] == 5 == sum(found["counts"].values()) == len(found["officers"])
    assert found["counts"] == {"not_enrolled": 5}
    assert sum(post["strength"] for post in found["posts"]) == 5
    assert [post["code"] for post in found["posts"]] == ["BKO", "MPT"]
    assert found["contingent"]["code"] == "MLI"
    assert {one["code"] for one in found["officers"]} == {"willis", "lacroix", "hamelin", "bradshaw", "deniger"}
    table = await loaded.run("status")
    assert "Strength 5: not enrolled 5." in table.out
    assert "Cpl Guy LaCroix" in table.out


async def test_status_and_invite_before_a_load_say_what_to_do(shell: Shell) -> None:
    status = await shell.run("status", "--json")
    assert status.code == 2
    assert "vigie load" in status.err
    assert (await shell.run("invite", "willis")).code == 2


async def test_what_is_exported_is_no_formula_and_has_its_mark(contingent: Scene, tmp_path: Path) -> None:
    await contingent.phone("willis").send('/checkin @SUM(1); =HYPERLINK("http://x")')
    await contingent.phone("lacroix").send("/pointage Sévaré; tout est calme, « ok »")
    await contingent.phone("deniger").tap("🤝 Besoin d'aide")
    await contingent.settle()
    shell = beside(contingent)
    done = await shell.run("export", "checkins")
    assert done.code == 0
    assert done.raw.startswith(b"\xef\xbb\xbf"), "Excel knows UTF-8 by its mark"
    rows = list(csv.DictReader(io.StringIO(done.raw.decode("utf-8-sig"))))
    assert [(one["officer"], one["place"], one["remark"]) for one in rows] == [
        ("willis", "'@SUM(1)", '\'=HYPERLINK("http://x")'),
        ("lacroix", "Sévaré", "tout est calme, « ok »"),
    ]
    plain = json.loads((await shell.run("export", "checkins", "--format", "json")).out)
    assert plain[0]["remark"] == '=HYPERLINK("http://x")', "for programs as it was typed"
    assert plain[0]["received_at"] == "2026-11-23T05:00:00Z"
    for what in ("checkins", "alerts", "audit"):
        file = tmp_path / f"{what}.xlsx"
        assert (await shell.run("export", what, "--format", "xlsx", "-o", file)).code == 0
        book = openpyxl.load_workbook(file)
        cells = [one for row in book.worksheets[0].iter_rows() for one in row]
        assert book.worksheets[0].max_row > 1
        assert not [one for one in cells if one.data_type == "f"]
        if what == "checkins":
            assert '=HYPERLINK("http://x")' in {one.value for one in cells}, "a text, as it was typed"
        book.close()
    alerts = json.loads((await shell.run("export", "alerts", "--format", "json")).out)
    assert [(one["officer"], one["kind"]) for one in alerts] == [("deniger", "assistance")]
    audit = json.loads((await shell.run("export", "audit", "--format", "json")).out)
    assert {"load", "invited", "enrolled", "language"} <= {one["action"] for one in audit}
    later = await shell.run("export", "checkins", "--since", "2026-11-24", "--format", "json")
    assert json.loads(later.out) == []
    until = await shell.run("export", "checkins", "--until", "2026-11-23T05:00:01", "--format", "json")
    assert len(json.loads(until.out)) == 2


async def test_a_bad_export_is_refused_with_every_fault(loaded: Shell, tmp_path: Path) -> None:
    done = await loaded.run("export", "everything", "--format", "pdf")
    assert done.code == 2
    assert len(done.err.splitlines()) == 2
    for words in (
        ("checkins", "--format", "xlsx"),
        ("checkins", "--since", "yesterday"),
        ("audit", "-o", tmp_path / "no" / "folder.csv"),
    ):
        done = await loaded.run("export", *words)
        assert done.code == 2, words
        assert len(done.err.splitlines()) == 1
        assert done.out == ""


async def test_an_export_takes_its_format_from_the_name_of_the_file(loaded: Shell, tmp_path: Path) -> None:
    for name, begins in (("a.xlsx", b"PK"), ("b.json", b"["), ("c.csv", b"\xef\xbb\xbf"), ("d.2026-11-23", b"\xef")):
        assert (await loaded.run("export", "audit", "-o", tmp_path / name)).code == 0
        assert (tmp_path / name).read_bytes().startswith(begins), name
    done = await loaded.run("export", "audit", "--format", "csv", "-o", tmp_path / "e.xlsx")
    assert (done.code, done.out) == (2, "")
    assert done.err == f"-o: {tmp_path / 'e.xlsx'} is not a name for csv; expected e.csv, or --format xlsx\n"
    done = await loaded.run("export", "audit", "-o", tmp_path / "f.xls")
    assert done.err == f"-o: {tmp_path / 'f.xls'} would not be what its name says; expected .csv, .json or .xlsx\n"


async def test_what_fails_halfway_leaves_nothing_on_standard_output(loaded: Shell) -> None:
    assert (await loaded.run("invite", "willis")).code == 0
    with sqlite3.connect(loaded.folder / "vigie.db") as database:
        assert database.execute("select count(*) from audit").fetchone()[0] > 1
        database.execute("update audit set details = '{' where id = (select max(id) from audit)")
    for form in ("csv", "json"):
        done = await loaded.run("export", "audit", "--format", form)
        assert done.code != 0
        assert done.out == ""
