"""A unit stands for everything below it."""

import pytest

from digitize.access.scope import covers, is_within


@pytest.mark.parametrize(
    ("scope", "covered"),
    [({"04468"}, True), ({"137"}, True), ({"15"}, True), ({"04471", "132"}, False), (set(), False), ({""}, False)],
)
def test_a_scope_covers_a_unit_by_itself_its_district_or_the_province(scope: set[str], covered: bool) -> None:
    assert covers(scope, "04468", "137") is covered


@pytest.mark.parametrize(
    ("inner", "outer", "within"),
    [
        ({"04468"}, {"137"}, True),
        ({"137", "04249"}, {"15"}, True),
        ({"15"}, {"15"}, True),
        ({"137"}, {"04468"}, False),
        ({"15"}, {"137"}, False),
        ({"04468", "04249"}, {"137"}, False),
        (set(), {"137"}, True),
    ],
)
def test_nobody_gives_more_than_he_has(inner: set[str], outer: set[str], within: bool) -> None:
    assert is_within(inner, outer) is within
