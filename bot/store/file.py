"""Files by their content: each lies in the data folder under its SHA-256, written once and never changed."""

import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path


class Files:
    """The folder of files. Its calls block: hand them to a thread."""

    def __init__(self, data_dir: Path) -> None:
        self._folder = data_dir / "files"

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self._folder

    def missing(self, named: Iterable[str]) -> int:
        """Return how many of these files are not there."""
        return sum(not self.path(one).is_file() for one in named)

    def path(self, sha256: str) -> Path:
        """Return where a file lies; two letters a folder, so that no folder grows too long."""
        return self._folder / sha256[:2] / sha256

    def put(self, content: bytes) -> str:
        """Keep a file and return its SHA-256; it is on the disk, and whole, before this returns. Raises OSError."""
        sha256 = hashlib.sha256(content).hexdigest()
        to = self.path(sha256)
        if to.exists():
            return sha256
        to.parent.mkdir(parents=True, exist_ok=True)
        # Under another name first: a name that is a hash never stands for half a file.
        part = to.with_name(f"{sha256}.{secrets.token_hex(4)}.part")
        try:
            with part.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            part.replace(to)
        finally:
            part.unlink(missing_ok=True)
        folder = os.open(to.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        return sha256

    def drop(self, sha256: str) -> None:
        """Delete a file, if it is there. Raises OSError."""
        self.path(sha256).unlink(missing_ok=True)

    def get(self, sha256: str) -> bytes:
        """Return a file's content; raises FileNotFoundError, or ValueError if the disk has spoiled it."""
        content = self.path(sha256).read_bytes()
        if hashlib.sha256(content).hexdigest() != sha256:
            raise ValueError(f"the file {sha256} does not hold what was put there")
        return content
