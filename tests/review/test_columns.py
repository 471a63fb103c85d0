"""Cells of one column: equal suggestions together, what is keyed left out."""

from digitize.books.entry import Candidate, ConfirmedValue, Entry
from digitize.books.steps import Step
from digitize.review.columns import cells_of, columns_of


def read(entry_id: int, text: str, confidence: float = 0.99, keyed: str | None = None) -> Entry:
    values = {"nksGioiTinh": ConfirmedValue(keyed, "officer")} if keyed is not None else {}
    return Entry(
        entry_id, "KS-2015", Step.READ, {"nksGioiTinh": Candidate(text, text, confidence, None)}, values, page_id=7
    )


def test_equal_suggestions_stand_together_the_largest_group_first() -> None:
    cells = cells_of([read(1, "Nam"), read(2, "Nữ"), read(3, "Nam"), read(4, "N")], "nksGioiTinh", {})
    assert [(cell.entry_id, cell.field.text) for cell in cells] == [(1, "Nam"), (3, "Nam"), (4, "N"), (2, "Nữ")]


def test_on_request_the_most_doubtful_come_first_unread_ones_before_all() -> None:
    unread = Entry(9, "KS-2015", Step.READ)
    cells = cells_of([read(1, "Nam"), read(2, "Nữ", 0.3), unread], "nksGioiTinh", {}, doubtful_first=True)
    assert [cell.entry_id for cell in cells] == [9, 2, 1]


def test_what_somebody_keyed_is_left_out_also_when_it_is_empty() -> None:
    cells = cells_of([read(1, "Nam", keyed="Nữ"), read(2, "Nam", keyed=""), read(3, "Nam")], "nksGioiTinh", {})
    assert [cell.entry_id for cell in cells] == [3]


def test_marks_are_shown_and_forms_without_the_column_give_no_cell() -> None:
    death = Entry(5, "KT-2015", Step.READ)
    (cell,) = cells_of([read(1, "Nam"), death], "nksGioiTinh", {1: {"nksGioiTinh"}})
    assert (cell.marked, cell.page_id) == (True, 7)


def test_every_column_of_a_book_can_be_chosen_quick_ones_first() -> None:
    columns = [column.column for column in columns_of(["KS-2015", "KS-2006"])]
    assert columns[0] == "nksGioiTinh"
    assert len(columns) == len(set(columns))
    assert {"nksHoTen", "ghiChu", "so"} <= set(columns)
