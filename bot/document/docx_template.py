"""An empty Word document: Letter, in one language, with our styles and nothing that another program left in it."""

from functools import cache
from importlib.resources import files
from typing import Final

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Inches

# What the template of python-docx brings along: a picture of an empty page, the looks of Word 2010, a bibliography.
_LEFT_OVER: Final = ("/thumbnail", "/stylesWithEffects", "/customXml")
# Word 2013 and later: without it, Word opens the document in compatibility mode.
_WORD_2013: Final = "15"
_BULLET: Final = "1"


def blank(locale: str) -> Document:
    """Return an empty document in the language of `locale`, as en-CA."""
    document = docx.Document()
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, one in relations.items() if one.reltype.endswith(_LEFT_OVER)]:
            del relations[key]
    _page(document)
    _styles(document, locale)
    _lists(document)
    _settings(document, locale)
    return document


def _page(document: Document) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Inches(1)
    section.header_distance = section.footer_distance = Inches(0.5)


def _styles(document: Document, locale: str) -> None:
    ours = parse_xml(_style_xml())
    styles = document.styles.element
    for old in [*styles.iterchildren(qn("w:docDefaults"), qn("w:style"))]:
        styles.remove(old)
    # The schema wants the defaults first and the styles last; the latent styles of the template stay between them.
    defaults, *rest = ours
    styles.insert(0, defaults)
    styles.extend(rest)
    for language in defaults.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
        language.set(qn("w:eastAsia"), locale)


@cache
def _style_xml() -> bytes:
    return files("bot.document").joinpath("docx_style.xml").read_bytes()


def _lists(document: Document) -> None:
    """Keep the one kind of list that we have: the others name styles that are gone."""
    numbering = document.part.numbering_part.element
    kept = {
        one.find(qn("w:abstractNumId")).get(qn("w:val"))
        for one in numbering.iterchildren(qn("w:num"))
        if one.get(qn("w:numId")) == _BULLET
    }
    for one in [*numbering]:
        number = one.get(qn("w:numId"))
        if (number or _BULLET) != _BULLET or (number is None and one.get(qn("w:abstractNumId")) not in kept):
            numbering.remove(one)


def _settings(document: Document, locale: str) -> None:
    settings = document.settings.element
    for one in settings.iter(qn("w:compatSetting")):
        if one.get(qn("w:name")) == "compatibilityMode":
            one.set(qn("w:val"), _WORD_2013)
    for one in settings.iter(qn("w:themeFontLang")):
        one.set(qn("w:val"), locale)
    for one in settings.iter(qn("w:zoom")):
        one.attrib.clear()
        one.set(qn("w:percent"), "100")
