"""Numbers that run on through a book, and what is told where they do not."""

import pytest

from digitize.books.sequence import ENTRIES, PAGES, Numbered, find_breaks, number_in


def breaks(*numbers: int | float | None) -> list[tuple[int, str]]:
    """Place (from 1) and kind of each break; a number given as a float was read without confidence."""
    places = [
        Numbered(at, None if number is None else int(number), isinstance(number, int))
        for at, number in enumerate(numbers, start=1)
    ]
    return [(at, problem.code.removeprefix("page_number_")) for at, problem in find_breaks(PAGES, places)]


@pytest.mark.parametrize(("numbers", "told"), [
    ((), []),
    ((7,), []),
    ((1, 2, 3, 4), []),
    ((1, 3, 5, 7), []),  # only every other side was scanned
    ((1, 2, None, 4), []),
    ((1.0, 2.0, 3.0), []),
    ((1, 2, 4, 5), [(3, "missing")]),
    ((1, 2, 9, 10, 11), [(3, "missing")]),
    ((1, 3, 7, 9, 11), [(3, "missing")]),
    ((1, 2, 2, 3), [(2, "doubled")]),
    ((1, 2, 71.0, 4, 5), [(3, "misread")]),
    ((1, 2, 71, 4, 5), [(3, "misread")]),
    ((1, 2, 3, 80.0), [(4, "misread")]),
    ((41.0, 2, 3, 4), [(1, "misread")]),
    ((5, 6, 1.0, 8, 9), [(3, "misread")]),
    ((1, 2, None, 6, 7), [(4, "missing")]),
    ((1, 2, 4), [(3, "missing")]),
    ((1, None, 2, None, 3), []),  # blank backs
    ((1, 2, 4, 5, 6, 3), []),  # a page that had been left out was scanned last
    ((1, 2, None, None, 9, 10), [(5, "missing")]),
])  # fmt: skip
def test_breaks(numbers: tuple[int | float | None, ...], told: list[tuple[int, str]]) -> None:
    assert breaks(*numbers) == told


def test_breaks_are_told_in_words() -> None:
    places = [Numbered(at, number, True) for at, number in enumerate((1, 2, 5, 17, 7, 8), start=1)]
    missing, misread = (problem.message for _, problem in find_breaks(ENTRIES, places))
    assert missing.startswith("Thiếu số đăng ký 3, 4 trước trang này.")
    assert misread.startswith("Số đăng ký máy đọc là 17, theo thứ tự phải là 6: có lẽ đọc nhầm.")


def test_a_long_stretch_is_told_by_its_ends() -> None:
    places = [Numbered(at, number, True) for at, number in enumerate((1, 2, 40, 41, 42), start=1)]
    ((_, problem),) = find_breaks(PAGES, places)
    assert "Thiếu số trang từ 3 đến 39 trước trang này." in problem.message


@pytest.mark.parametrize(("text", "number"), [
    ("05", 5), ("12/2017", 12), ("Số 7", 7), ("07-ĐKL", 7), ("", None), ("chưa rõ", None), ("123456", None),
])  # fmt: skip
def test_the_number_a_field_begins_with(text: str, number: int | None) -> None:
    assert number_in(text) == number
