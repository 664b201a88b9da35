"""A report says who wrote it, by which call sign, in which unit, and how it is marked: as it was when it was sent."""

import csv
import io
from datetime import UTC, datetime

import pytest

from bot.services.contingent_file import parse
from bot.services.export import export
from bot.services.load import load
from tests.flows.test_report import send
from tests.flows.test_report_review import flash, silent_day
from tests.flows.test_report_whole import WHOLE, write_long
from tests.flows.words import ask, label, press
from tests.kit import Scene

HEAD = {
    "en": [
        "Cpl Guy LaCroix, Mopti (MINUSMA)", "Call sign: UNPOL 31", "Unit: Co-location, Mopti",
        "Marking: Unclassified",
    ],
    "fr": [
        "Cap. Guy LaCroix, Mopti (MINUSMA)", "Indicatif d'appel : UNPOL 31", "Unité : Colocation, Mopti",
        "Mention : Non classifié",
    ],
}  # fmt: skip


def head(message: str) -> list[str]:
    """Return the lines of who wrote it, without those that are not about that."""
    return [one for one in message.splitlines() if one in HEAD["en"] + HEAD["fr"]]


async def test_the_preview_the_card_and_the_whole_text_have_it_in_the_readers_language(contingent: Scene) -> None:
    phone, boss = contingent.phone("lacroix"), contingent.phone("bradshaw")
    (preview,) = await write_long(contingent, phone, "fr")
    assert head(preview) == HEAD["fr"]
    parts = await press(contingent, phone, label("fr", WHOLE))
    assert [head(one) for one in parts] == [HEAD["fr"], *([[]] * (len(parts) - 1))]
    await press(contingent, phone, label("fr", "▶️ Go on with the draft"))
    await send(contingent, phone, "fr")
    (card,) = await press(contingent, boss, label("en", "📄 Read"))
    assert head(card) == HEAD["en"]
    parts = await press(contingent, boss, label("en", WHOLE))
    assert [head(one) for one in parts] == [HEAD["en"], *([[]] * (len(parts) - 1))]


async def moved(scene: Scene) -> None:
    """Move Cpl LaCroix to Bamako and to another unit, and change how reports are marked."""
    _, _, after = scene.roster.partition('code = "lacroix"')
    roster = scene.roster.replace(
        after, after.replace('post = "MPT"', 'post = "BKO"', 1).replace("UNPOL 31", "UNPOL 99")
    )
    roster = roster.replace("Co-location, Mopti", "Training", 1).replace('en = "Unclassified"', 'en = "Protected A"')
    async with scene.app.begin() as tx:
        await load(tx, parse(roster, "mali.toml"))


async def test_a_move_and_a_new_marking_change_no_report_that_was_sent(contingent: Scene) -> None:
    await silent_day(contingent, "lacroix", "fr")
    await moved(contingent)
    boss, phone = contingent.phone("bradshaw"), contingent.phone("lacroix")
    (card,) = await press(contingent, boss, label("en", "📄 Read"))
    assert head(card) == HEAD["en"]
    await press(contingent, phone, label("fr", "📄 Read"))
    await press(contingent, phone, label("fr", "✏️ Correct"))
    (preview,) = await ask(contingent, phone, "Une erreur")
    assert head(preview) == HEAD["fr"], "a correction is one of the same report"
    await send(contingent, phone, "fr")
    assert await contingent.rows("select post, call_sign from report") == [("MPT", "UNPOL 31")]
    await silent_day(contingent, "lacroix", "fr")
    newest = await contingent.rows("select post, call_sign, unit, marking from report where serial = 2")
    assert newest[0][:2] == ("BKO", "UNPOL 99")
    assert "Training" in newest[0][2]
    assert "Protected A" in newest[0][3]


async def test_who_is_told_of_a_flash_reads_the_post_of_then(contingent: Scene) -> None:
    await flash(
        contingent, contingent.phone("lacroix"), "fr", personnel="Nobody of ours involved", help_="No help needed"
    )
    await moved(contingent)
    (card,) = await press(contingent, contingent.phone("bradshaw"), label("en", "📄 Read"))
    assert head(card) == HEAD["en"]


@pytest.mark.parametrize("known", [True, False])
async def test_the_export_has_it(contingent: Scene, known: bool) -> None:
    if not known:
        _, _, after = contingent.roster.partition('code = "lacroix"')
        bare = after.replace('call_sign = "UNPOL 31"', "", 1)
        bare = bare.replace('unit = { en = "Co-location, Mopti", fr = "Colocation, Mopti" }', "", 1)
        async with contingent.app.begin() as tx:
            await load(tx, parse(contingent.roster.replace(after, bare), "mali.toml"))
    await silent_day(contingent, "lacroix", "fr")
    file = io.BytesIO()
    async with contingent.app.store.read() as tx:
        await export(tx, "reports", "csv", datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), file)
    (row,) = csv.DictReader(io.StringIO(file.getvalue().decode("utf-8-sig")))
    assert (row["call_sign"], row["unit"], row["marking"]) == (
        ("UNPOL 31", "Co-location, Mopti", "Unclassified") if known else ("", "", "Unclassified")
    )
    (card,) = await press(contingent, contingent.phone("bradshaw"), label("en", "📄 Read"))
    assert head(card) == (HEAD["en"] if known else [HEAD["en"][0], HEAD["en"][3]])
