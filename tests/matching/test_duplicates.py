from collections.abc import Callable

import pytest

from digitize.books.persons import Person
from digitize.matching.duplicates import Finding, in_two_books, suspicion

P = Callable[..., Person]


def finding(one: Person, other: Person) -> Finding | None:
    found = suspicion(one, other)
    return found and found.finding


@pytest.mark.parametrize(
    "change",
    [{}, {"birth": "03.05.2016"}, {"birth": "2016"}, {"mother_name": ""}, {"name": "GIANG A SỬ"}, {"gender": ""}],
)
def test_a_birth_in_two_books_is_listed(p: P, change: dict[str, str]) -> None:
    assert finding(p(), p(**change)) is Finding.SAME_BIRTH


@pytest.mark.parametrize("name", ["GIÀNG A PÁO", "GIÀNG A SỨ", "GIÀNG THỊ MỶ"])
def test_twins_are_no_doubled_birth(p: P, name: str) -> None:
    assert finding(p(), p(name=name)) is Finding.TWINS


def test_a_namesake_of_other_parents_is_nobody(p: P) -> None:
    assert finding(p(), p(mother_name="VÀNG THỊ DỞ", father_name="LÝ A TỦA")) is None
    assert finding(p(), p(birth="01.09.2011", mother_name="", father_name="")) is None


def test_brothers_and_sisters_whose_books_disagree_about_a_parent(p: P) -> None:
    sister = p(name="GIÀNG THỊ DUA", birth="11.10.2018", mother_birth="1993")
    found = suspicion(p(), sister)
    assert found and (found.finding, found.why) == (Finding.PARENT_DIFFERS, "năm sinh mẹ: năm lệch 1")
    assert finding(p(), p(name="GIÀNG THỊ DUA", birth="11.10.2018")) is None


def test_the_sentences_tell_of_two_books_and_not_of_the_population_database(p: P) -> None:
    found = suspicion(p(), p(birth="2016"))
    assert found and found.why == "sổ thứ hai chỉ ghi năm, chưa so được đủ ngày"
    found = suspicion(p(birth="2016"), p())
    assert found and found.why == "sổ thứ nhất chỉ ghi năm, chưa so được đủ ngày"
    assert in_two_books("sổ ghi thiếu chữ đệm") == "sổ thứ nhất ghi thiếu chữ đệm"
