"""Two pages write into one entry: nothing is written twice, nothing over what its writer has not seen."""

from collections.abc import Callable
from threading import Thread

import pytest

from digitize.access.actor import Actor, Role
from digitize.books.book import Book, Page
from digitize.books.entry import Candidate, Entry
from digitize.books.steps import Act, Step
from digitize.books.teamwork import EditMark, Saved
from digitize.errors import StepNotLawful
from digitize.store.unit_of_work import Workspace, verify_journal

READ = Callable[..., tuple[Entry, ...]]


@pytest.fixture
def hoa(add_account: Callable[..., Actor]) -> Actor:
    return add_account("hoa", roles=frozenset({Role.OFFICER}))


@pytest.fixture
def mai(add_account: Callable[..., Actor]) -> Actor:
    return add_account("mai", roles=frozenset({Role.OFFICER}))


@pytest.fixture
def keyed_by_mai(workspace: Workspace, mai: Actor, entry: Entry) -> Entry:
    """The entry as Hoa opened it; since then Mai has keyed two fields and given it back."""
    with workspace.unit_of_work(mai) as work:
        work.edits.save(
            entry.entry_id, {"nksHoTen": "LÒ THỊ SAU", "nksDanToc": "Thái"}, entry.version, EditMark("m", 1)
        )
        work.leases.give_back(entry.entry_id)
    return entry


def save(
    workspace: Workspace, actor: Actor, entry: Entry, values: dict[str, str], number: int = 1, **seen: int
) -> Saved:
    with workspace.unit_of_work(actor) as work:
        return work.edits.save(
            entry.entry_id, values, seen.get("seen", entry.version), EditMark(f"{actor.account}'s", number)
        )


def texts(workspace: Workspace, actor: Actor, entry: Entry) -> dict[str, str]:
    with workspace.view(actor) as work:
        return {column: value.text for column, value in work.entries.get(entry.entry_id).values.items()}


def acts(workspace: Workspace, actor: Actor, entry: Entry) -> list[str]:
    with workspace.view(actor) as work:
        return [line.act for line in work.journal.of("entry", entry.entry_id)]


def test_both_texts_come_back_and_the_other_fields_are_saved(
    workspace: Workspace, hoa: Actor, keyed_by_mai: Entry
) -> None:
    saved = save(workspace, hoa, keyed_by_mai, {"nksHoTen": "LÒ THỊ SAO", "nksQuocTich": "Việt Nam"})
    (collision,) = saved.collisions
    assert (collision.column, collision.mine, collision.theirs) == ("nksHoTen", "LÒ THỊ SAO", "LÒ THỊ SAU")
    assert (collision.by, collision.by_name) == ("mai", "Cán bộ mai") and collision.at
    assert texts(workspace, hoa, keyed_by_mai) == {
        "nksHoTen": "LÒ THỊ SAU", "nksDanToc": "Thái", "nksQuocTich": "Việt Nam",
    }  # fmt: skip


def test_what_others_wrote_elsewhere_comes_along(workspace: Workspace, hoa: Actor, keyed_by_mai: Entry) -> None:
    saved = save(workspace, hoa, keyed_by_mai, {"nksQuocTich": "Việt Nam"})
    assert saved.collisions == ()
    assert {each.column: (each.theirs, each.by) for each in saved.unseen} == {
        "nksHoTen": ("LÒ THỊ SAU", "mai"), "nksDanToc": ("Thái", "mai"),
    }  # fmt: skip
    assert save(workspace, hoa, keyed_by_mai, {}, 2, seen=saved.entry.version).unseen == ()


