from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digitize.books.persons import Person
from digitize.matching.decide import Outcome, judge, match_person
from digitize.matching.population import Citizen
from digitize.matching.population.counting import count_names
from digitize.matching.population.roster import Roster
from digitize.matching.weigh.names import name_bits
from digitize.matching.weigh.shares import NameShares
from digitize.matching.weigh.weights import frozen

P = Callable[..., Person]
C = Callable[..., Citizen]
COMMON, RARE = "Nguyễn Thị Hoa", "Cầm Bích Diễm"
SHARES = NameShares(count_names([(COMMON, "Nữ")] * 5000 + [("Trần Thị Lan", "Nữ")] * 4000 + [(RARE, "Nữ")] * 3))


def bits(book: str, population: str) -> float:
    return name_bits(book, population, "2", 0.001, SHARES)


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    assert bits(RARE, RARE) > bits(COMMON, COMMON) + 10


def test_a_slip_weighs_less_than_none_and_more_than_another_name() -> None:
    whole, accent, letter, another = (bits(book, RARE) for book in (RARE, "Cầm Bích Diềm", "Cầm Bích Diễn", COMMON))
    assert whole >= letter > 0 > another
    assert whole >= accent > 0
    assert another == pytest.approx(-9.97, abs=0.1)


def test_a_name_written_without_diacritics_loses_little() -> None:
    assert bits(RARE, RARE) - bits("CAM BICH DIEM", RARE) < 1


@pytest.mark.parametrize("book", ["CầmBích Diễm", "CầmoBích Diễm", "Cầm Diễm"])
def test_words_run_together_or_left_out_still_speak_for_her(book: str) -> None:
    assert bits(book, RARE) > 3


def test_a_word_more_in_the_book_must_be_just_that_word() -> None:
    left_out, put_in = bits("Cầm Diễm", RARE), bits("Cầm Thị Diễm Diễm", "Cầm Diễm Diễm")
    rare = bits("Cầm Thị Lan Diễm", "Cầm Thị Diễm")
    assert left_out > 0 and put_in > rare


def test_the_surname_of_a_father_tells_nothing_that_the_child_has_not_told(p: P, c: C) -> None:
    shares = Roster([c()] * 50).shares()
    of_his_name = {e.field: e.bits for e in judge(p(), c(), shares).evidence}["father_name"]
    own = {e.field: e.bits for e in judge(p(name="LÝ A SỬ"), c(full_name="Lý A Sử"), shares).evidence}["father_name"]
    assert own > of_his_name > 0


def test_every_level_of_a_field_has_weights_and_a_date_is_worth_its_day() -> None:
    told = frozen().bits["birth"]
    assert told["equal"] > told["swapped"] > told["day"] > 0 > told["far"]
    assert frozen().possible < frozen().found < 1


BAD = [
    {"name": "Páo"},
    {"name": "PÁO", "birth": "", "mother_name": "", "father_name": ""},
    {"birth": "01/04/5005"},
    {"personal_id": "15216000011"},
    {"birth": "32.13.2016", "gender": "?"},
    {"mother_name": "X", "father_name": "?"},
    {"name": "Vµng A Sö"},
]


@pytest.mark.parametrize("change", BAD)
def test_bad_input_has_an_outcome(p: P, c: C, change: dict[str, str]) -> None:
    assert match_person(p(**change), Roster([c(), c(personal_id="015216000022", full_name="Páo")])).outcome in Outcome


_TEXT = st.text(max_size=12)


@settings(max_examples=60, deadline=None)
@given(_TEXT, _TEXT, _TEXT, _TEXT, _TEXT)
def test_no_text_breaks_it(name: str, birth: str, mother: str, other: str, number: str) -> None:
    citizen = Citizen("015216000011", other or "A", "Nam", birth, mother_name=name)
    person = Person("child", name, birth, "Nam", mother_name=mother, personal_id=number)
    assert 0 <= match_person(person, Roster([citizen])).score <= 1
