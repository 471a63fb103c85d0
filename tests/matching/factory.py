"""One-line builders of invented people."""

from typing import Any

from digitize.books.persons import Person
from digitize.matching.population import Citizen

CHILD = Person(
    role="child",
    name="GIÀNG A SỬ",
    birth="05/3/2016",
    gender="Nam",
    ethnic="Mông",
    nationality="Việt Nam",
    place_of_birth="Trạm y tế xã Nậm Có, huyện Mù Cang Chải, tỉnh Yên Bái",
    hometown="xã Nậm Có, huyện Mù Cang Chải, tỉnh Yên Bái",
    father_name="GIÀNG A PÁO",
    mother_name="SÙNG THỊ MỶ",
    father_birth="1990",
    mother_birth="1992",
)
CITIZEN = Citizen(
    personal_id="015216000011",
    full_name="Giàng A Sử",
    gender="Nam",
    date_of_birth="05.03.2016",
    ethnicity="Mông",
    nationality="Việt Nam",
    place_of_birth="xã Nậm Có, huyện Mù Cang Chải, tỉnh Yên Bái",
    hometown="Nậm Có, Mù Cang Chải, Yên Bái",
    father_name="Giàng A Páo",
    mother_name="Sùng Thị Mỷ",
    father_birth_year="1990",
    mother_birth_year="1992",
    residence="thôn Một, xã Khác, tỉnh Khác",
)


def p(**changes: Any) -> Person:
    """A child of a book, with these attributes changed."""
    return _changed(CHILD, changes)


def c(**changes: Any) -> Citizen:
    """The citizen who is that child, with these attributes changed."""
    return _changed(CITIZEN, changes)


def _changed(value: Any, changes: dict[str, Any]) -> Any:
    from dataclasses import replace

    return replace(value, **changes)