def test_a_save_that_is_done_tells_what_others_wrote_since(workspace: Workspace, hoa: Actor, entry: Entry) -> None:
    save(workspace, hoa, entry, {"nksHoTen": "LÒ THỊ SAO"})
    with workspace.unit_of_work(hoa) as work:
        work.edits.save(entry.entry_id, {"nksHoTen": "LÒ THỊ SAU"}, entry.version + 9, EditMark("other tab", 1))
    (unseen,) = save(workspace, hoa, entry, {"nksHoTen": "LÒ THỊ SAO"}).unseen
    assert (unseen.theirs, texts(workspace, hoa, entry)) == ("LÒ THỊ SAU", {"nksHoTen": "LÒ THỊ SAU"})


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_either_choice_is_a_save_of_its_own(workspace: Workspace, hoa: Actor, keyed_by_mai: Entry, choice: str) -> None:
    (collision,) = save(workspace, hoa, keyed_by_mai, {"nksHoTen": "LÒ THỊ SAO"}).collisions
    chosen = getattr(collision, choice)
    settled = save(workspace, hoa, keyed_by_mai, {"nksHoTen": chosen}, 2, seen=collision.version)
    assert settled.collisions == () and settled.entry.values["nksHoTen"].text == chosen
    assert settled.entry.values["nksHoTen"].confirmed_by == "hoa"
    again = save(workspace, hoa, keyed_by_mai, {"nksHoTen": "LÒ THỊ SÁO"}, 3)
    assert again.collisions == () and again.entry.values["nksHoTen"].text == "LÒ THỊ SÁO"


def test_the_same_text_from_two_people_is_no_collision(workspace: Workspace, hoa: Actor, keyed_by_mai: Entry) -> None:
    assert save(workspace, hoa, keyed_by_mai, {"nksDanToc": "Thái"}).collisions == ()


def test_own_saves_never_collide_with_each_other(workspace: Workspace, hoa: Actor, entry: Entry) -> None:
    for number, text in enumerate(["L", "LÒ", "LÒ THỊ SAO"], start=1):
        assert save(workspace, hoa, entry, {"nksHoTen": text}, number).collisions == ()
    assert texts(workspace, hoa, entry) == {"nksHoTen": "LÒ THỊ SAO"}


def test_two_pages_of_one_officer_collide_too(workspace: Workspace, hoa: Actor, entry: Entry) -> None:
    save(workspace, hoa, entry, {"nksHoTen": "LÒ THỊ SAO"})
    with workspace.unit_of_work(hoa) as work:
        saved = work.edits.save(entry.entry_id, {"nksHoTen": "LÒ THỊ SAU"}, entry.version, EditMark("other tab", 1))
    assert [collision.theirs for collision in saved.collisions] == ["LÒ THỊ SAO"]


def test_an_edit_sent_again_is_one_change(workspace: Workspace, hoa: Actor, entry: Entry) -> None:
    first = save(workspace, hoa, entry, {"nksHoTen": "LÒ"}, 1)
    save(workspace, hoa, entry, {"nksHoTen": "LÒ THỊ SAO"}, 2)
    late = save(workspace, hoa, entry, {"nksHoTen": "LÒ"}, 1)
    assert (late.collisions, late.entry.values["nksHoTen"].text) == ((), "LÒ THỊ SAO")
    assert late.entry.version == first.entry.version + 1
    assert acts(workspace, hoa, entry).count("entry.save") == 2


def test_a_collision_whose_answer_was_lost_is_told_again(workspace: Workspace, hoa: Actor, keyed_by_mai: Entry) -> None:
    values = {"nksHoTen": "LÒ THỊ SAO", "nksQuocTich": "Việt Nam"}
    first, again = (save(workspace, hoa, keyed_by_mai, values) for _ in range(2))
    assert first == again
    assert acts(workspace, hoa, keyed_by_mai).count("entry.save") == 2  # Mai's, and nationality once


