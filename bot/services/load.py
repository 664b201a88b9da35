"""Loads a contingent file: compares it with the rows and writes only what differs; loading twice changes nothing."""

from collections.abc import Mapping

from bot.domain.contact import OFFICER
from bot.domain.invite import CommandMenu
from bot.domain.officer import RIGHTS, Right, Role
from bot.services import contact_care, contact_round, digest, load_contact, sitrep_agenda
from bot.services.changes import KINDS, Changes, Kind
from bot.services.contingent_file import ContingentFile, FileFault, ladder_fault, unheard
from bot.store import agenda, audit, outbox, roster
from bot.store import contact as contacts
from bot.store import duty as duties
from bot.store import officer as officers
from bot.store.engine import Tx
from bot.store.roster import Loaded, Values

# The columns whose names differ from the file's.
_AS_IN_FILE = {
    "latitude": "location",
    "longitude": "location",
    "every_s": "every",
    "opens_before_s": "opens_before",
    "remind_before_s": "remind_before",
    "grace_s": "grace",
    "tour_from": "from",
    "tour_until": "until",
}

# What is compared with its row column by column; a contact is compared as a whole.
_ROWS: tuple[Kind, ...] = tuple(kind for kind in KINDS if kind != "contact")
# What of an officer bears on which check-ins fall due, and when.
_PLANNING = {"post", "role", "from", "until"}


async def load(tx: Tx, file: ContingentFile, *, dry_run: bool = False) -> Changes:
    """Bring the rows to what the file says and return what that changed; with `dry_run` write nothing.

    1. Refuse another contingent than the one loaded, and a ladder empty for somebody: FileFault.
    2. Add and change contingent, missions, posts, watches, officers and contacts; retire watches and contacts that are
       gone from the file. What else is gone is told and stays as it is: nobody falls out of the picture by an edit.
    3. Throw away the plan of those concerned (the running sweep makes it anew), owe new menus, move the digests, and
       settle what was in doubt about numbers that are others now.
    """
    loaded = await roster.read(tx)
    _same_contingent(loaded, file)
    await _climbable(tx, file)
    wanted = _wanted(file)
    changes = Changes(dry_run, warnings=file.warnings)
    _own_languages(loaded.of("officer"), wanted["officer"], changes)
    for kind in _ROWS:
        _compare(kind, loaded.of(kind), wanted[kind], changes)
    changes.retired = [
        code for code, row in loaded.of("watch").items() if code not in wanted["watch"] and not row["retired"]
    ]
    changes.returned = [code for code in changes.of("watch").changed if loaded.of("watch")[code]["retired"]]
    changes.replanned = _concerned(loaded, wanted, changes)
    directory = await load_contact.compare(tx, file, changes)
    if changes.any and not dry_run:
        _write(tx, loaded, wanted, changes)
        load_contact.write(tx, directory)
        _owe_menus(tx, loaded.of("officer"), wanted["officer"], changes)
        await _move_digests(tx, loaded, wanted, changes)
        corrected = [f"{OFFICER}{code}" for code, fields in changes.of("officer").changed.items() if "phone" in fields]
        corrected += [code for code, fields in changes.of("contact").changed.items() if "phones" in fields]
        for code in corrected:
            await contact_care.settle(tx, None, code, corrected=True)
    return changes


def _same_contingent(loaded: Loaded, file: ContingentFile) -> None:
    other = [code for code in loaded.of("contingent") if code != file.contingent.code]
    if other:
        why = f'"{file.contingent.code}" is not the contingent of this installation; expected "{other[0]}"'
        raise FileFault([file.places.fault(("contingent", "code"), why)])


async def _climbable(tx: Tx, file: ContingentFile) -> None:
    """Refuse a ladder that is empty for somebody on tour who is in the database and no longer in the file."""
    in_file = {one.code for one in file.officers}
    left = [one for one in await officers.every(tx) if one.code not in in_file]
    on_tour = {one.code for one in left if one.on_tour(tx.now)}
    codes = [code for code in unheard(file.contingent.ladder, [*file.officers, *left]) if code in on_tour]
    if codes:
        raise FileFault([f"{ladder_fault(file.places, codes)}; they are in the database and not in the file"])


def _wanted(file: ContingentFile) -> dict[Kind, dict[str, Values]]:
    return {
        "contingent": {file.contingent.code: roster.contingent_values(file.contingent)},
        "mission": {one.code: roster.mission_values(one) for one in file.missions},
        "post": {one.code: roster.post_values(one) for one in file.posts},
        "watch": {one.code: roster.watch_values(one) for one in file.watches},
        "officer": {one.code: roster.officer_values(one) for one in file.officers},
    }


