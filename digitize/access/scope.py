"""Which units an actor may see: a scope holds unit codes, and a unit stands for everything below it."""

from collections.abc import Set as AbstractSet

from digitize.books import places

PROVINCE = places.PROVINCE_CODE


def covers(scope: AbstractSet[str], unit_code: str, district_code: str) -> bool:
    """Whether the scope names the unit itself, its district or the province."""
    return not scope.isdisjoint({unit_code, district_code, PROVINCE})


def is_within(inner: AbstractSet[str], outer: AbstractSet[str]) -> bool:
    """Whether whoever has the scope `outer` may give `inner` to somebody: no wider anywhere."""
    return PROVINCE in outer or all(places.covers(frozenset(outer), unit_code) for unit_code in inner)
