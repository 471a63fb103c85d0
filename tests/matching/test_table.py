"""The table of decisions is the one that registry officers read in docs/matching.md."""

import re
from collections.abc import Callable
from itertools import product

import pytest

from digitize.books.persons import Person
from digitize.matching.compare import FIELDS, Agreement, compare
from digitize.matching.population import Citizen
from digitize.matching.table import TABLE, Effect, effect, is_consistent
from digitize.settings import REPOSITORY

P = Callable[..., Person]
C = Callable[..., Citizen]
AGREEMENTS = (Agreement.EQUAL, Agreement.ALIAS, Agreement.PARTIAL, Agreement.MISSING, Agreement.DIFFERENT)


def test_the_docs_show_the_very_table() -> None:
    text = (REPOSITORY / "docs" / "matching.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|(.+)\|$", text, re.M)
    shown = {field: [cell.strip() for cell in cells.split("|")] for field, cells in rows}
    assert shown == {field: [row[agreement].value for agreement in AGREEMENTS] for field, row in TABLE.items()}


def test_every_compared_field_has_a_row_with_every_agreement() -> None:
    assert {ours for ours, *_ in FIELDS} | {"birth_of_parent", "birth_of_declarant"} == set(TABLE)
    assert all(agreement in row for row, agreement in product(TABLE.values(), Agreement))


@pytest.mark.parametrize(("role", "told"), [("child", Effect.DIFFERS), ("mother", Effect.AGREES)])
def test_a_bare_year_is_enough_for_a_parent_only(p: P, c: C, role: str, told: Effect) -> None:
    birth = next(x for x in compare(p(birth="2016"), c()) if x.field == "birth")
    assert effect(role, birth) is told


def test_consistent_needs_more_than_name_and_birth(p: P, c: C) -> None:
    bare = {"gender": "", "mother_name": "", "father_name": "", "mother_birth": "", "father_birth": ""}
    assert is_consistent("child", compare(p(), c()))
    assert not is_consistent("child", compare(p(**bare), c()))
    assert not is_consistent("child", compare(p(ethnic="Dao"), c()))