def _own_languages(rows: Mapping[str, Values], wanted: Mapping[str, Values], changes: Changes) -> None:
    """Let an officer's own choice of language stand."""
    for code, values in wanted.items():
        row = rows.get(code)
        if row is not None and row["chose_language"] and row["language"] != values["language"]:
            values["language"] = row["language"]
            changes.own_language.append(code)


def _compare(kind: Kind, rows: Mapping[str, Values], wanted: Mapping[str, Values], changes: Changes) -> None:
    tally = changes.of(kind)
    for code, values in wanted.items():
        if code not in rows:
            tally.added.append(code)
            continue
        differing = [_AS_IN_FILE.get(name, name) for name, value in values.items() if rows[code][name] != value]
        if differing:
            tally.changed[code] = tuple(dict.fromkeys(differing))
        else:
            tally.unchanged.append(code)
    # A watch that is gone from the file is retired, which is told apart.
    tally.missing = [code for code in rows if code not in wanted] if kind != "watch" else []


def _concerned(loaded: Loaded, wanted: Mapping[Kind, Mapping[str, Values]], changes: Changes) -> list[str]:
    """Return the enrolled officers on whose check-ins the changes bear; the others have no plan to throw away."""
    posts = {code for code, fields in changes.of("post").changed.items() if "timezone" in fields}
    for code in changes.touched("watch") | set(changes.retired):
        for values in (loaded.of("watch").get(code), wanted["watch"].get(code)):
            posts.update(values["posts"] if values is not None else ())
    moved = {code for code, fields in changes.of("officer").changed.items() if _PLANNING & set(fields)}
    return [
        code
        for code, row in loaded.of("officer").items()
        if row["telegram_id"] is not None and (code in moved or row["post"] in posts)
    ]


def _write(tx: Tx, loaded: Loaded, wanted: Mapping[Kind, Mapping[str, Values]], changes: Changes) -> None:
    for kind in _ROWS:
        stamp = {"loaded_at": tx.now} if kind == "contingent" else {}
        for code in changes.of(kind).added:
            roster.add(tx, kind, code, wanted[kind][code] | stamp)
        for code in changes.of(kind).changed:
            roster.change(tx, kind, code, wanted[kind][code] | stamp)
    for code in changes.retired:
        roster.change(tx, "watch", code, loaded.of("watch")[code] | {"retired": True})
    for code in changes.replanned:
        officers.replan(tx, code)
        values = wanted["officer"].get(code, loaded.of("officer")[code])
        if Right.CHECK_IN not in RIGHTS[Role(values["role"])]:
            duties.drop_unopened(tx, code)  # nobody plans for them any more
    contacts.changed(tx)  # its members and posts are what is searched, too
    roster.loaded_now(tx)
    audit.note(
        tx,
        audit.SYSTEM,
        "load",
        added={kind: changes.of(kind).added for kind in KINDS if changes.of(kind).added},
        changed={kind: changes.of(kind).changed for kind in KINDS if changes.of(kind).changed},
        retired=changes.retired,
    )


def _owe_menus(tx: Tx, rows: Mapping[str, Values], wanted: Mapping[str, Values], changes: Changes) -> None:
    """Owe a new menu of commands to those whose role or language is another one now."""
    for code, fields in changes.of("officer").changed.items():
        if rows[code]["telegram_id"] is not None and {"role", "language"} & set(fields):
            outbox.owe(tx, CommandMenu(role=Role(wanted[code]["role"])), to=code)


async def _move_digests(tx: Tx, loaded: Loaded, wanted: Mapping[Kind, Mapping[str, Values]], changes: Changes) -> None:
    """Put the digests anew on the agenda of those for whom the hour, or the clock it is read from, has changed."""
    everyone = any("digest_at" in fields for fields in changes.of("contingent").changed.values())
    posts = {code for code, fields in changes.of("post").changed.items() if "timezone" in fields}
    moved = {code for code, fields in changes.of("officer").changed.items() if "post" in fields}
    for code, row in loaded.of("officer").items():
        if everyone or code in moved or row["post"] in posts:
            agenda.drop(tx, f"digest:{code}")
    await digest.put_on_agenda(tx)
    planned = any("sitrep" in fields for fields in changes.of("contingent").changed.values())
    await sitrep_agenda.put_on_agenda(tx, anew=planned or bool(posts) or bool(moved))
    await contact_round.put_on_agenda(tx, anew=bool(posts) or bool(moved))
