"""Which units an actor may see: a scope holds unit codes, and a unit stands for everything below it."""

from collections.abc import Set as AbstractSet

PROVINCE = "15"  # tỉnh Yên Bái in the unit codes of the General Statistics Office


def covers(scope: AbstractSet[str], unit_code: str, district_code: str) -> bool:
    """Whether the scope names the unit itself, its district or the province."""
    return not scope.isdisjoint({unit_code, district_code, PROVINCE})
