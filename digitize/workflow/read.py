"""Read: a page image becomes candidates for the fields of its entries."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

from digitize.books.entry import Box, Candidate, Problem
from digitize.books.forms import Form
from digitize.errors import FormUnknown, ScanError
from digitize.ocr.aside import Aside
from digitize.ocr.engine import Engine
from digitize.ocr.reader import PageReading, read_entries
from digitize.scans.files import count_pages, load_page
from digitize.scans.prepare import prepare
from digitize.scans.prepared import Prepared
from digitize.scans.quality import Glance, find_problems
from digitize.workflow.by_hand import unread
from digitize.workflow.told import FOR_THE_OPERATOR


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page that was read; boxes in pixels of the upright input image."""

    file_name: str
    number: int  # page of the file, from 1
    reading: PageReading
    quality: tuple[Problem, ...] = ()  # of its picture

    @property
    def for_the_operator(self) -> tuple[Problem, ...]:
        """What a better scan would mend."""
        return (*(p for p in self.reading.problems if p.code in FOR_THE_OPERATOR), *self.quality)

    @property
    def unknown_form(self) -> FormUnknown | None:
        """Why nothing was read, when the page is of no known form."""
        if self.reading.form_id is not None:
            return None
        return FormUnknown(f"Trang {self.number} của {self.file_name} không giống biểu mẫu nào đã biết.")


@dataclass(frozen=True, slots=True)
class UnreadPage:
    """A page that could not be read; `number` 0 stands for the whole file."""

    file_name: str
    number: int
    error: ScanError


def read_file(engine: Engine, path: Path, forms: Sequence[Form]) -> Iterator[ReadPage | UnreadPage]:
    """Reads every page of a scanner file; a bad page is reported and the rest goes on."""
    with path.open("rb") as file:
        try:
            pages = count_pages(file, path.name)
        except ScanError as error:
            yield UnreadPage(path.name, 0, error)
            return
        for number in range(1, pages + 1):
            try:
                picture = load_page(file, path.name, number)
                prepared = prepare(picture)
                read = _read(engine, prepared, path.name, number, forms)
                yield replace(read, quality=find_problems(Glance.at_prepared(picture, prepared)))
            except ScanError as error:
                yield UnreadPage(path.name, number, error)


def read_page(engine: Engine, file: BinaryIO, name: str, number: int, forms: Sequence[Form]) -> ReadPage:
    """Reads one page of a file that was looked at when it was taken in. Raises ScanError."""
    return _read(engine, prepare(load_page(file, name, number)), name, number, forms)


def _read(engine: Engine, pages: Sequence[Prepared], name: str, number: int, forms: Sequence[Form]) -> ReadPage:
    readings = [_read_prepared(engine, page, forms) for page in pages]
    if all(reading.form_id is None for reading in readings):  # upside down, both pages of a spread together
        turned = [_read_prepared(engine, page.turned(2), forms) for page in reversed(pages)]
        readings = turned if any(reading.form_id for reading in turned) else readings
    reading = together(readings)
    if reading.form_id is None and [form.family for form in forms] == ["columns"]:
        reading = unread(forms[0])
    return ReadPage(name, number, reading)


def _read_prepared(engine: Engine, page: Prepared, forms: Sequence[Form]) -> PageReading:
    reading = read_entries(engine, page.image, forms)
    entries = tuple({column: _on_input(c, page) for column, c in entry.items()} for entry in reading.entries)
    aside = tuple(replace(each, box=page.on_input(each.box)) for each in reading.aside)
    return replace(reading, entries=entries, aside=aside)


def _on_input(candidate: Candidate, page: Prepared) -> Candidate:
    return replace(candidate, box=page.on_input(candidate.box)) if candidate.box else candidate


def together(readings: Sequence[PageReading]) -> PageReading:
    """The pages of a picture as one; a page without a form beside one with a form is a blank back."""
    known = [reading for reading in readings if reading.form_id] or list(readings)
    same = [reading for reading in known if reading.form_id == known[0].form_id]
    if known[0].side is not None:
        return _across(same)
    entries = tuple(entry for reading in same for entry in reading.entries)
    problems = tuple(dict.fromkeys(p for reading in same for p in reading.problems))
    return PageReading(known[0].form_id, entries, problems, aside=_aside(same))


def _aside(pages: Sequence[PageReading]) -> tuple[Aside, ...]:
    return tuple(each for page in pages for each in page.aside)


def _across(pages: Sequence[PageReading]) -> PageReading:
    """Entries of a ledger over both pages: rows that stand at the same height are one entry."""
    form_id, sides = pages[0].form_id, {page.side: page for page in pages}
    if len(sides) < 2:
        message = "Chỉ thấy một trang của sổ cột. Mở rộng sổ và quét cả hai trang trong một ảnh."
        told = (Problem("half_of_spread", message), *pages[0].problems)
        return PageReading(form_id, pages[0].entries, told, aside=_aside(pages[:1]))
    left, right = sides[0], sides[1]
    entries = [dict(entry) for entry in left.entries]
    apart = min((b - a for a, b in pairwise(left.middles)), default=1.0) / 2
    alone: list[Mapping[str, Candidate]] = []
    for middle, entry in zip(right.middles, right.entries, strict=True):
        nearest = min(range(len(entries)), key=lambda i: abs(left.middles[i] - middle), default=None)
        if nearest is not None and abs(left.middles[nearest] - middle) < apart:
            entries[nearest] |= entry
        else:
            alone.append(entry)
    message = "Có dòng chỉ thấy ở một trang của sổ cột; hãy kiểm tra ảnh."
    problems = (Problem("row_on_one_page", message),) if alone else ()
    every = dict.fromkeys((*problems, *left.problems, *right.problems))
    return PageReading(form_id, (*entries, *alone), tuple(every), aside=_aside((left, right)))


def as_json(page: ReadPage) -> dict[str, Any]:
    """The page as `digitize read` writes it, see docs/cli.md."""
    return {
        "image": page.file_name,
        "page": page.number,
        "form": page.reading.form_id,
        "quality": {"problems": [problem.code for problem in page.quality]},
        "entries": [{"fields": {k: _candidate(c) for k, c in entry.items()}} for entry in page.reading.entries],
        "aside": [{"what": each.what, "box": _corners(each.box)} for each in page.reading.aside],
        "problems": [{"code": p.code, "message": p.message} for p in (*page.reading.problems, *page.quality)],
    }


def _corners(box: Box) -> list[int]:
    return [box.x0, box.y0, box.x1, box.y1]


def _candidate(candidate: Candidate) -> dict[str, Any]:
    box = candidate.box
    return {
        "text": candidate.text,
        "norm": candidate.norm,
        "confidence": candidate.confidence,
        "box": _corners(box) if box else None,
        "literal": candidate.literal,
        "alternatives": [{"text": a.text, "confidence": a.confidence} for a in candidate.alternatives],
        "doubts": list(candidate.doubts),
    }
