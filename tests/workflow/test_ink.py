"""The population helps the reading: near namesakes are told apart by the ink, and nothing keyed is changed."""

from dataclasses import replace

import numpy as np
import pytest

from digitize.books.persons import Person
from digitize.matching.decide import candidates_of
from digitize.matching.population import Citizen
from digitize.matching.population.roster import Roster
from digitize.ocr.engine import Posterior
from digitize.ocr.likelihood import packed
from digitize.workflow.ink import AS_KEYED, AS_READ, _as_written, ink_fits, ranked

SIGNS = ("", *sorted(set("VÀNG A PÁOàngo áạaPV ")))
READ = Person("child", "VÀNG A PAO", "05.03.2016", "1", father_name="Vàng A Sử", mother_name="Sùng Thị Mỷ")
PARENTS = {"father_name": "Vàng A Sử", "mother_name": "Sùng Thị Mỷ"}
RIGHT = Citizen("015216000011", "Vàng A Páo", "Nam", "05.03.2016", **PARENTS)
DOUBLE = Citizen("015216000022", "Vàng A Pạo", "Nam", "05.03.2016", **PARENTS)


def ink(last: dict[str, float]) -> bytes:
    """Clear capitals "VÀNG A P", then one letter in doubt, then "O"."""
    moments: list[dict[str, float]] = []
    for letter in "VÀNG A P":
        moments += [{letter: 0.99}, {"": 0.99}]
    moments += [last, {"": 0.99}, {"O": 0.99}]
    signs = ("", *sorted({sign for moment in moments for sign in moment if sign}))
    return packed(Posterior(np.array([[m.get(s, 1e-6) for s in signs] for m in moments], np.float32), signs, 300))


@pytest.mark.parametrize(("last", "first"), [({"A": 0.5, "Á": 0.45}, RIGHT), ({"A": 0.5, "Ạ": 0.45}, DOUBLE)])
def test_the_ink_decides_between_namesakes_whom_the_text_cannot_tell_apart(
    last: dict[str, float], first: Citizen
) -> None:
    roster = Roster([RIGHT, DOUBLE])
    judged = candidates_of(READ, roster)
    assert len({round(each.bits, 2) for each in judged}) == 1
    for doubt in (AS_READ, AS_KEYED):
        heard = ranked(READ, judged, {"nksHoTen": ink(last)}, roster.shares(), doubt)
        assert heard[0][0].citizen == first


def test_it_is_told_in_words_by_how_much_and_offered_only_where_it_is_clear() -> None:
    (fit,) = ink_fits(READ, RIGHT, {"nksHoTen": ink({"Á": 0.9, "A": 0.0225})})
    assert fit.sentence == "Nét chữ hợp với «Vàng A Páo» hơn «VÀNG A PAO» 40 lần."
    assert fit.is_offer
    (against,) = ink_fits(READ, RIGHT, {"nksHoTen": ink({"A": 0.9, "Á": 0.0225})})
    assert against.sentence.startswith("Nét chữ hợp với «VÀNG A PAO» hơn") and not against.is_offer
    (open_,) = ink_fits(READ, RIGHT, {"nksHoTen": ink({"A": 0.5, "Á": 0.45})})
    assert open_.sentence == "" and not open_.is_offer


@pytest.mark.parametrize(
    ("book", "population", "written"),
    [("09/01/2017", "01.09.2017", "01/09/2017"), ("ngày 9 tháng 1 năm 2017", "01.09.2017", "ngày 01 tháng 09 năm 2017"),
     ("09/01/2017", "2017", "2017"), ("VÀNG A PAO", "Vàng A Páo", "Vàng A Páo")],
)  # fmt: skip
def test_a_date_is_weighed_as_the_book_writes_dates(book: str, population: str, written: str) -> None:
    assert _as_written(book, population) == written


def test_a_date_told_as_far_as_it_goes_is_not_weighed_against_the_ink() -> None:
    year = replace(READ, birth="2016")
    assert ink_fits(year, RIGHT, {"nksNgaySinh": ink({"A": 0.9})}) == ()
    slashed = replace(READ, birth="05/03/2016")
    assert ink_fits(slashed, RIGHT, {"nksNgaySinh": ink({"A": 0.9})}) == ()


def test_equal_names_and_fields_without_ink_are_left_alone() -> None:
    assert ink_fits(READ, RIGHT, {}) == ()
    same = Citizen("015216000033", "Vàng A Pao", "Nam", "05.03.2016", **PARENTS)
    assert ink_fits(READ, same, {"nksHoTen": ink({"A": 0.9})}) == ()
