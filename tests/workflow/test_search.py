"""What people keyed is found across books, in scope, and every look is in the journal."""

import pytest
from sqlmodel import select

from digitize.books.entry import Entry
from digitize.books.kinds import BookKind
from digitize.errors import AccessDenied, InputError, NotFound
from digitize.store.tables import JournalRow
from digitize.workflow import review, search


@pytest.fixture
def keyed(peopled, person) -> Entry:
    officer = person("officer")
    review.open_entry(peopled, officer, 1)
    entry = review.save_value(peopled, officer, 1, "nksHoTen", "NÔNG THỊ HOÀ")
    return review.save_value(peopled, officer, entry.entry_id, "nksNgaySinh", "3 tháng 2 năm 2017")


def found(workspace, actor, *asked) -> list[int]:
    return [hit.entry.entry_id for hit in search.search(workspace, actor, *asked)]


def test_what_is_saved_is_found_at_once_and_what_is_corrected_no_longer(peopled, person, keyed):
    officer = person("officer")
    for text in ("nong thi hoa", "thị hoà", "03/02/2017", "2/2017"):
        assert found(peopled, officer, text) == [1]
    review.save_value(peopled, officer, 1, "nksHoTen", "NÔNG THỊ HẠNH")
    assert found(peopled, officer, "nong thi hoa") == []
    assert found(peopled, officer, "nong thi hanh") == [1]


def test_filters_narrow_and_other_units_see_nothing(peopled, person, keyed):
    officer = person("officer")
    assert found(peopled, officer, "nong thi", BookKind.BIRTH, 2017, "24999") == [1]
    assert found(peopled, officer, "nong thi", BookKind.DEATH) == []
    assert found(peopled, officer, "nong thi", None, 2016) == []
    assert found(peopled, officer, "nong thi", None, None, "04249") == []
    assert found(peopled, person("stranger"), "nong thi") == []
    with pytest.raises(NotFound):
        search.open_found(peopled, person("stranger"), 1)
    for name in ("operator", "administrator"):
        with pytest.raises(AccessDenied):
            search.search(peopled, person(name), "nong thi")
    with pytest.raises(InputError):
        search.search(peopled, officer, " . ")


def test_every_search_and_every_entry_opened_is_journalled(peopled, person, keyed):
    checker = person("checker")
    search.search(peopled, checker, "nong thi", BookKind.BIRTH)
    search.open_found(peopled, checker, 1)
    with peopled.view(checker) as work:
        lines = work.transaction.session.exec(select(JournalRow).where(JournalRow.account == "checker")).all()
    asked, opened = lines[-2:]
    assert (asked.act, asked.after["text"], asked.after["kind"], asked.after["entries"]) == (
        *("entry.search", "nong thi", "KS", [1]),
    )
    assert (opened.act, opened.subject_id) == ("entry.look", "1")
