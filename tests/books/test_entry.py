from dataclasses import FrozenInstanceError

import pytest

from digitize.books.entry import Candidate, ConfirmedValue, Entry
from digitize.books.steps import Step


def test_a_candidate_is_not_a_fact() -> None:
    candidate: object = Candidate("GIÀNG A PÁO", "GIÀNG A PÁO", 0.93, None)
    assert candidate != ConfirmedValue("GIÀNG A PÁO", "officer")
    assert not isinstance(candidate, ConfirmedValue)


def test_what_was_read_confirms_nothing() -> None:
    candidates = {"nksHoTen": Candidate("GIÀNG A PÁO", "GIÀNG A PÁO", 0.93, None)}
    assert Entry(1, "KS-2015", Step.READ, candidates=candidates).values == {}


def test_an_entry_cannot_be_changed_in_place() -> None:
    entry = Entry(1, "KS-2015", Step.READ)
    with pytest.raises(FrozenInstanceError):
        entry.step = Step.CONFIRMED  # type: ignore[misc]
