"""A package as one file to carry: the three files in a zip, on request under a password (AES-256)."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyzipper

from digitize.errors import InputError, PackageLocked, PackageUnusable

SHORTEST_PASSWORD = 12  # characters
SUFFIX = ".goi.zip"  # tells a bundle from the zip of PDFs in it


def bundle(paths: Sequence[Path], target: Path, password: str | None = None) -> Path:
    """Writes the bundle whole or not at all. Raises InputError for a password that is too short."""
    if password is not None and len(password) < SHORTEST_PASSWORD:
        raise InputError(f"Mật khẩu của gói phải có ít nhất {SHORTEST_PASSWORD} ký tự.")
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        with pyzipper.AESZipFile(new, "w", compression=pyzipper.ZIP_STORED) as file:
            if password is not None:
                file.setpassword(password.encode())
                file.setencryption(pyzipper.WZ_AES, nbits=256)
            for path in paths:
                file.write(path, path.name)
        os.replace(new, target)
    finally:
        new.unlink(missing_ok=True)
    return target


@contextmanager
def unbundled(path: Path, password: str | None = None) -> Iterator[Path]:
    """The folder of what a bundle holds, gone afterwards. Raises PackageLocked, PackageUnusable."""
    with TemporaryDirectory(prefix="goi-") as folder:
        try:
            with pyzipper.AESZipFile(path) as file:
                file.setpassword(password.encode() if password else None)
                for info in file.infolist():
                    Path(folder, Path(info.filename).name).write_bytes(file.read(info))
        except RuntimeError as cause:  # no password, or a wrong one
            raise PackageLocked(f"Gói {path.name} đặt mật khẩu, và mật khẩu vừa cho không mở được.") from cause
        except (pyzipper.BadZipFile, OSError, NotImplementedError, EOFError, ValueError) as cause:
            raise PackageUnusable(f"Tệp {path.name} không phải là gói, hoặc bị hỏng.") from cause
        yield Path(folder)


def is_bundle(path: Path) -> bool:
    """Whether a zip holds a package, not a book's PDFs. Raises PackageUnusable."""
    try:
        with pyzipper.AESZipFile(path) as file:
            return any(name.lower().endswith(".xlsx") for name in file.namelist())
    except (pyzipper.BadZipFile, OSError) as cause:
        raise PackageUnusable(f"Tệp {path.name} không phải là tệp nén zip, hoặc bị hỏng.") from cause
