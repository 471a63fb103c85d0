"""Originals: kept once, never overwritten, checked on demand."""

from hashlib import sha256
from pathlib import Path

import pytest

from digitize.errors import NotFound
from digitize.store.archive import Archive

SCAN = b"\xff\xd8 a scan"
NAME = sha256(SCAN).hexdigest()


def test_an_original_comes_back_by_what_is_in_it(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive")
    (tmp_path / "a.jpg").write_bytes(SCAN)
    assert archive.put(tmp_path / "a.jpg") == archive.put(SCAN) == NAME
    with archive.open(NAME) as original:
        assert original.read() == SCAN
    assert archive.path_of(NAME) == tmp_path / "archive" / NAME[:2] / NAME[2:4] / NAME
    assert [file.name for file in (tmp_path / "archive").rglob("*") if file.is_file()] == [NAME]


def test_an_original_is_never_overwritten(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.put(SCAN)
    kept = archive.path_of(NAME).stat()
    archive.put(SCAN)
    now = archive.path_of(NAME).stat()
    assert (now.st_ino, now.st_mtime_ns) == (kept.st_ino, kept.st_mtime_ns)
    assert now.st_mode & 0o777 == 0o400


def test_a_changed_original_is_found(tmp_path: Path) -> None:
    archive = Archive(tmp_path)
    archive.put(SCAN)
    assert archive.verify(NAME)
    archive.path_of(NAME).chmod(0o600)
    archive.path_of(NAME).write_bytes(SCAN + b"!")
    assert not archive.verify(NAME)


@pytest.mark.parametrize("name", [NAME, "", "../../etc/passwd", "A" * 64, NAME + "0"])
def test_what_was_never_put_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        Archive(tmp_path / "archive").open(name)
