"""Bad input through the command line: one line that says what to do, an exit code of its own, the rest still done."""

import json
import socket
import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import img2pdf
import numpy as np
import pikepdf
import pytest
from PIL import Image

from digitize.errors import (
    AddressUnusable,
    DigitizeError,
    ExtractColumnMissing,
    ExtractIdDoubled,
    FormUnknown,
    InputError,
    ScanEmpty,
    ScanEncrypted,
    ScanNotAnImage,
    ScanTooLarge,
    ScanTooSmall,
    ScanTruncated,
)
from digitize.settings import REPOSITORY
from tests.conftest import Ran

SAMPLES = REPOSITORY / "sample_scans"
GOOD = SAMPLES / "ks_01.jpg"
Digitize = Callable[..., Ran]


def noise() -> bytes:
    """A photograph of nothing in particular."""
    coarse = np.random.default_rng(4).integers(0, 255, (22, 16, 3), np.uint8)
    file = BytesIO()
    Image.fromarray(coarse).resize((800, 1100), Image.Resampling.BICUBIC).save(file, "PNG")
    return file.getvalue()


def encrypted() -> bytes:
    file = BytesIO()
    with pikepdf.open(BytesIO(img2pdf.convert(GOOD.read_bytes()))) as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(user="mat-khau", owner="mat-khau"))
    return file.getvalue()


def png_bomb(width: int = 25_000, height: int = 20_000) -> bytes:
    """A PNG of a few bytes that says it has 500 million pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + pixels + chunk(b"IEND", b"")


def jpeg_bomb() -> bytes:
    """A small JPEG whose header says it has 500 million pixels."""
    file = BytesIO()
    Image.new("RGB", (16, 16)).save(file, "JPEG")
    small = file.getvalue()
    sizes = small.index(b"\xff\xc0") + 5
    return small[:sizes] + struct.pack(">HH", 20_000, 25_000) + small[sizes + 4 :]


def dot() -> bytes:
    file = BytesIO()
    Image.new("L", (40, 30)).save(file, "PNG")
    return file.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], type[DigitizeError]]] = {
    "cut.jpg": (lambda: GOOD.read_bytes()[:60_000], ScanTruncated),
    "closed.pdf": (encrypted, ScanEncrypted),
    "empty.jpg": (lambda: b"", ScanEmpty),
    "bomb.png": (png_bomb, ScanTooLarge),
    "bomb.jpg": (jpeg_bomb, ScanTooLarge),
    "text.jpg": (lambda: "Kính gửi Ủy ban nhân dân xã,\n".encode() * 50, ScanNotAnImage),
    "noise.png": (noise, FormUnknown),
    "dot.png": (dot, ScanTooSmall),
}


@pytest.mark.parametrize("name", BAD)
def test_one_bad_file_is_told_in_one_line_and_the_good_one_is_read(
    digitize: Digitize, tmp_path: Path, name: str
) -> None:
    make, error = BAD[name]
    (tmp_path / name).write_bytes(make())
    ran = digitize("read", tmp_path / name, GOOD, "--out", "out")
    assert ran.exit_code == error.exit_code
    (line,) = [told for told in ran.told if told.startswith(f"{error.code}: ")]
    assert name in line
    assert all(name in told for told in ran.told)
    assert line.endswith(error.advice)
    assert json.loads((tmp_path / "out" / "ks_01.jpg.p0001.json").read_text("utf-8"))["form"] == "KS-2015"


def test_several_kinds_of_bad_files_are_told_one_by_one(digitize: Digitize, tmp_path: Path) -> None:
    scans = tmp_path / "scans"
    scans.mkdir()
    for name, (make, _) in BAD.items():
        (scans / name).write_bytes(make())
    ran = digitize("read", scans, "--out", "out")
    assert ran.exit_code == InputError.exit_code
    codes = sorted(error.code for _, error in BAD.values())
    assert sorted(code for line in ran.told if (code := line.partition(":")[0]) in codes) == codes


def test_a_page_of_no_known_form_gets_its_file_all_the_same(digitize: Digitize, tmp_path: Path) -> None:
    (tmp_path / "noise.png").write_bytes(noise())
    digitize("read", "noise.png", "--out", "out")
    told = json.loads((tmp_path / "out" / "noise.png.p0001.json").read_text("utf-8"))
    assert (told["form"], told["entries"]) == (None, [])
    assert "form_unknown" in [problem["code"] for problem in told["problems"]]


def test_a_good_page_beside_a_cut_one_in_the_same_tiff_is_read(digitize: Digitize, tmp_path: Path) -> None:
    with Image.open(GOOD) as page:
        page.save(tmp_path / "two.tif", save_all=True, append_images=[page.copy()], compression="tiff_lzw")
    whole = (tmp_path / "two.tif").read_bytes()
    (tmp_path / "two.tif").write_bytes(whole[: len(whole) * 4 // 5])
    ran = digitize("read", "two.tif", "--out", "out")
    assert ran.exit_code == ScanTruncated.exit_code
    assert len(ran.told) == 1
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["two.tif.p0001.json"]


def test_a_file_that_is_not_there_is_told_before_anything_is_read(digitize: Digitize) -> None:
    ran = digitize("read", "nowhere.jpg", GOOD, "--out", "out")
    assert (ran.exit_code, len(ran.told)) == (InputError.exit_code, 1)
    assert not Path("out").exists()


def test_a_form_that_is_not_there_is_told(digitize: Digitize) -> None:
    ran = digitize("read", GOOD, "--form", "KS-1900", "--out", "out")
    assert ran.exit_code == FormUnknown.exit_code
    assert "KS-2015" in ran.told[0]


@pytest.mark.parametrize("command", [
    ("read", GOOD, "--out", "taken"), ("read-lines", "list.txt", "--out", "folder"),
    ("read-lines", "list.txt", "--out", "nowhere/lines.tsv"), ("population", "load", "folder"),
])  # fmt: skip
def test_a_path_that_cannot_be_used_is_told_in_one_line(
    digitize: Digitize, tmp_path: Path, command: tuple[object, ...]
) -> None:
    (tmp_path / "folder").mkdir()
    for name in ("taken", "list.txt"):
        (tmp_path / name).touch()
    ran = digitize(*command)
    assert (ran.exit_code, len(ran.told)) == (InputError.exit_code, 1)
    assert ran.told[0].startswith("input: Không dùng được ")


def population(**changed: str) -> str:
    """The samples' extract with pieces of its text changed."""
    text = (SAMPLES / "population.csv").read_text("utf-8")
    for old, new in changed.items():
        text = text.replace(old, new)
    return text


