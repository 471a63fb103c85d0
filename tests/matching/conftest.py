"""One-letter builders of invented people: a child of a book, and the citizen who is that child."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

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


@pytest.fixture(name="p")
def person() -> Callable[..., Person]:
    """`p(name="...")`: the child with these attributes changed."""

    def changed(**changes: Any) -> Person:
        return replace(CHILD, **changes)

    return changed


@pytest.fixture(name="c")
def citizen() -> Callable[..., Citizen]:
    """`c(full_name="...")`: the citizen with these attributes changed."""

    def changed(**changes: Any) -> Citizen:
        return replace(CITIZEN, **changes)

    return changed
