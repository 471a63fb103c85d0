"""Lines of a page: they are skimmed where something is written, and values are read."""

from collections.abc import Sequence

import numpy as np

from digitize.books.entry import Box
from digitize.ocr.decode import best_path
from digitize.ocr.engine import Image, Posterior
from digitize.ocr.lines import read_lines, read_rooms, written_parts
from tests.engines import posterior_of

ROW = Box(100, 50, 900, 90)


class Counting:
    """Finds one line and remembers how wide the crops were that it was to read and to skim."""

    def __init__(self) -> None:
        self.widths, self.skimmed = list[int](), list[int]()

    def find(self, page: Image, closely: bool = False) -> list[Box]:
        return [ROW]

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        self.widths += [crop.shape[1] for crop in crops]
        return [posterior_of("nhìn lại", crop.shape[1]) for crop in crops]

    def skim(self, crops: Sequence[Image]) -> list[Posterior]:
        self.skimmed += [crop.shape[1] for crop in crops]
        return [posterior_of("nhìn qua", crop.shape[1]) for crop in crops]


def written(*spans: tuple[int, int]) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    writing = np.zeros((200, 1000), np.uint8)
    for x0, x1 in spans:
        writing[60:80, x0:x1] = 255
    return writing


def test_a_line_is_parted_where_nothing_is_written() -> None:
    first, second = written_parts(written((120, 300), (600, 700)), ROW)
    assert first.x0 < 120 and 300 < first.x1 < 340
    assert 560 < second.x0 < 600 and 700 < second.x1 < 740


def test_spaces_between_words_do_not_part_a_line() -> None:
    assert len(written_parts(written((120, 300), (340, 500)), ROW)) == 1


def test_a_blank_line_has_no_parts() -> None:
    assert written_parts(written(), ROW) == []


def test_lines_are_skimmed_and_blanks_are_not() -> None:
    engine, page = Counting(), np.full((200, 1000, 3), 240, np.uint8)
    lines, _ = read_lines(engine, page, written((120, 300), (600, 700)))
    assert len(lines) == 2
    assert 0 < sum(engine.skimmed) < 400
    assert engine.widths == []


def test_what_stands_upright_is_no_line_and_is_told_where_it_is() -> None:
    engine, page, note = Counting(), np.full((1000, 1000, 3), 240, np.uint8), Box(0, 300, 90, 800)
    engine.find = lambda page, closely=False: [ROW, ROW, note]  # type: ignore[method-assign]
    writing = np.zeros((1000, 1000), np.uint8)
    writing[60:80, 120:300] = 255
    writing[320:700, 30:70] = 255
    lines, upright = read_lines(engine, page, writing)
    assert [line.box.y0 for line in lines] == [50, 50]
    assert upright == [Box(30, 320, 70, 700)]


def test_values_are_read_and_not_skimmed() -> None:
    engine, page = Counting(), np.full((200, 1000, 3), 240, np.uint8)
    readings = read_rooms(engine, page, [Box(720, 50, 900, 90), Box(300, 120, 400, 160)])
    assert [best_path(posterior).text for posterior in readings] == ["nhìn lại", "nhìn lại"]
    assert (engine.widths, engine.skimmed) == ([180, 100], [])
