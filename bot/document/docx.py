"""A paper as a Word document that a staff officer can edit: real styles, headings, lists, tables, page numbers."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.parfmt import ParagraphFormat

from bot.document import character, docx_template, layout
from bot.document.docx_element import Element, element, fields, page_number, paragraph, runs, table
from bot.document.paper import Line, Paper, Section, Table

_UNDER_TABLE: Final = 160  # twips
_STYLES: Final[dict[layout.Place, str]] = {"item": "ListBullet", "under": "ListContinue", "alone": "BodyText"}
_GAP: Final = "\u2003"
# Word's own limit on a property of a document.
_PROPERTY: Final = 255


def write(paper: Paper, at: datetime) -> bytes:
    """Return the DOCX of `paper`, dated `at`; the same paper gives the same bytes."""
    moment = at.astimezone(UTC)
    document = docx_template.blank(layout.LOCALES[paper.language])
    _every_page(document, paper)
    _properties(document, paper, moment)
    end = document.element.body.sectPr
    for one in _body(paper):
        end.addprevious(one)
    return _sealed(document, moment)


def _body(paper: Paper) -> list[Element]:
    made = [paragraph("Title", runs(paper.title))]
    if paper.draft:
        made.append(paragraph("Draft", runs(paper.draft)))
    label_ems = layout.label_ems((*paper.header, *paper.signatures))
    if paper.header:
        made.append(fields("Field", paper.header, label_ems))
    for mark, section in layout.sections(paper):
        made += _section(mark, section)
    if paper.signatures:
        _keep_with_next(made[-1])
        made.append(paragraph("TableEnd", [], keep=True))
        made.append(fields("SignOff", paper.signatures, label_ems))
    for at, (mark, annex) in enumerate(layout.annexes(paper)):
        made += _section(mark, annex, new_page=at == 0)
    if made[-1].tag == qn("w:tbl"):
        made.append(paragraph("TableEnd", []))  # Word wants a paragraph at the end
    return made


def _section(mark: str, section: Section, *, new_page: bool = False) -> Iterator[Element]:
    yield paragraph("Heading1", runs(f"{mark}\t{section.heading}"), new_page=new_page)
    above: object = None
    for block, place in layout.listed(layout.fitting(section.blocks)):
        if isinstance(block, Line):
            style = _STYLES[place] if not section.empty else "EmptySection"
            yield from _line(block, style, before=_UNDER_TABLE if isinstance(above, Table) else 0)
        else:
            if isinstance(above, Table):
                yield paragraph("TableEnd", [])  # or Word makes one table of the two
            yield table(block)
        above = block


def _line(line: Line, style: str, *, before: int) -> Iterator[Element]:
    """Yield a paragraph, or three: what runs from right to left stands by itself, or its neighbours would turn too."""
    pieces = [
        (content, rtl)
        for content, rtl in (
            (runs(line.label, "Strong"), False),
            (runs(line.text), character.right_to_left(line.text)),
            (runs(line.note, "SourceNote"), False),
        )
        if content
    ]
    if not character.turning(line.text):
        joined = [run for content, _ in pieces for run in (*runs(_GAP), *content)][1:]
        yield paragraph(style, joined, before=before)
        return
    following = "ListContinue" if style == "ListBullet" else style
    for at, (content, rtl) in enumerate(pieces):
        yield paragraph(
            following if at else style, content, rtl=rtl, keep=at < len(pieces) - 1, before=0 if at else before
        )


def _every_page(document: Document, paper: Paper) -> None:
    header, footer = document.sections[0].header, document.sections[0].footer
    header.is_linked_to_previous = footer.is_linked_to_previous = False
    tab = element("r", element("tab"))
    top = [paragraph("Header", [*runs(paper.contingent), tab, *runs(paper.marking, "Strong")])]
    if paper.draft:
        top.append(paragraph("Header", runs(paper.draft, "Strong"), align="center"))
    bottom = [*runs(paper.number), *runs("\t"), *runs(paper.marking, "Strong"), *runs("\t")]
    for part, content in ((header, top), (footer, [paragraph("Footer", [*bottom, *page_number(paper.page_of)])])):
        part.part.element[:] = content


def _properties(document: Document, paper: Paper, moment: datetime) -> None:
    properties = document.core_properties
    properties.title = _property(paper.title)
    properties.subject = _property(f"{paper.number} {paper.contingent}".strip())
    properties.author = properties.last_modified_by = _property(paper.contingent)
    properties.keywords = _property(paper.marking)
    properties.identifier = _property(paper.number)
    properties.content_status = _property(paper.draft)
    properties.language = layout.LOCALES[paper.language]
    properties.comments = properties.category = ""
    properties.created = properties.modified = moment
    properties.revision = 1


def _property(text: str) -> str:
    return character.legible(text)[:_PROPERTY]


def _keep_with_next(made: Element) -> None:
    last = made if made.tag == qn("w:p") else made[-1]
    for one in last.iter(qn("w:p")):
        ParagraphFormat(one).keep_with_next = True


def _sealed(document: Document, moment: datetime) -> bytes:
    """Return the file with `moment` as the date of all that is in it: python-docx would write the hour of the clock."""
    written, sealed = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as old, ZipFile(sealed, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, moment.timetuple()[:6]), old.read(name), ZIP_DEFLATED)
    return sealed.getvalue()
