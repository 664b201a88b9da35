"""An approved situation report by e-mail; a machine's drafts of translations, which count for nothing by themselves."""

import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from bot.services.contingent_file import parse
from bot.services.load import load
from tests.errand.libre import Libre, libre
from tests.errand.post import Post, post_office
from tests.flows.test_sitrep import NUMBER, OBSERVED, files, observe, open_newest
from tests.flows.words import ask, buttons, label, press, said
from tests.kit import Scene, last_id, texts

HEADQUARTERS = "ops@example.org"


def _roster(scene: Scene) -> str:
    return scene.roster.replace("authorised = 5", f'authorised = 5\nemail = ["{HEADQUARTERS}", "cc@example.ca"]', 1)


@pytest.fixture
async def post(tmp_path: Path) -> AsyncIterator[Post]:
    async with post_office() as found:
        yield found


@pytest.fixture
async def mailing(tmp_path: Path, post: Post) -> AsyncIterator[Scene]:
    """The contingent whose situation reports go to headquarters by e-mail."""
    settings = {
        "VIGIE_SMTP_URL": f"smtp://127.0.0.1:{post.port}?tls=never",
        "VIGIE_MAIL_FROM": "vigie@example.org",
    }
    scene = Scene(tmp_path, **settings)
    scene.roster = _roster(scene)
    await scene.open()
    await scene.enrol_all()
    yield scene
    await scene.close()


@pytest.fixture
async def server() -> AsyncIterator[Libre]:
    async with libre() as found:
        yield found


async def approve(scene: Scene) -> list[str]:
    boss = scene.phone("bradshaw")
    await open_newest(scene, "bradshaw", "en")
    await press(scene, boss, "✅ Approve")
    return await press(scene, boss, "✅ Yes, approve it")


async def pass_hours(scene: Scene, hours: float, *, each: int = 5) -> None:
    """Let hours pass, `each` so many minutes trying what is due."""
    for _ in range(int(hours * 60 / each)):
        await scene.pass_time(tick=False, minutes=each)
        await scene.settle()


def told_of_mail(phone: Any, since: int) -> list[str]:
    return [one for one in texts(phone, since) if "mail" in one]


async def test_headquarters_gets_it_by_e_mail_as_it_was_approved(mailing: Scene, post: Post) -> None:
    await observe(mailing, "deniger", "fr", OBSERVED)
    await mailing.to(6, 1, days=1)
    told = await approve(mailing)
    assert any("By e-mail to 2 addresses." in one for one in told)
    (got,) = post.received
    assert got.recipients == (HEADQUARTERS, "cc@example.ca")
    assert got.mail["Subject"] == f"{NUMBER} - Situation report (SITREP) - Canadian police contingent in Mali"
    body = got.mail.get_body()
    assert body is not None
    assert "Approved by: Supt Kelly Bradshaw" in body.get_content()
    enclosed = {one.get_filename(): one.get_payload(decode=True) for one in got.mail.iter_attachments()}
    assert enclosed == files(mailing.phone("bradshaw"))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(enclosed[f"{NUMBER}-en.pdf"])).pages)
    assert "Marché ouvert" in text


async def test_a_server_that_is_away_gets_it_later_and_once(mailing: Scene, post: Post) -> None:
    await mailing.to(6, 1, days=1)
    post.refusals["MAIL"].append("421 4.3.2 down for a while")
    await approve(mailing)
    assert post.received == []
    await mailing.pass_time(minutes=2)
    await mailing.pass_time(minutes=20)
    assert len(post.received) == 1


async def test_command_is_told_when_headquarters_did_not_get_it(mailing: Scene, post: Post) -> None:
    await mailing.to(6, 1, days=1)
    post.refusals["cc@example.ca"].append("550 5.1.1 no such mailbox")
    boss = mailing.phone("bradshaw")
    mark = last_id(boss)
    await approve(mailing)
    (line,) = [one for one in texts(boss, mark) if "could not be sent by e-mail" in one]
    assert "cc@example.ca" in line
    assert len(post.received) == 1


