import numpy as np

from digitize.books.entry import Box
from digitize.ocr.rows import around, band_of, rows_of
from tests.ocr.factory import line, rows


def test_lines_side_by_side_are_one_row_left_to_right() -> None:
    (row,) = rows_of([line("Nam", 300, 104), line("Giới tính", 100, 100)])
    assert row.text == "Giới tính Nam"
    assert row.plain == "gioi tinh nam"
    assert row.box == Box(100, 100, 336, 134)


def test_lines_below_each_other_are_rows_from_the_top() -> None:
    assert [row.text for row in rows_of([line("b", 100, 200), line("a", 500, 100)])] == ["a", "b"]


def test_lines_that_cover_each_other_are_not_one_row() -> None:
    assert len(rows_of([line("Nơi sinh", 100, 100), line("xã Suối", 120, 112)])) == 2


def test_a_lower_line_that_shares_little_height_starts_a_row() -> None:
    assert len(rows_of([line("a", 100, 100), line("b", 300, 118)])) == 2


def test_every_glyph_stands_where_its_line_has_it() -> None:
    (row,) = rows("abc")
    assert [g.character for g in row.glyphs] == ["a", "b", "c"]
    assert row.glyphs[0].x0 == 100
    assert [g.x0 for g in row.glyphs] == sorted(g.x0 for g in row.glyphs)
    assert row.glyphs[-1].x1 <= row.box.x1


def test_plain_text_keeps_one_character_a_glyph() -> None:
    (row,) = rows("Đường Ất…")
    assert len(row.plain) == len(row.glyphs)


def test_no_lines_make_no_rows() -> None:
    assert rows_of([]) == []


def test_the_box_around_boxes() -> None:
    assert around([Box(5, 6, 7, 8), Box(1, 7, 3, 20)]) == Box(1, 6, 7, 20)


def test_a_lines_own_height_ends_halfway_to_its_neighbours() -> None:
    box, above, below, beside = (
        Box(100, 100, 400, 140),
        Box(50, 50, 300, 90),
        Box(200, 160, 500, 200),
        Box(600, 90, 900, 130),
    )
    assert band_of(box, [above, below, beside, box]) == (95, 150)
    assert band_of(box, [beside]) == (-np.inf, np.inf)
