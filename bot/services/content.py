"""What a file is, by its bytes: the name and the type that it came with may say anything."""

import codecs
import io
import re
import zipfile
from pathlib import PurePath

import puremagic

# What puremagic calls the types that we know, by names that differ with the age of its tables.
_NAMES = {
    "image/jpeg": "image/jpeg",
    "image/png": "image/png",
    "image/gif": "image/gif",
    "image/webp": "image/webp",
    "application/pdf": "application/pdf",
    "application/ogg": "audio/ogg",
    "audio/ogg": "audio/ogg",
    "audio/mpeg": "audio/mpeg",
    "audio/wave": "audio/wav",
    "audio/x-wav": "audio/wav",
}
# The brands of the ISO base media format, the first of which says what a file wants to be (ISO/IEC 14496-12).
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"), "image/heic"),
    **dict.fromkeys((b"M4A ", b"M4B "), "audio/mp4"),
    b"qt  ": "video/quicktime",
    **dict.fromkeys(
        (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash"), "video/mp4"
    ),
}
_GENERAL = (b"mif1", b"msf1")  # "some picture": the brands after it say which
_PARTS = {
    "word/document.xml": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/workbook.xml": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_OPEN_TEXT = "application/vnd.oasis.opendocument.text"
# Programs that a document carries along.
_MACROS = re.compile(r"(?i)(^|/)vbaproject\.bin$|^(basic|scripts)/|(^|/)activex/")

_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\f\r") + b"\x7f"
# A text that a machine would run or render, not read.
_BEGINS = re.compile(rb"\s*(<!doctype|<!--|<\?xml|#!|%!|\{\\rtf|@echo)")
_HOLDS = (b"<html", b"<head", b"<body", b"<script", b"<svg", b"<iframe")
_SCRIPTS = frozenset(
    (
        ".bat", ".cmd", ".com", ".desktop", ".eml", ".hta", ".htm", ".html", ".inf", ".jar", ".js", ".jse", ".lnk",
        ".mht", ".mjs", ".php", ".pl", ".ps1", ".psm1", ".py", ".rb", ".reg", ".scr", ".sh", ".svg", ".url", ".vbe",
        ".vbs", ".ws", ".wsf", ".wsh", ".xhtml", ".xml", ".xsl",
    )
)  # fmt: skip


def recognise(content: bytes, name: str | None = None) -> str | None:
    """Return the content type of a file, or nothing if it is none that Vigie knows; never raises.

    The name only tells a script from a text, which no byte does.
    """
    if _is_text(content):
        return _written(content, name)
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if content[4:8] == b"ftyp":
        return _branded(content)
    if _is_mp3(content):
        return "audio/mpeg"
    return _by_magic(content)


def _is_text(content: bytes) -> bool:
    if len(content.translate(None, _CONTROL)) != len(content):
        return False
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _written(content: bytes, name: str | None) -> str | None:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    small = content.removeprefix(codecs.BOM_UTF8).lower()
    is_script = PurePath(name or "").suffix.lower() in _SCRIPTS
    return None if is_script or _BEGINS.match(small) or any(tag in small for tag in _HOLDS) else "text/plain"


def _packed(content: bytes) -> str | None:
    """Look into an archive for what makes it an office document; nothing is unpacked but the name of its type."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.namelist()
            if any(_MACROS.search(part) for part in parts):
                return None
            if "mimetype" in parts:
                with archive.open("mimetype") as told:
                    return _OPEN_TEXT if told.read(100) == _OPEN_TEXT.encode() else None
            if "[Content_Types].xml" in parts:
                return next((found for part, found in _PARTS.items() if part in parts), None)
    except Exception:  # whatever a broken or hostile archive makes the reader raise
        return None
    return None


def _branded(content: bytes) -> str | None:
    size = int.from_bytes(content[:4])
    brand = content[8:12]
    if brand not in _GENERAL:
        return _BRANDS.get(brand)
    others = [content[at : at + 4] for at in range(16, min(size, 256), 4)]
    return "image/heic" if any(_BRANDS.get(one) == "image/heic" for one in others) else None


def _is_mp3(content: bytes) -> bool:
    """Return whether a frame of MPEG audio, layer III, begins the file: puremagic knows one of the ways to begin."""
    return len(content) > 2 and content[0] == 0xFF and content[1] & 0xE6 == 0xE2


def _by_magic(content: bytes) -> str | None:
    try:
        found = puremagic.magic_string(content)
    except (ValueError, puremagic.PureError):
        return None
    # Only what begins the file: a mark somewhere inside may be put there by anybody. The longest says the most: RIFF
    # alone begins a picture, a sound and a film.
    marks = [one for one in found if one.mime_type and content.startswith(one.byte_match)]
    longest = max((len(one.byte_match) for one in marks), default=0)
    return next((_NAMES[m.mime_type] for m in marks if len(m.byte_match) == longest and m.mime_type in _NAMES), None)
