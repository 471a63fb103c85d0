"""A ruled page of a ledger, painted by hand: every cell's ink has a shade of its own, by which it is read."""

from collections.abc import Mapping, Sequence

import cv2
import numpy as np
import pytest

from digitize.books.entry import Box
from digitize.books.forms import all_forms, get_form
from digitize.ocr.engine import Image, Line, Posterior
from digitize.ocr.grid import find_grid
from digitize.ocr.ink import ink_of
from digitize.ocr.ledger import read_ledger
from tests.engines import posterior_of

LEDGERS = [form for form in all_forms().values() if form.family == "ledger"]
COLUMNS = (60, 180, 560, 700, 900, 1200)
ROWS = (80, 200, 400, 600, 800)
HEADS = ("Số thứ tự", "Họ tên trẻ", "Nam/Nữ", "Ngày sinh", "Nơi sinh")
WRITTEN = {  # row, column -> lines
    (1, 0): ("01",), (1, 1): ("Lò Thị Dở",), (1, 2): ("Nữ",), (1, 3): ("05/6/1994",), (1, 4): ("Bản Mơ, xã", "Suối Mơ"),
    (3, 0): ("02",), (3, 1): ("Vàng A Chu",), (3, 2): ("Nam",), (3, 3): ("1995",), (3, 4): ("xã Tú Lệ",),
}  # fmt: skip


class ShadeReader:
    """Finds the given lines and reads a crop by its darkest shade."""

    def __init__(self, lines: Sequence[Line], shades: dict[int, str]) -> None:
        self._lines, self._shades = list(lines), shades

    def find(self, page: Image, closely: bool = False) -> list[Box]:
        return [line.box for line in self._lines]

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        shades = [min(self._shades, key=lambda shade: abs(shade - int(crop.min()))) for crop in crops]
        return [posterior_of(self._shades[shade], crop.shape[1]) for shade, crop in zip(shades, crops, strict=True)]

    def skim(self, crops: Sequence[Image]) -> list[Posterior]:
        return self.read(crops)


def painted(
    columns: Sequence[int] = COLUMNS, more: Mapping[tuple[int, int], tuple[str, ...]] | None = None
) -> tuple[Image, ShadeReader]:
    page = np.full((1000, 1300, 3), 240, np.uint8)
    for x in columns:
        cv2.line(page, (x, ROWS[0]), (x, ROWS[-1]), (150,) * 3, 3)
    for y in ROWS:
        cv2.line(page, (COLUMNS[0], y), (COLUMNS[-1], y), (150,) * 3, 3)
    heads = {(0, column): (head,) for column, head in enumerate(HEADS)}
    lines, shades = list[Line](), dict[int, str]()
    for (row, column), texts in (heads | WRITTEN | (more or {})).items():
        for number, text in enumerate(texts):
            x0, y0 = COLUMNS[column] + 12, ROWS[row] + 15 + 45 * number
            box = Box(x0, y0, x0 + 8 * len(text), y0 + 30)
            shade = 10 + 5 * len(shades)
            cv2.rectangle(page, (x0, y0 + 4), (box.x1, y0 + 26), (shade,) * 3, -1)
            shades[shade] = text
            lines.append(Line(box, posterior_of(text, box.x1 - box.x0)))
    return page, ShadeReader(lines, shades)


def test_the_ruling_gives_rows_and_columns() -> None:
    grid = find_grid(ink_of(painted()[0]))
    assert grid is not None
    assert grid.columns == pytest.approx(COLUMNS, abs=3)
    assert grid.rows == pytest.approx(ROWS, abs=3)


def test_every_written_row_is_an_entry_and_blank_rows_are_none() -> None:
    page, engine = painted()
    ledger = read_ledger(engine, page, ink_of(page), LEDGERS)
    assert ledger is not None
    assert (ledger.form.form_id, ledger.side) == ("KS-1998", 0)
    first, second = ({column: c.text for column, c in entry.candidates.items()} for entry in ledger.entries)
    assert first == {
        "so": "01",
        "nksHoTen": "Lò Thị Dở",
        "nksGioiTinh": "Nữ",
        "nksNgaySinh": "05/6/1994",
        "nksNoiSinh": "Bản Mơ, xã Suối Mơ",
    }
    assert second["nksHoTen"] == "Vàng A Chu"
    assert [entry.middle for entry in ledger.entries] == pytest.approx([0.3, 0.7], abs=0.01)


def test_values_stand_where_their_ink_is() -> None:
    page, engine = painted()
    ledger = read_ledger(engine, page, ink_of(page), LEDGERS)
    assert ledger is not None
    box = ledger.entries[0].candidates["nksNoiSinh"].box
    assert box is not None
    assert COLUMNS[4] < box.x0 <= COLUMNS[4] + 12 and ROWS[1] < box.y0 <= ROWS[1] + 20
    assert ROWS[1] + 80 < box.y1 < ROWS[2]


def test_a_column_whose_ruling_faded_costs_only_its_own_values() -> None:
    page, engine = painted(columns=[x for x in COLUMNS if x != 700])
    ledger = read_ledger(engine, page, ink_of(page), LEDGERS)
    assert ledger is not None
    assert ledger.entries[0].candidates["nksHoTen"].text == "Lò Thị Dở"
    assert ledger.entries[0].candidates["nksNoiSinh"].text == "Bản Mơ, xã Suối Mơ"


def test_other_pages_are_no_ledger() -> None:
    page, engine = painted()
    assert read_ledger(engine, page, ink_of(page), [get_form("KH-1998")]) is None
    blank = np.full_like(page, 240)
    assert read_ledger(engine, blank, ink_of(blank), LEDGERS) is None


def test_heads_printed_again_are_no_entry() -> None:
    page, engine = painted(more={(2, column): (head,) for column, head in enumerate(HEADS)})
    ledger = read_ledger(engine, page, ink_of(page), LEDGERS)
    assert ledger is not None
    assert [entry.candidates["so"].text for entry in ledger.entries] == ["01", "02"]


def test_a_row_without_a_number_carries_on_the_row_above() -> None:
    page, engine = painted(more={(2, 4): ("Văn Chấn",)})
    ledger = read_ledger(engine, page, ink_of(page), LEDGERS)
    assert ledger is not None
    assert [entry.candidates["nksNoiSinh"].text for entry in ledger.entries] == [
        "Bản Mơ, xã Suối Mơ Văn Chấn",
        "xã Tú Lệ",
    ]


def test_a_row_whose_number_alone_is_missing_stays_an_entry() -> None:
    more = {(2, 1): ("Lò Thị Mai",), (2, 2): ("Nữ",), (2, 3): ("1995",), (2, 4): ("xã Tú Lệ",)}
    page, engine = painted(more=more)
    ledger = read_ledger(engine, page, ink_of(page), LEDGERS)
    assert ledger is not None
    assert [entry.candidates["nksHoTen"].text for entry in ledger.entries] == ["Lò Thị Dở", "Lò Thị Mai", "Vàng A Chu"]


def test_a_row_struck_from_side_to_side_is_doubtful_and_told() -> None:
    page, engine = painted()
    cv2.line(page, (90, 710), (1000, 704), (90, 60, 40), 3)
    ledger = read_ledger(engine, page, ink_of(page), LEDGERS)
    assert ledger is not None
    first, second = ledger.entries
    assert (first.struck, second.struck) == (False, True)
    assert max(c.confidence for c in second.candidates.values()) <= 0.5
    (problem,) = ledger.problems
    assert problem.code == "struck_out" and "số 02" in problem.message
