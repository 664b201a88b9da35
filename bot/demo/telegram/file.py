"""Files that went through the stand-in, kept in memory."""

import mimetypes
from dataclasses import dataclass
from typing import Any

from bot.demo.telegram.refusal import Refusal, bad_request
from bot.demo.telegram.schema import Upload

UPLOAD = 50 * 1024 * 1024  # what a bot may send
DOWNLOAD = 20 * 1024 * 1024  # what a bot may fetch
PHOTO = 10 * 1024 * 1024
IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"RIFF", b"BM")


@dataclass(frozen=True)
class StoredFile:
    """A file with Telegram's ids; `kind` is document, photo, voice, audio or video."""

    id: str
    unique_id: str
    kind: str
    name: str
    mime: str
    data: bytes
    path: str

    @property
    def size(self) -> int:
        """Return the size in bytes."""
        return len(self.data)

    def as_json(self) -> dict[str, Any]:
        """Return the Bot API's object for this kind of file; for a photo the only size of it."""
        facts: dict[str, Any] = {"file_id": self.id, "file_unique_id": self.unique_id, "file_size": self.size}
        if self.kind == "photo":
            return facts | {"width": 90, "height": 90}
        if self.kind == "voice":
            return facts | {"duration": 1, "mime_type": self.mime}
        named = {"file_name": self.name, "mime_type": self.mime}
        if self.kind == "audio":
            return facts | named | {"duration": 1}
        if self.kind == "video":
            return facts | named | {"duration": 1, "width": 90, "height": 90}
        return facts | named


class Files:
    """The files by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, upload: Upload) -> StoredFile:
        """Keep a file; raise `Refusal` for one that Telegram would not take."""
        if len(upload.data) > UPLOAD:
            raise Refusal(413, "Request Entity Too Large")
        if not upload.data:
            raise bad_request("file must be non-empty")
        if kind == "photo":
            _check_photo(upload.data)
        number = len(self._by_id) + 1
        suffix = upload.name.rpartition(".")[2] if "." in upload.name else "bin"
        mime = upload.mime or mimetypes.guess_type(upload.name)[0] or "application/octet-stream"
        file = StoredFile(
            id=f"{kind[0].upper()}gAD{number:08d}",
            unique_id=f"Qg{number:08d}",
            kind=kind,
            name=upload.name,
            mime=mime,
            data=upload.data,
            path=f"{kind}s/file_{number}.{suffix}",
        )
        self._by_id[file.id] = file
        self._by_path[file.path] = file
        return file

    def get(self, file_id: str) -> StoredFile | None:
        """Return the file with this id."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """Return the file at this download path."""
        return self._by_path.get(path)


def _check_photo(data: bytes) -> None:
    if len(data) > PHOTO:
        raise bad_request(f"file of size {len(data)} bytes is too big for a photo; the maximum size is {PHOTO} bytes")
    if not data.startswith(IMAGES):
        raise bad_request("IMAGE_PROCESS_FAILED")