async def test_a_machine_drafts_and_a_person_confirms(tmp_path: Path, server: Libre) -> None:
    scene = await Scene(tmp_path, VIGIE_TRANSLATE_URL=server.url).open()
    try:
        await scene.enrol_all()
        await observe(scene, "deniger", "fr", OBSERVED)
        await scene.to(6, 1, days=1)
        lead, boss = scene.phone("lacroix"), scene.phone("bradshaw")
        await open_newest(scene, "bradshaw", "en")
        mark = last_id(boss)
        await press(scene, boss, "📝 Word, English")
        (content,) = files(boss, mark).values()
        text = "\n".join(one.text for one in docx.Document(io.BytesIO(content)).paragraphs)
        assert f"[en] {OBSERVED}" in text
        assert "machine translation from French, not confirmed" in text
        assert OBSERVED in text

        await open_newest(scene, "lacroix", "fr")
        offered = next(one for row in buttons(lead.last) for one in row if one.startswith("🌐"))
        original, draft, asked = await press(scene, lead, offered)
        assert OBSERVED in original
        assert f"[en] {OBSERVED}" in draft
        assert said("fr", "<b>Machine translation, not confirmed</b>") in draft
        assert said("fr", "Type its translation into English.") in asked
        confirm = next(one for row in buttons(lead.last) for one in row if one.startswith("☑️"))
        await press(scene, lead, confirm)
        rows = await scene.rows("select author, text from translation order by id")
        assert rows == [(None, f"[en] {OBSERVED}"), ("lacroix", f"[en] {OBSERVED}")]
        assert {one["q"] for one in server.asked} == {OBSERVED}
    finally:
        await scene.close()


async def test_a_machine_drafts_into_both_languages_what_goes_out_first(tmp_path: Path, server: Libre) -> None:
    scene = await Scene(tmp_path, VIGIE_TRANSLATE_URL=server.url).open()
    try:
        await scene.enrol_all()
        await observe(scene, "willis", "en", "All quiet")
        await observe(scene, "deniger", "fr", OBSERVED)
        await scene.to(6, 1, days=1)
        assert [(one["target"], one["q"]) for one in server.asked] == [("en", OBSERVED), ("fr", "All quiet")]
        boss = scene.phone("bradshaw")
        await open_newest(scene, "bradshaw", "en")
        _, draft, asked = await press(scene, boss, label("en", "🌐 Into French: {n}").format(n=1))
        assert "[fr] All quiet" in draft
        assert "Type its translation into French." in asked
        (done,) = await press(scene, boss, label("en", "☑️ The draft is right"))
        assert "nothing is left to translate into French" in done
        (row,) = await scene.rows("select language, text from translation where author = 'bradshaw'")
        assert row == ("fr", "[fr] All quiet")
    finally:
        await scene.close()


async def test_drafts_are_owed_only_while_a_server_is_set(tmp_path: Path, server: Libre) -> None:
    scene = await Scene(tmp_path, VIGIE_TRANSLATE_URL=server.url).open()
    try:
        await scene.enrol_all()
        await observe(scene, "deniger", "fr", OBSERVED)
        for settings, states in (({}, []), ({"VIGIE_TRANSLATE_URL": server.url}, [("done",)])):
            await scene.stop()
            scene.settings = settings
            await scene.start()
            if not await scene.one("select count(*) from sitrep"):
                await scene.to(6, 1, days=1)
            await open_newest(scene, "lacroix", "fr")
            await press(scene, scene.phone("lacroix"), label("fr", "🌐 Into English: {n}").format(n=1))
            assert await scene.rows("select state from errand where kind = 'translate'") == states
            assert len(server.asked) == len(states)
    finally:
        await scene.close()


async def test_without_the_setting_nothing_leaves(contingent: Scene) -> None:
    await observe(contingent, "deniger", "fr", OBSERVED)
    await contingent.to(6, 1, days=1)
    await ask(contingent, contingent.phone("bradshaw"), "/sitrep")
    assert await contingent.rows("select * from translation") == []
    lead = contingent.phone("lacroix")
    await open_newest(contingent, "lacroix", "fr")
    await press(contingent, lead, label("fr", "🌐 Into English: {n}").format(n=1))
    assert await contingent.rows("select kind from errand where kind = 'translate'") == [], "nothing is owed to nobody"


