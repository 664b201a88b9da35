import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select, update

from bot.domain.absence import AbsenceKind, AbsenceState
from bot.services.changes import KINDS
from bot.services.contingent_file import FileFault
from bot.services.load import load
from bot.store import officer as officers
from bot.store import post as posts
from bot.store.tables import absence, agenda, audit, contingent, duty, metadata, officer, outbox, post, watch
from tests.services.contingent import START, TEXT, House, edited, file, without

GAO = '\n[[posts]]\ncode = "GAO"\nname = "Gao"\ntimezone = "Africa/Bamako"\n'
NIGHT = """
[[watches]]
code = "night"
posts = ["MPT"]
times = ["02:00"]
opens_before = "1h"
remind_before = "5m"
grace = "20m"
"""


async def test_the_first_load_lays_everything_down(house: House) -> None:
    changes = await house.load()
    assert changes.of("contingent").added == ["MLI"]
    assert changes.of("mission").added == ["MINUSMA", "EUCAP"]
    assert changes.of("post").added == ["BKO", "MPT"]
    assert changes.of("watch").added == ["daily"]
    assert changes.of("officer").added == ["willis", "lacroix", "hamelin", "bradshaw", "deniger"]
    async with house.store.read() as tx:
        plan = await posts.plan(tx)
        roster = {one.code: one for one in await officers.every(tx)}
    wanted = file(TEXT)
    assert plan is not None
    assert plan.contingent == wanted.contingent
    assert plan.posts == wanted.posts
    assert set(plan.missions) == set(wanted.missions)
    assert plan.watches == wanted.watches
    assert roster == {one.code: one for one in wanted.officers}


async def test_channels_units_and_call_signs_are_changed_like_anything_else(house: House) -> None:
    await house.load()
    changed = edited(
        ("channels = { vhf = 3", "channels = { vhf = 5"), ("UNPOL 31", "UNPOL 33"), ("Training and", "Training &")
    )
    changes = await house.load(changed)
    assert changes.of("post").changed == {"MPT": ("channels",)}
    assert changes.of("officer").changed == {"lacroix": ("call_sign",), "hamelin": ("unit",)}
    changes = await house.load(edited(("\nchannels = ", "\n# "), ("call_sign", "# "), text=changed))
    assert changes.of("post").changed == {"BKO": ("channels",)}
    assert (await house.row(post, "BKO"))["channels"] is None
    assert (await house.row(officer, "willis"))["call_sign"] is None
    assert not (await house.load(edited(("\nchannels = ", "\n# "), ("call_sign", "# "), text=changed))).any


async def test_loading_twice_changes_nothing(house: House) -> None:
    await house.load()
    await house.enrol(lacroix=1, bradshaw=2)
    before = {table.name: await house.rows(table) for table in metadata.sorted_tables}
    changes = await house.load()
    assert not changes.any
    assert changes.replanned == []
    assert [len(changes.of(kind).unchanged) for kind in KINDS] == [1, 2, 2, 1, 5, 13]
    assert {table.name: await house.rows(table) for table in metadata.sorted_tables} == before


async def test_a_dry_run_tells_and_writes_nothing(house: House) -> None:
    dry = await house.load(dry_run=True)
    assert dry.any
    assert dry.dry_run
    assert await house.rows(contingent) == []
    wet = await house.load()
    assert dry.tallies == wet.tallies
    async with house.store.read() as tx:
        changes = await load(tx, file(edited(('role = "lead"', 'role = "officer"'))), dry_run=True)
    assert changes.of("officer").changed == {"lacroix": ("role",)}
    assert (await house.row(officer, "lacroix"))["role"] == "lead"


