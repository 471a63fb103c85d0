"""Births that may be doubled are told with a reason, decided on, and open again when a book is keyed otherwise."""

from collections.abc import Callable

import pytest

from digitize.access.actor import Actor
from digitize.books.duplicates import PairChoice
from digitize.errors import AccessDenied
from digitize.matching.compare import Agreement
from digitize.matching.duplicates import Finding
from digitize.store.unit_of_work import Workspace
from digitize.workflow import duplicates, review

BIRTH = {
    "nksHoTen": "HOÀNG HỮU THẮNG", "nksNgaySinh": "09/01/2017", "meHoTen": "NÔNG THỊ HOA", "meNgaySinh": "1990",
    "chaHoTen": "HOÀNG HỮU BÌNH", "chaNgaySinh": "1987",
}  # fmt: skip


def test_a_pair_is_shown_decided_on_withdrawn_and_open_again_when_its_reason_changes(
    peopled: Workspace, person: Callable[[str], Actor]
) -> None:
    officer = person("officer")
    review.confirm(peopled, officer, 1, BIRTH)
    review.confirm(peopled, officer, 2, BIRTH | {"nksNgaySinh": "2017"})
    (pair,) = duplicates.duplicates(peopled, officer).open
    assert (pair.finding, pair.why) == (Finding.SAME_BIRTH, "sổ thứ hai chỉ ghi năm, chưa so được đủ ngày")
    one, other = duplicates.sides(peopled, officer, pair.pair)
    told = {line.column: line for line in duplicates.lines(one, other)}
    assert told["nksHoTen"].agreement is Agreement.EQUAL and told["nksNgaySinh"].agreement is Agreement.PARTIAL
    assert told["so"].texts == ("01", "02") and "nksHoTen" in one.inked and "nksHoTen" in other.inked

    duplicates.decide(peopled, officer, pair, PairChoice.SAME, "đã xem hai trang sổ")
    (decided,) = duplicates.duplicates(peopled, officer, 1).decided
    assert decided.decision and decided.decision.by == "officer" and not duplicates.duplicates(peopled, officer).open
    duplicates.decide(peopled, officer, decided, PairChoice.WITHDRAWN, "nhầm")
    (again,) = duplicates.duplicates(peopled, officer).open
    duplicates.decide(peopled, officer, again, PairChoice.DIFFERENT, "hai người")

    review.send_back(peopled, officer, 2, "xem lại")
    assert duplicates.duplicates(peopled, officer) == duplicates.Duplicates((), (), is_cut=False)
    review.confirm(peopled, officer, 2, {"nksNgaySinh": "09/01/2017"})
    (anew,) = duplicates.duplicates(peopled, officer).open
    assert anew.why == "cùng họ tên, ngày sinh, cha mẹ"
    duplicates.look_at(peopled, officer, anew.pair)
    assert duplicates.duplicates(peopled, person("stranger")) == duplicates.Duplicates((), (), is_cut=False)
    with pytest.raises(AccessDenied):
        duplicates.duplicates(peopled, person("operator"))
