"""Read lines: the recogniser alone, on images of single lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from digitize.errors import InputError, ScanError
from digitize.ocr.calibrate import confidence_of
from digitize.ocr.decode import best_path
from digitize.ocr.engine import Engine, Posterior
from digitize.ocr.field import read_field
from digitize.scans.files import PageImage, load_picture

ANYTHING = "text"  # the kind of a line of which nobody says what it is
TOGETHER = 64  # lines held in memory at a time


@dataclass(frozen=True, slots=True)
class LineText:
    """A row of the list with what was read; text "" and confidence 0 where the image was unusable."""

    path: str
    text: str
    confidence: float
    error: ScanError | None = None


def read_list(engine: Engine, list_file: Path, literal: bool = False) -> Iterator[LineText]:
    """Reads the images named in `list_file`, one path a row, relative to its folder; same order out.

    `literal`: what the ink alone spells, else what it probably means, knowing what registers say.
    Raises InputError when the list itself cannot be read.
    """
    if not list_file.is_file():
        raise InputError(f"Không có danh sách {list_file.name}.")
    try:
        names = iter([row for row in list_file.read_text("utf-8-sig").splitlines() if row.strip()])
    except (OSError, UnicodeDecodeError) as cause:
        raise InputError(f"Không đọc được danh sách {list_file.name}. Lưu lại tệp ở dạng UTF-8.") from cause
    while some := list(islice(names, TOGETHER)):
        yield from _read_some(engine, list_file.parent, some, literal)


def _read_some(engine: Engine, folder: Path, names: list[str], literal: bool) -> Iterator[LineText]:
    images = [_load(folder / name) for name in names]
    posteriors = iter(engine.read([image for image in images if not isinstance(image, ScanError)]))
    for name, image in zip(names, images, strict=True):
        if isinstance(image, ScanError):
            yield LineText(name, "", 0.0, image)
        else:
            yield LineText(name, *(spelled if literal else meant)(next(posteriors)))


def meant(posterior: Posterior) -> tuple[str, float]:
    """What a line probably says, and how likely that is right letter for letter."""
    reading = read_field(posterior, ANYTHING)
    return reading.ranked[0].text, confidence_of(posterior, reading, ANYTHING)


def spelled(posterior: Posterior) -> tuple[str, float]:
    """What the ink alone spells, and how clear its letters are."""
    reading = best_path(posterior)
    return reading.text.strip(), reading.confidence


def _load(path: Path) -> PageImage | ScanError:
    try:
        with path.open("rb") as file:
            return load_picture(file, path.name)
    except FileNotFoundError:
        return ScanError(f"Không có tệp {path.name}.")
    except ScanError as error:
        return error