async def test_changes_name_the_keys_of_the_file(house: House) -> None:
    await house.load()
    changes = await house.load(
        edited(
            ('digest_at = "18:00"', 'digest_at = "19:00"'),
            ('wait = "10m"', 'wait = "5m"'),
            ('name = "Bamako"', 'name = "Bamako HQ"'),
            ("[12.6392, -8.0029]", "[12.5, -8.1]"),
            ('opens_before = "2h"', 'opens_before = "90m"'),
            ('name = "EUCAP Sahel Mali"', 'name = "EUCAP"'),
            ("# from = 2019-02-01 ", "from = 2019-02-01 "),
            ('phone = "+1 613 555 0142"', 'phone = "+1 613 555 0143"'),
        )
    )
    assert {kind: changes.of(kind).changed for kind in KINDS} == {
        "contingent": {"MLI": ("digest_at", "ladder")},
        "mission": {"EUCAP": ("name",)},
        "post": {"BKO": ("name", "location")},
        "watch": {"daily": ("opens_before",)},
        "officer": {"willis": ("phone", "from")},
        "contact": {},
    }
    assert (await house.row(officer, "willis"))["phone"] == "+16135550143"


async def test_loaded_at_moves_only_with_a_change(house: House) -> None:
    await house.load()
    first = (await house.row(contingent, "MLI"))["loaded_at"]
    assert first == START + timedelta(minutes=1)
    await house.load()
    assert (await house.row(contingent, "MLI"))["loaded_at"] == first
    await house.load(edited(('phone = "+1 613 555 0142"', 'phone = "+1 613 555 0143"')))
    assert (await house.row(contingent, "MLI"))["loaded_at"] == START + timedelta(minutes=3)


async def test_officers_gone_from_the_file_are_told_and_kept(house: House) -> None:
    await house.load()
    await house.enrol(deniger=5)
    before = await house.row(officer, "deniger")
    changes = await house.load(without("deniger"))
    assert changes.of("officer").missing == ["deniger"]
    assert not changes.any
    assert await house.row(officer, "deniger") == before


async def test_posts_and_missions_gone_from_the_file_are_told_and_kept(house: House) -> None:
    await house.load(TEXT + GAO)
    text = edited(('mission = "EUCAP"', 'mission = "MINUSMA"'), text=without("EUCAP"))
    changes = await house.load(text)
    assert changes.of("post").missing == ["GAO"]
    assert changes.of("mission").missing == ["EUCAP"]
    async with house.store.read() as tx:
        plan = await posts.plan(tx)
    assert plan is not None
    assert [one.code for one in plan.posts] == ["BKO", "GAO", "MPT"]


async def test_a_watch_gone_from_the_file_is_retired_and_comes_back(house: House) -> None:
    await house.load(TEXT + NIGHT)
    await house.enrol(lacroix=1, willis=2)
    changes = await house.load(TEXT)
    assert (changes.retired, changes.of("watch").missing, changes.replanned) == (["night"], [], ["lacroix"])
    assert (await house.row(watch, "night"))["retired"]
    assert await house.unplanned() == {"lacroix"}
    assert not (await house.load(TEXT)).any
    await house.enrol()
    assert not [row for row in await house.rows(duty) if row["watch"] == "night"]
    changes = await house.load(TEXT + NIGHT)
    assert (changes.returned, changes.of("watch").changed) == (["night"], {"night": ("retired",)})
    assert not (await house.row(watch, "night"))["retired"]
    assert await house.unplanned() == {"lacroix"}
    await house.enrol()
    assert {row["officer"] for row in await house.rows(duty) if row["watch"] == "night"} == {"lacroix"}


@pytest.mark.parametrize(
    ("old", "new", "concerned"),
    [
        ('grace = "30m"', 'grace = "20m"', {"willis", "lacroix"}),
        ('posts = ["BKO", "MPT"]', 'posts = ["BKO"]', {"willis", "lacroix"}),
        ('times = ["08:00", "20:00"]', 'times = ["08:00"]', {"willis", "lacroix"}),
        ('timezone = "Africa/Bamako"\nlocation = [14', 'timezone = "Europe/Paris"\nlocation = [14', {"lacroix"}),
        ('post = "BKO"', 'post = "MPT"', {"willis"}),
        ("# until = 2020-02-01 ", "until = 2027-02-01 ", {"willis"}),
        ('role = "deputy"', 'role = "lead"', {"willis"}),
        ('phone = "+1 613 555 0142"', "", set()),
        ('name = "Mopti"', 'name = "Mopti-ville"', set()),
        ('repeat_every = "15m"', 'repeat_every = "10m"', set()),
        ('digest_at = "18:00"', 'digest_at = "17:00"', set()),
    ],
)
async def test_only_those_concerned_are_planned_anew(house: House, old: str, new: str, concerned: set[str]) -> None:
    await house.load()
    await house.enrol(willis=1, lacroix=2)
    assert await house.unplanned() == set()
    changes = await house.load(edited((old, new)))
    assert changes.any
    assert set(changes.replanned) == concerned
    assert await house.unplanned() == concerned


