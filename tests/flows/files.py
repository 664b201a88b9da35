"""What the tests attach: small files that are what they say, some that are not, and the way to attach them."""

import asyncio
import io
import struct
import zipfile
from typing import Any

from bot.clock import monotonic
from bot.demo.telegram import sample
from tests.flows.words import label
from tests.kit import PATIENCE_S, Scene, last_id, texts

PNG = sample.PIXEL
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(64) + b"\xff\xd9"
OGG = sample.VOICE.data
MP3 = b"ID3\x03\x00\x00\x00\x00\x00\x00" + bytes(64)
MP4 = struct.pack(">I", 24) + b"ftypisom\x00\x00\x02\x00isomavc1" + bytes(64)
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(64)
EXE = b"MZ\x90\x00\x03" + bytes(96) + b"PE\x00\x00"


def archive(*names: str) -> bytes:
    """Return a ZIP archive with these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return made.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")


async def carried_out(scene: Scene) -> None:
    """Wait until every errand that is due has been carried out, and what they owe has been sent."""
    scene.app.errands.wake()
    end = monotonic() + PATIENCE_S
    due = "select count(*) from errand where state = 'owed' and not_before <= :now"
    while await scene.one(due, now=int(scene.clock.now().timestamp() * 1_000_000)):
        if monotonic() > end:
            raise AssertionError(f"not carried out: {await scene.rows('select kind, error from errand')}")
        await asyncio.sleep(0.005)
    await scene.settle()


async def attach(scene: Scene, phone: Any, *, what: str = "photo", **facts: Any) -> list[str]:
    """Send a file as a person does; return what the bot writes once it has fetched it, or could not."""
    mark = last_id(phone)
    await getattr(phone, f"send_{what}")(**facts)
    await scene.settle()
    await carried_out(scene)
    return texts(phone, mark)


def states(language: str, state: str) -> str:
    """Return how a state of an attachment is said."""
    return label(language, state, "attachment")
