from digitize.books.kinds import TITLES, BookKind, Lane


def test_the_plan_takes_births_marriages_adoptions_deaths_first() -> None:
    assert [kind.value for kind in sorted(BookKind, key=lambda kind: kind.priority)][:4] == ["KS", "KH", "CN", "KT"]


def test_four_kinds_are_matched_and_six_keyed_straight() -> None:
    lanes = [kind.lane for kind in BookKind]
    assert lanes.count(Lane.POPULATION) == 4
    assert lanes.count(Lane.CIVIL_STATUS) == 6
    assert {kind.value for kind in BookKind if kind.lane is Lane.POPULATION} == {"KS", "KH", "CN", "KT"}


def test_every_kind_has_a_title() -> None:
    assert set(TITLES) == set(BookKind)
