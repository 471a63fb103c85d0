"""Registration authorities of the three levels (plan II.2): Sở Tư pháp, huyện, xã."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from digitize.books.places import PLAN_DAY, PROVINCE, PROVINCE_CODE, units_valid_on

KIND_OF_UNIT = re.compile(r"^(xã|phường|thị trấn|huyện|thị xã|thành phố|tỉnh) ", re.IGNORECASE)


class Level(StrEnum):
    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


LEVEL_TITLES = {Level.PROVINCE: "Cấp tỉnh", Level.DISTRICT: "Cấp huyện", Level.COMMUNE: "Cấp xã"}


@dataclass(frozen=True, slots=True)
class Keeper:
    """A unit whose authority keeps books: code, name for lists, its district, and the authority's name."""

    code: str
    name: str  # "xã Mồ Dề"
    district_code: str
    title: str  # "xã Mồ Dề, huyện Mù Cang Chải, tỉnh Yên Bái"
    authority: str  # "UBND xã Mồ Dề, huyện Mù Cang Chải, tỉnh Yên Bái"


@cache
def keepers_on(day: date = PLAN_DAY) -> tuple[Keeper, ...]:
    """The province, its districts, its communes of that day, in this order."""
    communes = units_valid_on(day)
    districts = {unit.district_code: unit.district for unit in communes}
    return (
        _keeper(PROVINCE_CODE, f"tỉnh {PROVINCE}", PROVINCE_CODE, f"tỉnh {PROVINCE}", f"Sở Tư pháp tỉnh {PROVINCE}"),
        *(_district(code, name) for code, name in sorted(districts.items())),
        *(_keeper(unit.code, f"{unit.kind} {unit.name}", unit.district_code, unit.title) for unit in communes),
    )


def level_of(unit_code: str) -> Level:
    """Which of the three levels a unit is of; a code nobody knows is a commune's."""
    if unit_code == PROVINCE_CODE:
        return Level.PROVINCE
    return Level.DISTRICT if unit_code in district_names() else Level.COMMUNE


@cache
def district_names() -> dict[str, str]:
    """Code -> name of each district of the plan's day."""
    return {unit.district_code: unit.district for unit in units_valid_on(PLAN_DAY)}


@cache
def successors() -> dict[str, str]:
    """Commune code -> unit that keeps its books since 01/07/2025."""
    return {unit.code: unit.successor_name for unit in units_valid_on(PLAN_DAY)}


def place_name(unit_name: str) -> str:
    """ "Mồ Dề" of "xã Mồ Dề", as papers name the place where they are signed; "phường 2" stays as it is."""
    plain = KIND_OF_UNIT.sub("", unit_name)
    return unit_name if plain.isdecimal() else plain


def _district(code: str, name: str) -> Keeper:
    lower = f"{name[0].lower()}{name[1:]}"
    return _keeper(code, lower, code, f"{lower}, tỉnh {PROVINCE}")


def _keeper(code: str, name: str, district_code: str, title: str, authority: str = "") -> Keeper:
    return Keeper(code, name, district_code, title, authority or f"UBND {title}")