async def test_a_watch_at_one_post_does_not_touch_the_other(house: House) -> None:
    await house.load(TEXT + NIGHT)
    await house.enrol(willis=1, lacroix=2)
    changes = await house.load(TEXT + edited(('grace = "20m"', 'grace = "10m"'), text=NIGHT))
    assert changes.replanned == ["lacroix"]


async def test_what_has_opened_stays_and_what_has_not_is_planned_anew(house: House) -> None:
    await house.load()
    house.clock.move(timedelta(hours=6, minutes=30))  # 18:31 in Mopti: the check-in of 20:00 is open
    await house.enrol(lacroix=1)
    opened = [row for row in await house.rows(duty) if row["opens_at"] <= house.clock.now()]
    assert len(opened) == 1
    await house.load(edited(('times = ["08:00", "20:00"]', 'times = ["09:00", "21:00"]')))
    await house.enrol()
    slots = {row["slot"].partition("T")[2].partition("[")[0] for row in await house.rows(duty)}
    assert slots == {"20:00", "09:00", "21:00"}
    assert opened[0] in await house.rows(duty)


async def test_another_contingent_is_refused(house: House) -> None:
    await house.load()
    with pytest.raises(FileFault) as caught:
        await house.load(edited(('code = "MLI"', 'code = "HTI"')))
    line = TEXT[: TEXT.index('code = "MLI"')].count("\n") + 1
    assert caught.value.faults == [
        f'mali.toml:{line}: contingent.code: "HTI" is not the contingent of this installation; expected "MLI"'
    ]
    assert [row["code"] for row in await house.rows(contingent)] == ["MLI"]


async def test_a_ladder_empty_for_somebody_left_in_the_database_is_refused(house: House) -> None:
    await house.load()
    # Everyone in the file is at Bamako, where there are two leads; whom is told of the one left at Mopti?
    text = edited(
        ('post = "MPT"', 'post = "BKO"'),
        ('role = "deputy"', 'role = "lead"'),
        ('notify = ["commander", "deputy"]', 'notify = ["lead"]'),
        text=without("deniger"),
    )
    with pytest.raises(FileFault) as caught:
        await house.load(text)
    (line,) = caught.value.faults
    assert "ladder.steps: tell nobody about deniger; expected a step" in line
    assert line.endswith("they are in the database and not in the file")
    assert (await house.row(officer, "lacroix"))["post"] == "MPT"
    # Whose tour is over needs nobody.
    async with house.store.begin() as tx:
        await tx.change(
            update(officer).where(officer.c.code == "deniger").values(tour_until=START.date().replace(day=1))
        )
    assert (await house.load(text)).any


async def test_a_language_that_the_officer_chose_stands(house: House) -> None:
    await house.load()
    await house.enrol(hamelin=3)
    async with house.store.begin() as tx:
        officers.set_language(tx, "hamelin", "en")
    changes = await house.load()
    assert not changes.any
    assert changes.own_language == ["hamelin"]
    text = edited(('service = "SPVM"', 'service = "SQ"'))
    assert (await house.load(text)).of("officer").changed == {"hamelin": ("service",)}
    assert (await house.row(officer, "hamelin"))["language"] == "en"
    assert (await house.row(officer, "hamelin"))["chose_language"]


