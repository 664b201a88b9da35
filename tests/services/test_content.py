"""What a file is, by its bytes: every type that is taken, what only looks like one, and what nobody may smuggle in."""

import io
import struct
import wave
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.attachment import TAKEN, Why, judge
from bot.services.content import recognise
from tests.flows.files import DOCX, EXE, JPEG, MP3, MP4, OGG, PDF, PNG, archive

OFFICE = "application/vnd.openxmlformats-officedocument"


def branded(brand: bytes, *others: bytes) -> bytes:
    """The head of a file in the ISO base media format."""
    body = brand + bytes(4) + b"".join(others)
    return struct.pack(">I", 8 + len(body)) + b"ftyp" + body + struct.pack(">I", 8) + b"mdat" + bytes(64)


def written(write: Callable[[io.BytesIO], None]) -> bytes:
    made = io.BytesIO()
    write(made)
    return made.getvalue()


def sound(to: io.BytesIO) -> None:
    with wave.open(to, "wb") as file:
        file.setparams((1, 2, 8000, 0, "NONE", ""))
        file.writeframes(bytes(800))


def workbook(to: io.BytesIO) -> None:
    with xlsxwriter.Workbook(to) as book:
        book.add_worksheet()


def open_text(to: io.BytesIO, kind: str = "text", *more: str) -> None:
    with zipfile.ZipFile(to, "w") as file:
        file.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        for name in ("content.xml", *more):
            file.writestr(name, "x")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (JPEG, "image/jpeg"),
        (b"\xff\xd8\xff\xdb" + bytes(64), "image/jpeg"),
        (PNG, "image/png"),
        (b"GIF89a" + bytes(32), "image/gif"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(32), "image/webp"),
        (branded(b"heic", b"mif1", b"heic"), "image/heic"),
        (branded(b"mif1", b"mif1", b"heic"), "image/heic"),
        (PDF, "application/pdf"),
        (b"%PDF-1.7\n1 0 obj\n", "application/pdf"),
        (written(lambda to: Document().save(to)), f"{OFFICE}.wordprocessingml.document"),
        (written(workbook), f"{OFFICE}.spreadsheetml.sheet"),
        (archive("[Content_Types].xml", "ppt/presentation.xml"), f"{OFFICE}.presentationml.presentation"),
        (written(open_text), "application/vnd.oasis.opendocument.text"),
        ("Rien à signaler\r\n".encode(), "text/plain"),
        ("\ufeffnom;âge\nKim;30\n".encode(), "text/plain"),
        (b"a < b, and 2 > 1", "text/plain"),
        (OGG, "audio/ogg"),
        (b"OggS\x00\x02" + bytes(22) + b"OpusHead" + bytes(32), "audio/ogg"),
        (MP3, "audio/mpeg"),
        (b"\xff\xf3\x90\x64" + bytes(64), "audio/mpeg"),
        (branded(b"M4A ", b"isom"), "audio/mp4"),
        (written(sound), "audio/wav"),
        (MP4, "video/mp4"),
        (branded(b"mp42", b"isom"), "video/mp4"),
        (branded(b"qt  "), "video/quicktime"),
    ],
)
def test_what_is_taken_is_known_by_its_content(content: bytes, expected: str) -> None:
    assert recognise(content) == expected
    assert recognise(content, "anything.exe") == expected
    assert judge(len(content), expected) is None


def test_every_type_that_is_taken_is_tried_above() -> None:
    tried = test_what_is_taken_is_known_by_its_content.pytestmark[0].args[1]  # type: ignore[attr-defined]
    assert {expected for _, expected in tried} == set(TAKEN)


@pytest.mark.parametrize(
    "content",
    [
        EXE,
        b"\x7fELF\x02\x01\x01" + bytes(64),
        b"\xca\xfe\xba\xbe\x00\x00\x00\x34" + bytes(64),
        archive("a.txt"),
        archive("META-INF/MANIFEST.MF", "A.class"),
        archive("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
        archive("[Content_Types].xml", "visio/document.xml"),
        written(lambda to: open_text(to, "text", "Basic/Standard/Module1.xml")),
        written(lambda to: open_text(to, "graphics")),
        b"MZ" + DOCX,
        DOCX[:-30],
        b"7z\xbc\xaf\x27\x1c" + bytes(32),
        b"Rar!\x1a\x07\x01\x00" + bytes(32),
        b"\x1f\x8b\x08\x00" + bytes(32),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512),
        b"RIFF\x24\x00\x00\x00AVI LIST" + bytes(32),
        branded(b"avif", b"mif1"),
        b"\x1aE\xdf\xa3" + bytes(64),
        b"MZ\x90\x00wide" + bytes(64),
        b"<!DOCTYPE html><p>",
        b"  \n<?xml version='1.0'?><a/>",
        b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg'>",
        b"All is well.\n<SCRIPT>alert(1)</SCRIPT>",
        b"#!/usr/bin/env python\n",
        b"{\\rtf1 hello}",
        b"a\x00b",
        "été".encode("latin-1"),
        bytes(range(1, 256)),
    ],
)
def test_what_is_not_taken(content: bytes) -> None:
    assert judge(len(content), recognise(content, "photo.jpg")) is Why.TYPE


@pytest.mark.parametrize("name", ["run.bat", "RUN.PS1", "a.b.js", "page.html", "carte.svg"])
def test_a_text_that_a_machine_runs_or_renders_is_known_by_its_name(name: str) -> None:
    assert recognise(b"echo hello", name) is None


def test_an_empty_file_and_one_that_is_too_big() -> None:
    assert judge(0, recognise(b"")) is Why.EMPTY
    assert judge(20 * 1024 * 1024 + 1, "image/png") is Why.TOO_BIG


WHOLE = st.sampled_from([DOCX, written(open_text), MP4, PNG, JPEG, PDF, OGG])


@given(content=st.binary(max_size=200), name=st.text(max_size=20))
def test_nothing_that_anybody_sends_makes_it_fail(content: bytes, name: str) -> None:
    assert recognise(content, name) in {None, *TAKEN}


@settings(max_examples=300)
@given(whole=WHOLE, at=st.integers(0, 400), put=st.binary(max_size=8), cut=st.integers(0, 400))
def test_nor_does_what_is_damaged(whole: bytes, at: int, put: bytes, cut: int) -> None:
    assert recognise(whole[:at] + put + whole[at + len(put) :][: len(whole) - cut]) in {None, *TAKEN}
