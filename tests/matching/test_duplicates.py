from collections.abc import Callable

import pytest

from digitize.books.persons import Person
from digitize.matching.duplicates import Finding, pairs_of

P = Callable[..., Person]


def found(*children: Person) -> list[tuple[object, object, str]]:
    return [(pair.first, pair.second, pair.finding) for pair in pairs_of(dict(enumerate(children)))]


@pytest.mark.parametrize(
    "change",
    [{}, {"birth": "03.05.2016"}, {"birth": "2016"}, {"mother_name": ""}, {"name": "GIANG A SỬ"}, {"gender": ""}],
)
def test_a_birth_in_two_books_is_listed(p: P, change: dict[str, str]) -> None:
    assert found(p(), p(**change)) == [(0, 1, Finding.SAME_BIRTH)]


@pytest.mark.parametrize("name", ["GIÀNG A PÁO", "GIÀNG A SỨ", "GIÀNG THỊ MỶ"])
def test_twins_are_no_doubled_birth(p: P, name: str) -> None:
    assert found(p(), p(name=name)) == [(0, 1, Finding.TWINS)]


def test_a_namesake_of_other_parents_is_nobody(p: P) -> None:
    assert found(p(), p(mother_name="VÀNG THỊ DỞ", father_name="LÝ A TỦA")) == []
    assert found(p(), p(birth="01.09.2011", mother_name="", father_name="")) == []


def test_brothers_and_sisters_whose_books_disagree_about_a_parent(p: P) -> None:
    sister = p(name="GIÀNG THỊ DUA", birth="11.10.2018", mother_birth="1993")
    (pair,) = pairs_of({"KS 01/2016": p(), "KS 07/2018": sister})
    assert (pair.finding, pair.why) == (Finding.PARENT_DIFFERS, "năm sinh mẹ: năm lệch 1")
    assert found(p(), p(name="GIÀNG THỊ DUA", birth="11.10.2018")) == []
