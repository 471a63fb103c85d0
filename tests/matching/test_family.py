from collections.abc import Callable

from digitize.books.persons import Person
from digitize.matching.decide import MatchResult, Outcome
from digitize.matching.family import match_family
from digitize.matching.population import Citizen
from digitize.matching.population.roster import Roster

P = Callable[..., Person]
C = Callable[..., Citizen]
NO_PARENTS = {"father_name": "", "mother_name": "", "father_birth": "", "mother_birth": ""}
HOME = "thôn Một, xã Nậm Có"


def mother(c: C, number: str, **changes: str) -> Citizen:
    told = {
        "full_name": "Sùng Thị Mỷ",
        "gender": "Nữ",
        "date_of_birth": "02.08.1992",
        "father_name": "",
        "mother_name": "",
    }
    return c(personal_id=number, **{**told, "residence": HOME, "hometown": "", "place_of_birth": "", **changes})


def told(p: P, **changes: str) -> list[Person]:
    of_mother = {"name": "SÙNG THỊ MỶ", "birth": "1992", "gender": "2", "hometown": "", "place_of_birth": ""}
    return [p(), p(role="mother", **{**of_mother, **NO_PARENTS, **changes})]


def found(persons: list[Person], *citizens: Citizen) -> dict[str, MatchResult]:
    return {result.role: result for result in match_family(persons, Roster(citizens))}


def test_a_mother_known_by_year_is_found_where_her_child_lives(p: P, c: C) -> None:
    result = found(told(p), c(residence=HOME), mother(c, "015192000001"))["mother"]
    assert (result.outcome, result.personal_id) == (Outcome.CONSISTENT, "015192000001")
    assert "hợp với người khác" in result.candidates[0].told[-1].why


def test_of_two_namesakes_the_one_at_home_is_the_mother(p: P, c: C) -> None:
    elsewhere = mother(c, "015192000002", residence="thôn Hai, xã Khao Mang", date_of_birth="09.09.1992")
    result = found(told(p), c(residence=HOME), elsewhere, mother(c, "015192000001"))["mother"]
    assert (result.outcome, result.personal_id) == (Outcome.CONSISTENT, "015192000001")


def test_alone_or_elsewhere_she_is_left_to_the_officer(p: P, c: C) -> None:
    alone = told(p)[1:]
    assert found(alone, mother(c, "015192000001"))["mother"].outcome is Outcome.SEVERAL
    elsewhere = mother(c, "015192000001", residence="thôn Hai, xã Khao Mang")
    assert found(told(p), c(residence=HOME), elsewhere)["mother"].outcome is Outcome.SEVERAL


def test_a_name_and_a_year_alone_never_name_a_parent(p: P, c: C) -> None:
    crowd = [c(personal_id=f"0152{n:08d}", full_name=f"Lò Thị Hạnh {n}") for n in range(200)]
    rare = told(p, name="CẦM BÍCH DIỄM THƯƠNG")[1:]
    result = found(rare, mother(c, "015192000001", full_name="Cầm Bích Diễm Thương"), *crowd)["mother"]
    assert (result.outcome, result.personal_id) == (Outcome.SEVERAL, None)


def test_the_declarant_is_supported_and_supports_nobody(p: P, c: C) -> None:
    declarant = p(role="declarant", name="SÙNG THỊ MỶ", birth="", gender="", personal_id="015192000001", **NO_PARENTS)
    people = [c(residence=HOME), mother(c, "015192000001")]
    alone, together = found(told(p), *people), found([*told(p), declarant], *people)
    assert {role: together[role] for role in alone} == alone
    assert (together["declarant"].outcome, together["declarant"].personal_id) == (Outcome.CONSISTENT, "015192000001")
    unnumbered = p(role="declarant", name="SÙNG THỊ MỶ", birth="", gender="", **NO_PARENTS)
    assert found([*told(p), unnumbered], *people)["declarant"].outcome is Outcome.SEVERAL


def test_a_grandmother_of_the_same_name_and_home_is_no_mother(p: P, c: C) -> None:
    old = mother(c, "015140000001", date_of_birth="02.08.1940")
    assert found(told(p, birth=""), c(residence=HOME), old)["mother"].personal_id is None


def test_the_year_that_the_book_does_not_tell_comes_from_the_child(p: P, c: C) -> None:
    other = mother(c, "015185000001", date_of_birth="01.02.1985")
    result = found(told(p, birth=""), c(residence=HOME), other, mother(c, "015192000001"))["mother"]
    assert result.candidates[0].citizen.personal_id == "015192000001"


def test_parents_who_live_together_raise_each_other(p: P, c: C) -> None:
    father = p(
        role="father", name="GIÀNG A PÁO", birth="1990", gender="1", hometown="", place_of_birth="", **NO_PARENTS
    )
    his = mother(c, "015090000001", full_name="Giàng A Páo", gender="Nam", date_of_birth="07.07.1990")
    results = found([*told(p)[1:], father], mother(c, "015192000001"), his)
    assert results["father"].score > found([father], his)["father"].score