@pytest.mark.parametrize(("csv", "error"), [
    (population(hometown="que"), ExtractColumnMissing),
    (population() + population().splitlines()[1] + "\n", ExtractIdDoubled),
])  # fmt: skip
def test_a_bad_extract_is_refused_and_the_old_one_kept(
    digitize: Digitize, tmp_path: Path, csv: str, error: type[DigitizeError]
) -> None:
    (tmp_path / "people.csv").write_text(population(), "utf-8")
    assert digitize("population", "load", "people.csv").exit_code == 0
    before = (tmp_path / "workspace" / "population.db").read_bytes()
    (tmp_path / "people.csv").write_text(csv, "utf-8")
    ran = digitize("population", "load", "people.csv")
    assert ran.exit_code == error.exit_code
    (line,) = ran.told
    assert line.startswith(f"{error.code}: ") and line.endswith(error.advice)
    assert csv.splitlines()[1].split(",")[0] not in line
    assert (tmp_path / "workspace" / "population.db").read_bytes() == before


def test_what_is_wrong_with_an_extract_is_named(digitize: Digitize, tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(population(hometown="que"), "utf-8")
    assert "hometown" in digitize("population", "load", "people.csv").err
    doubled = population() + population().splitlines()[1] + "\n"
    (tmp_path / "people.csv").write_text(doubled, "utf-8")
    assert f"2 và {len(doubled.splitlines())}" in digitize("population", "load", "people.csv").err


def test_a_port_in_use_is_told_before_anything_is_served(digitize: Digitize, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        monkeypatch.setenv("DIGITIZE_PORT", str(port))
        ran = digitize("serve", "--no-worker")
    assert ran.exit_code == AddressUnusable.exit_code
    (told,) = ran.told
    assert told.startswith(f"address_unusable: Địa chỉ 127.0.0.1, cổng {port} đang có chương trình khác dùng.")
    assert "DIGITIZE_PORT" in told
