"""A paper in the form that somebody asks for."""

from datetime import datetime
from typing import Final, Literal

from bot.document import docx, markdown, pdf
from bot.document.paper import Paper

Form = Literal["docx", "pdf", "md"]

MEDIA_TYPES: Final[dict[Form, str]] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "md": "text/markdown; charset=utf-8",
}


def write(paper: Paper, form: Form, at: datetime) -> bytes:
    """Return `paper` as a file whose date is `at`; the same arguments give the same bytes.

    Works without a clock, a network or a store, for up to a second or two: call it in a thread.
    """
    if form == "docx":
        return docx.write(paper, at)
    return pdf.write(paper, at) if form == "pdf" else markdown.write(paper)
