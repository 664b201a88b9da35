"""A situation report as it is read: what is not known is said so, in every form and in both languages."""

import io
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import docx
import pytest
from pypdf import PdfReader

from bot.document.sitrep import paper
from bot.document.write import Form, write
from bot.domain.bilingual import Language, Text
from bot.domain.report import Report, ReportState, Version
from bot.domain.sitrep import Changed, Sitrep, SitrepKind, SitrepState
from bot.domain.sitrep_compose import Ground, compose
from bot.i18n.catalogue import Catalogues

AT = datetime(2026, 11, 23, tzinfo=UTC)
CATALOGUES = Catalogues.load()


def victims(turn: int, kind: str, harm: str, **counts: int) -> dict[str, Any]:
    harmed = {"women": 0, "men": 0, "girls": 0, "boys": 0} | counts
    said = {"victim_kind": kind, "harm": harm, "harmed": harmed}
    return {f"victims.{turn}.{key}": value for key, value in said.items()}


def incident(number: int, version: int, **answers: Any) -> Report:
    said = Version(version, "incident", {"category": "attack", **answers}, frozenset(), "en", AT, AT)
    return Report(number, f"MLI-2026-{number:04}", "x", "MPT", "MINUSMA", ReportState.SUBMITTED, said, AT, AT, AT)


def sitrep(ground: Ground, **facts: Any) -> Sitrep:
    """A day of one post."""
    name = Text("Canadian police contingent", "Contingent policier canadien")
    return Sitrep(
        SitrepKind.DAILY, "MLI-SITREP-2026-007", SitrepState.DRAFT, "en", name, name, (), (),
        Text("Unclassified", "Non classifié"), AT, AT + timedelta(days=1), AT + timedelta(hours=20), "Africa/Bamako",
        (("MPT", Text("Mopti", "Mopti")),), compose(SitrepKind.DAILY, ground), **facts,
    )  # fmt: skip


def read(found: Sitrep, language: Language, form: Form = "md") -> str:
    """What somebody reads, with plain spaces."""
    content = write(paper(found, language, CATALOGUES), form, AT)
    if form == "md":
        text = content.decode().replace("\\", "").replace("**", "")
    elif form == "pdf":
        text = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(content)).pages)
    else:
        document = docx.Document(io.BytesIO(content))
        cells = [cell.text for table in document.tables for line in table.rows for cell in line.cells]
        text = " ".join(cells + [one.text for one in document.paragraphs])
    return " ".join(text.replace("\xa0", " ").split())


@pytest.mark.parametrize("form", ["md", "docx", "pdf"])
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Not known since 231802Z NOV 26 (23 November 2026, 18:02): Telegram was out of reach"),
        ("fr", "État inconnu depuis 231802Z NOV 26 (le 23 novembre 2026 à 18 h 02) : Telegram était injoignable"),
    ],
)
def test_while_the_line_was_down_every_form_says_since_when_nothing_is_known(
    language: Language, said: str, form: Form
) -> None:
    down = sitrep(Ground(("MPT",), (), ()), known_until=AT + timedelta(hours=18, minutes=2))
    assert said in read(down, language, form)
    assert said[:9] not in read(replace(down, known_until=None), language, form)


def test_victims_stand_in_one_line_of_their_incident_and_in_the_table() -> None:
    said = victims(0, "civilian", "killed", women=2, boys=1) | victims(1, "un_eu", "wounded", men=1)
    found = sitrep(Ground(("MPT",), (), (incident(3, 1, **said),)))
    english, french = read(found, "en"), read(found, "fr")
    assert "Victims Civilians killed: 2 women and 1 boy; UN or EU personnel injured: 1 man" in english
    assert "| Civilians killed | 2 | 0 | 0 | 1 |" in english
    assert "Personnes civiles tuées : 2 femmes et 1 garçon" in french
    assert "| Personnes civiles tuées | 2 | 0 | 0 | 1 |" in french
    assert "difference" not in english


def test_what_was_corrected_is_no_late_report_and_its_numbers_say_what_they_are() -> None:
    before = incident(7, 1, **victims(0, "civilian", "wounded", women=3))
    after = incident(7, 2, **victims(0, "civilian", "wounded", women=1))
    ground = Ground(("MPT",), (), (), late=(incident(8, 1),), updated=(after,), replaced=(before.version,))
    found = read(sitrep(ground, changed=(Changed(after.number, 2, "Recount"),)), "en")
    assert "| Civilians injured | -2 | 0 | 0 | 0 |" in found
    assert "only the difference counts" in found
    assert found.count("late, of an earlier period") == 1
    assert found.count("new version; an earlier situation report held the one before") == 1


def test_no_loss_does_not_stand_beside_losses() -> None:
    both = read(sitrep(Ground(("MPT",), (), (incident(3, 1, property=["none", "un"]),))), "en")
    assert "Losses: UN or EU property" in both
    none = read(sitrep(Ground(("MPT",), (), (incident(3, 1, property=["none"]),))), "en")
    assert "Losses: No loss" in none
