from dataclasses import replace
from datetime import date

from digitize.books.readiness import DIFFICULTY_TITLES, DifficultyKind, Line, Survey

READY = Survey("04468", "xã Mồ Dề", True, 1, 0, 2, Line.SLOW, 1, 1, "", date(2026, 11, 1), "lead")


def test_what_a_unit_lacks_is_named() -> None:
    assert READY.lacking == ()
    bare = replace(READY, has_place=False, a3_scanners=0, line=Line.NONE, police_staff=0)
    assert bare.lacking == ("địa điểm", "máy quét A3", "đường truyền", "Công an")


def test_every_kind_has_a_title() -> None:
    assert DIFFICULTY_TITLES.keys() == set(DifficultyKind)
