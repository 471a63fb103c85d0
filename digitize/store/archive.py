"""Originals by what is in them: archive/ab/cd/<sha256>. Put once, never overwritten, opened only from here."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path
from tempfile import NamedTemporaryFile

from digitize.errors import NotFound

PIECE = 1 << 20  # bytes copied at a time


@dataclass(frozen=True, slots=True)
class Archive:
    """A folder of originals. The name of a file is the SHA-256 of its bytes, in hexadecimal."""

    folder: Path

    def put(self, original: bytes | Path) -> str:
        """Keeps the original and returns its SHA-256; what is there already stays untouched."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fingerprint = sha256()
        with NamedTemporaryFile(dir=self.folder, prefix=".incoming-") as incoming:
            for piece in _pieces(original):
                fingerprint.update(piece)
                incoming.write(piece)
            incoming.flush()
            os.fsync(incoming.fileno())
            self._move_in(Path(incoming.name), fingerprint.hexdigest())
        return fingerprint.hexdigest()

    def open(self, fingerprint: str) -> BufferedReader:
        """The original, for reading. Raises NotFound."""
        try:
            return self.path_of(fingerprint).open("rb")
        except FileNotFoundError as cause:
            raise NotFound(f"Kho ảnh gốc không có tệp {fingerprint}.") from cause

    def verify(self, fingerprint: str) -> bool:
        """Whether the original is still what it was. Raises NotFound."""
        with self.open(fingerprint) as original:
            return file_digest(original, "sha256").hexdigest() == fingerprint

    def path_of(self, fingerprint: str) -> Path:
        """Where the original lies, whether it is there or not. Raises NotFound for what is no SHA-256."""
        if len(fingerprint) != 64 or not set(fingerprint) <= set("0123456789abcdef"):
            raise NotFound("Mã tệp ảnh gốc không đúng dạng.")
        return self.folder / fingerprint[:2] / fingerprint[2:4] / fingerprint

    def _move_in(self, incoming: Path, fingerprint: str) -> None:
        place = self.path_of(fingerprint)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        incoming.chmod(0o400)
        with suppress(FileExistsError):
            os.link(incoming, place)  # unlike a rename, never replaces
        _sync_folder(place.parent)


def _pieces(original: bytes | Path) -> Iterator[bytes]:
    if isinstance(original, bytes):
        yield original
        return
    with original.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