def test_confirming_twice_is_one_confirmation(workspace: Workspace, hoa: Actor, mai: Actor, entry: Entry) -> None:
    def confirm(actor: Actor, number: int, **values: str) -> Saved:
        with workspace.unit_of_work(actor) as work:
            return work.edits.confirm(entry.entry_id, values, {"so": "01"}, entry.version, EditMark("tab", number))

    first = confirm(hoa, 1, nksHoTen="LÒ THỊ SAO")
    assert first.entry.step is Step.CONFIRMED and first.entry.keyed_by == "hoa"
    assert confirm(hoa, 1, nksHoTen="LÒ THỊ SAO") == first  # the same click
    assert confirm(hoa, 2, nksHoTen="LÒ THỊ SAO") == first  # another one
    assert acts(workspace, hoa, entry).count("entry.confirm") == 1
    with pytest.raises(StepNotLawful):
        confirm(hoa, 3, nksHoTen="LÒ THỊ SAU")
    with pytest.raises(StepNotLawful):
        confirm(mai, 4, nksHoTen="LÒ THỊ SAO")


def test_two_confirmations_at_once_are_one(workspace: Workspace, hoa: Actor, entry: Entry) -> None:
    def confirm(number: int) -> None:
        with workspace.unit_of_work(hoa) as work:
            work.edits.confirm(entry.entry_id, {"nksHoTen": "LÒ THỊ SAO"}, {}, entry.version, EditMark("tab", number))

    threads = [Thread(target=confirm, args=(number,)) for number in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert acts(workspace, hoa, entry).count("entry.confirm") == 1
    assert verify_journal(workspace, hoa) is None


def test_nobody_vouches_for_what_she_has_not_seen(workspace: Workspace, hoa: Actor, keyed_by_mai: Entry) -> None:
    def confirm(number: int) -> Saved:
        with workspace.unit_of_work(hoa) as work:
            mark = EditMark("hoa's", number)
            return work.edits.confirm(keyed_by_mai.entry_id, {"nksHoTen": "LÒ THỊ SAO"}, {}, keyed_by_mai.version, mark)

    refused = confirm(1)
    assert refused.entry.step is Step.IN_REVIEW
    assert [(each.column, each.mine, each.theirs) for each in refused.collisions] == [
        ("nksHoTen", "LÒ THỊ SAO", "LÒ THỊ SAU"),
        ("nksDanToc", None, "Thái"),
    ]
    for number, (each, text) in enumerate(zip(refused.collisions, ("LÒ THỊ SAO", "Thái"), strict=True), start=2):
        save(workspace, hoa, keyed_by_mai, {each.column: text}, number, seen=each.version)
    assert confirm(4).entry.step is Step.CONFIRMED


def test_a_field_goes_back_to_an_earlier_text_and_to_none(workspace: Workspace, hoa: Actor, entry: Entry) -> None:
    save(workspace, hoa, entry, {"nksHoTen": "LÒ THỊ SAO"})
    with workspace.unit_of_work(hoa) as work:
        back = work.edits.take_back(entry.entry_id, "nksHoTen", None, entry.version, EditMark("hoa's", 2), "nhầm")
    assert back.entry.values == {} and back.entry.candidates["nksHoTen"].text == "LÒ THỊ SAO"
    with workspace.view(hoa) as work:
        line = work.journal.of("entry", entry.entry_id)[-1]
    assert (line.act, line.why) == ("entry.take_back", "nhầm")
    assert (
        line.before
        and line.after
        and (line.before["values"], line.after["values"])
        == (
            {"nksHoTen": "LÒ THỊ SAO"},
            {"nksHoTen": None},
        )
    )


def test_going_back_does_not_run_over_a_colleague(workspace: Workspace, hoa: Actor, keyed_by_mai: Entry) -> None:
    with workspace.unit_of_work(hoa) as work:
        back = work.edits.take_back(keyed_by_mai.entry_id, "nksHoTen", None, keyed_by_mai.version, EditMark("hoa's", 1))
    assert [(each.mine, each.theirs) for each in back.collisions] == [(None, "LÒ THỊ SAU")]
    assert texts(workspace, hoa, keyed_by_mai)["nksHoTen"] == "LÒ THỊ SAU"


def candidate(text: str) -> Candidate:
    return Candidate(text, text, 0.8, None)


def read_again(workspace: Workspace, officer: Actor, entry: Entry, *readings: tuple[str, dict[str, Candidate]]) -> None:
    from digitize.access.actor import worker_actor

    with workspace.unit_of_work(officer) as work:
        work.pages.retry(entry.page_id)
    with workspace.unit_of_work(worker_actor()) as work:
        page = work.pages.lease("w1", 60)
        assert page
        work.pages.finish(page.page_id, "w1", readings)


def test_reading_again_refreshes_only_what_nobody_has_touched(
    workspace: Workspace, officer: Actor, hoa: Actor, keyed_by_mai: Entry
) -> None:
    kept = texts(workspace, hoa, keyed_by_mai)
    new = {column: candidate("MỚI") for column in ("nksHoTen", "nksDanToc", "nksQuocTich")}
    read_again(workspace, officer, keyed_by_mai, ("KS-2015", new))
    with workspace.view(hoa) as work:
        entry = work.entries.get(keyed_by_mai.entry_id)
    assert texts(workspace, hoa, keyed_by_mai) == kept and entry.step is Step.IN_REVIEW
    assert {column: read.text for column, read in entry.candidates.items()} == {
        "nksHoTen": "LÒ THỊ SAO", "nksQuocTich": "MỚI",
    }  # fmt: skip


def test_a_page_in_hand_is_not_read_over(workspace: Workspace, officer: Actor, hoa: Actor, entry: Entry) -> None:
    save(workspace, hoa, entry, {"so": "01"})
    read_again(workspace, officer, entry, ("KS-2015", {"nksHoTen": candidate("MỚI")}))
    with workspace.view(hoa) as work:
        assert work.entries.get(entry.entry_id).candidates == entry.candidates


def test_another_form_or_number_of_entries_is_not_laid_over_what_a_person_began(
    workspace: Workspace, officer: Actor, entry: Entry
) -> None:
    new = {"nksHoTen": candidate("MỚI")}
    read_again(workspace, officer, entry, ("KS-2006", new))
    read_again(workspace, officer, entry, ("KS-2015", new), ("KS-2015", new))
    with workspace.view(officer) as work:
        first, second = work.entries.of_page(entry.page_id)
    assert (first.candidates, first.version) == (entry.candidates, entry.version)
    assert second.candidates["nksHoTen"].text == "MỚI"


def test_nobody_vouches_for_a_suggestion_that_came_after_she_looked(
    workspace: Workspace, officer: Actor, hoa: Actor, entry: Entry
) -> None:
    read_again(workspace, officer, entry, ("KS-2015", {"nksHoTen": candidate("MỚI")}))
    with workspace.unit_of_work(hoa) as work:
        saved = work.edits.confirm(entry.entry_id, {}, {"nksHoTen": "MỚI"}, entry.version, EditMark("hoa's", 1))
    (collision,) = saved.collisions
    assert (collision.mine, collision.theirs, collision.by) == (None, "MỚI", None)
    assert saved.entry.step is Step.IN_REVIEW


def test_a_replaced_page_keeps_every_value_and_reads_only_the_rest(
    workspace: Workspace, officer: Actor, hoa: Actor, keyed_by_mai: Entry, read: READ
) -> None:
    kept = texts(workspace, hoa, keyed_by_mai)
    with workspace.unit_of_work(officer) as work:
        work.pages.replace(keyed_by_mai.page_id, "e" * 64, "e.jpg", 1, 10, 10)
    read("GIÀNG A PÁO")
    assert texts(workspace, hoa, keyed_by_mai) == kept


def test_an_entry_nobody_has_opened_is_read_anew(
    workspace: Workspace, officer: Actor, make_book: Callable[..., Book], queue: Callable[..., Page], read: READ
) -> None:
    queue(make_book())
    (old,) = read("LÒ THỊ SAU")
    read_again(workspace, officer, old, ("KS-2006", {"nksHoTen": candidate("MỚI")}))
    with workspace.unit_of_work(officer) as work:
        new = work.entries.advance(old.entry_id, Act.REVIEW)
    assert (new.form_id, new.candidates["nksHoTen"].text) == ("KS-2006", "MỚI")