async def test_a_new_menu_is_owed_when_role_or_language_changes(house: House) -> None:
    await house.load()
    await house.enrol(willis=1, lacroix=2)
    await house.load(edited(('phone = "+1 613 555 0142"', ""), ('role = "officer"', 'role = "liaison"')))
    assert await house.rows(outbox) == []
    # Bradshaw has no phone yet: the menu comes with the enrolment.
    text = edited(('role = "lead"', 'role = "deputy"'), ('\nlanguage = "en"', '\nlanguage = "fr"'))
    await house.load(edited(('role = "commander"', 'role = "deputy"'), text=text))
    owed = {row["officer"]: row for row in await house.rows(outbox)}
    assert set(owed) == {"willis", "lacroix"}
    assert {row["kind"] for row in owed.values()} == {"command_menu"}
    assert json.loads(owed["lacroix"]["facts"])["role"] == "deputy"


async def test_digests_move_with_the_hour_the_post_and_its_zone(house: House) -> None:
    async def next_at() -> dict[str, datetime]:
        every = {row["what"]: row["next_at"] for row in await house.rows(agenda)}
        return {what: at for what, at in every.items() if what.startswith("digest:")}

    await house.load()
    await house.enrol(willis=1, bradshaw=2, lacroix=3)
    assert await next_at() == {
        "digest:willis": datetime(2026, 11, 2, 18, tzinfo=UTC),
        "digest:bradshaw": datetime(2026, 11, 2, 18, tzinfo=UTC),
    }
    text = edited(('digest_at = "18:00"', 'digest_at = "19:30"'))
    await house.load(text)
    assert set((await next_at()).values()) == {datetime(2026, 11, 2, 19, 30, tzinfo=UTC)}
    # Paris is an hour ahead, and willis goes to Mopti, where it is still the time of Bamako.
    text = edited(
        ('timezone = "Africa/Bamako"', 'timezone = "Europe/Paris"'), ('post = "BKO"', 'post = "MPT"'), text=text
    )
    await house.load(text)
    assert await next_at() == {
        "digest:willis": datetime(2026, 11, 2, 19, 30, tzinfo=UTC),
        "digest:bradshaw": datetime(2026, 11, 2, 18, 30, tzinfo=UTC),
    }
    # Who becomes a deputy gets one, without waiting for a restart.
    await house.load(edited(('role = "lead"', 'role = "deputy"'), text=text))
    assert set(await next_at()) == {"digest:willis", "digest:bradshaw", "digest:lacroix"}


async def test_the_audit_says_what_changed_in_codes_only(house: House) -> None:
    await house.load()
    await house.load()
    await house.load(edited(('name = "Kelly Willis"', 'name = "Kelly Wyllis"')))
    entries = sorted(await house.rows(audit), key=lambda row: row["at"])
    assert [(row["actor"], row["action"]) for row in entries] == [("vigie", "load")] * 2
    assert entries[0]["details"]["added"]["post"] == ["BKO", "MPT"]
    assert entries[1]["details"] == {"added": {}, "changed": {"officer": {"willis": ["name"]}}, "retired": []}
    assert "Wyllis" not in json.dumps(entries, default=str)


async def test_what_belongs_to_the_officer_survives(house: House) -> None:
    await house.load()
    await house.enrol(deniger=5)
    async with house.store.begin() as tx:
        assert await officers.mark_unreachable(tx, "deniger", 5)
        tx.write(
            insert(absence),
            {
                "id": 1,
                "officer": "deniger",
                "kind": AbsenceKind.LEAVE.value,
                "starts_at": START,
                "ends_at": START + timedelta(days=2),
                "state": AbsenceState.CONFIRMED.value,
                "asked_at": START,
            },
        )
    before = await house.row(officer, "deniger")
    await house.load(edited(('name = "Kim Deniger"', 'name = "Kim Denyger"')))
    assert await house.row(officer, "deniger") == before | {"name": "Kim Denyger"}
    async with house.store.read() as tx:
        assert (await tx.read(select(func.count()).select_from(absence)))[0][0] == 1


async def test_four_thousand_officers_are_loaded_in_sets(house: House) -> None:
    table = TEXT[TEXT.rindex("[[officers]]") : TEXT.index("[[contacts]]")]
    many = "\n".join(edited(('"deniger"', f'"o{n}"'), text=table) for n in range(4000))
    changes = await house.load(TEXT + many)
    assert len(changes.of("officer").added) == 4005
    assert not (await house.load(TEXT + many)).any