async def test_whom_the_server_puts_off_gets_it_later_and_the_others_not_twice(mailing: Scene, post: Post) -> None:
    await mailing.to(6, 1, days=1)
    post.refusals["cc@example.ca"].extend(["450 4.2.0 greylisted, come back later"] * 3)
    boss = mailing.phone("bradshaw")
    mark = last_id(boss)
    await approve(mailing)
    assert [one.recipients for one in post.received] == [(HEADQUARTERS,)]
    await mailing.pass_time(seconds=2)
    for _ in range(3):
        await mailing.pass_time(minutes=2)
    first, second = post.received
    assert second.recipients == ("cc@example.ca",)
    assert first.mail["Message-ID"] == second.mail["Message-ID"]
    assert [first.mail[name] for name in ("Subject", "Date")] == [second.mail[name] for name in ("Subject", "Date")]
    assert second.mail["To"] == f"{HEADQUARTERS}, cc@example.ca"
    await mailing.pass_time(hours=3)
    assert len(post.received) == 2
    assert not [one for one in texts(boss, mark) if "mail" in one and "By e-mail to 2" not in one]


async def test_whom_the_server_puts_off_and_then_refuses_command_reads_of_once(mailing: Scene, post: Post) -> None:
    await mailing.to(6, 1, days=1)
    post.refusals[HEADQUARTERS].append("550 5.1.1 no such mailbox")
    post.refusals["cc@example.ca"].extend(["450 4.2.0 greylisted", "550 5.1.1 moved away"])
    boss = mailing.phone("bradshaw")
    mark = last_id(boss)
    await approve(mailing)
    await mailing.pass_time(minutes=2)
    await mailing.pass_time(hours=2)
    told = [one for one in texts(boss, mark) if "could not be sent by e-mail" in one]
    assert ["no such mailbox" in one and HEADQUARTERS in one for one in told] == [True, False]
    assert ["moved away" in one and "cc@example.ca" in one for one in told] == [False, True]
    assert post.received == []


async def test_who_has_left_the_list_meanwhile_gets_nothing(mailing: Scene, post: Post) -> None:
    await mailing.to(6, 1, days=1)
    post.refusals["cc@example.ca"].append("450 4.2.0 greylisted")
    await approve(mailing)
    async with mailing.app.begin() as tx:
        await load(tx, parse(mailing.roster.replace(', "cc@example.ca"', ""), "mali.toml"))
    await mailing.pass_time(minutes=2)
    assert [one.recipients for one in post.received] == [(HEADQUARTERS,)]
    assert await mailing.one("select count(*) from errand where kind = 'mail' and state <> 'done'") == 0


async def test_whom_a_server_puts_off_for_days_is_given_up_and_told(mailing: Scene, post: Post) -> None:
    await mailing.to(6, 1, days=1)
    post.refusals["cc@example.ca"].extend(["450 4.1.2 no such domain"] * 500)
    boss = mailing.phone("bradshaw")
    await approve(mailing)
    mark = last_id(boss)
    await pass_hours(mailing, 2)
    (waits,) = told_of_mail(boss, mark)
    assert "is not mailed yet: the mail server does not take it for now" in waits
    assert "cc@example.ca" in waits
    assert HEADQUARTERS not in waits
    mark = last_id(boss)
    await pass_hours(mailing, 5 * 24, each=60)
    (lost,) = told_of_mail(boss, mark)
    assert "could not be sent by e-mail" in lost
    assert "no such domain" in lost
    assert len(post.received) == 1


async def test_command_reads_within_the_hour_that_the_mail_server_is_away(mailing: Scene, post: Post) -> None:
    await mailing.to(6, 1, days=1)
    boss = mailing.phone("bradshaw")
    post.away = True
    await approve(mailing)
    mark = last_id(boss)
    await pass_hours(mailing, 0.5)
    assert told_of_mail(boss, mark) == [], "a server that is started anew is nobody's business"
    await pass_hours(mailing, 5)
    (waits,) = told_of_mail(boss, mark)
    assert f"{NUMBER} is not mailed yet: the mail server cannot be used" in waits
    assert "Vigie keeps trying" in waits
    assert HEADQUARTERS in waits
    mark = last_id(boss)
    post.away = False
    await pass_hours(mailing, 2)
    assert len(post.received) == 1
    (gone,) = told_of_mail(boss, mark)
    assert f"{NUMBER} has now gone out by e-mail" in gone
    assert HEADQUARTERS in gone
