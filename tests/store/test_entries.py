"""Entries: what people key is never touched by a machine, and never overwritten unseen."""

import signal
import subprocess
import sys
from collections.abc import Callable
from threading import Event, Thread

import pytest

from digitize.access.actor import Actor, worker_actor
from digitize.books.book import Book, Page
from digitize.books.entry import ConfirmedValue, Entry
from digitize.books.kinds import BookKind
from digitize.books.steps import Act, Step
from digitize.errors import StaleEntry, StepNotLawful
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace, verify_journal


def test_the_second_of_two_writers_is_told_so(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    with workspace.unit_of_work(officer) as work:
        work.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ SAO", entry.version)
    with pytest.raises(StaleEntry), workspace.unit_of_work(officer) as work:
        work.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ SAU", entry.version)
    with pytest.raises(StaleEntry), workspace.unit_of_work(officer) as work:
        work.entries.confirm(entry.entry_id, {"nksHoTen": "LÒ THỊ SAU"}, entry.version)
    with workspace.view(officer) as work:
        assert work.entries.get(entry.entry_id).values == {"nksHoTen": ConfirmedValue("LÒ THỊ SAO", "officer")}


def test_every_save_raises_the_version_also_with_the_same_text(
    workspace: Workspace, officer: Actor, entry: Entry
) -> None:
    with workspace.unit_of_work(officer) as work:
        versions = [work.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ SAO").version for _ in range(3)]
    assert versions == [entry.version + 1, entry.version + 2, entry.version + 3]


def test_a_view_neither_waits_for_a_writer_nor_sees_half_of_an_act(
    workspace: Workspace, officer: Actor, entry: Entry
) -> None:
    with workspace.unit_of_work(officer) as writing:
        writing.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ SAO")
        with workspace.view(officer) as reading:
            assert reading.entries.get(entry.entry_id).values == {}


def test_a_second_writer_waits_for_the_first(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    begun = Event()

    def save_too() -> None:
        begun.set()
        with workspace.unit_of_work(officer) as work:
            work.entries.save_value(entry.entry_id, "nksDanToc", "Thái")

    second = Thread(target=save_too)
    with workspace.unit_of_work(officer) as work:
        work.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ SAO")
        second.start()
        begun.wait()
    second.join()
    with workspace.view(officer) as work:
        assert set(work.entries.get(entry.entry_id).values) == {"nksHoTen", "nksDanToc"}
    assert verify_journal(workspace, officer) is None


def test_confirming_vouches_for_every_value_in_one_act(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    with workspace.unit_of_work(officer) as work:
        confirmed = work.entries.confirm(entry.entry_id, {"nksHoTen": "LÒ THỊ SAO", "nksDanToc": "Thái"})
    assert confirmed.step is Step.CONFIRMED
    assert confirmed.values["nksDanToc"] == ConfirmedValue("Thái", "officer")
    assert confirmed.candidates["nksHoTen"].text == "LÒ THỊ SAO"
    with pytest.raises(StepNotLawful), workspace.unit_of_work(officer) as work:
        work.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ SAU")


def test_only_the_table_of_steps_leads_on(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    with pytest.raises(StepNotLawful), workspace.unit_of_work(officer) as work:
        work.entries.advance(entry.entry_id, Act.HAND_OVER)


def test_reading_again_replaces_candidates_nobody_has_seen(
    workspace: Workspace, officer: Actor, make_book: Callable[..., Book], queue: Callable[..., Page],
    read: Callable[..., tuple[Entry, ...]],
) -> None:  # fmt: skip
    page = queue(make_book())
    (old,) = read("LÒ THỊ SAU")
    with workspace.unit_of_work(officer) as work:
        work.pages.retry(page.page_id)
    (new,) = read("LÒ THỊ SAO")
    assert (new.entry_id, new.step, new.candidates["nksHoTen"].text) == (old.entry_id, Step.READ, "LÒ THỊ SAO")
    with workspace.view(officer) as work:
        again = work.journal.of("entry", new.entry_id)[-1]
    assert again.before and again.before["candidates"] == {"nksHoTen": "LÒ THỊ SAU"}


def test_counts_follow_the_work(workspace: Workspace, officer: Actor, entry: Entry, queue: Callable[..., Page]) -> None:
    with workspace.view(officer) as work:
        book = work.books.get(entry.book_id)
    failing = queue(book, "b")
    queue(book, "c")
    with workspace.unit_of_work(worker_actor()) as work:
        work.pages.lease("w1", 60)
        work.pages.fail(failing.page_id, "w1", "scan_truncated", "Tệp ảnh bị cụt.")
    with workspace.view(officer) as work:
        (counts,), (progress,) = work.books.counts(), work.books.progress()
    assert (counts.pages, counts.pages_read, counts.pages_failed) == (3, 1, 1)
    assert counts.entries == {step: int(step is Step.IN_REVIEW) for step in Step}
    assert (progress.unit_code, progress.kind, progress.books, progress.entries_total) == (
        "04468",
        BookKind.BIRTH,
        1,
        1,
    )


def test_matches_are_added_and_the_newest_counts(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    with workspace.unit_of_work(officer) as work:
        for role, outcome in (("child", "not_found"), ("mother", "consistent"), ("child", "discrepant")):
            work.matches.add(entry.entry_id, role, outcome, None, 0.5, {"differences": [{"why": "năm sinh khác"}]})
        latest = work.matches.latest(entry.entry_id)
    assert [(match.role, match.outcome) for match in latest] == [("child", "discrepant"), ("mother", "consistent")]
    assert latest[0].detail == {"differences": [{"why": "năm sinh khác"}]}
    assert latest[0].matched_by == "officer"


def test_a_match_of_a_text_that_was_keyed_anew_does_not_count(
    workspace: Workspace, officer: Actor, entry: Entry
) -> None:
    def key_and_match(mother: str, *roles: str) -> None:
        with workspace.unit_of_work(officer) as work:
            work.entries.save_value(entry.entry_id, "meHoTen", mother)
        with workspace.unit_of_work(officer) as work:
            for role in roles:
                work.matches.add(entry.entry_id, role, "consistent", "015185954068", 0.9, {})

    def roles() -> list[str]:
        with workspace.view(officer) as work:
            return [match.role for match in work.matches.latest(entry.entry_id)]

    key_and_match("LÒ THỊ MAI", "child", "mother")
    assert roles() == ["child", "mother"]
    key_and_match("")
    assert roles() == []
    key_and_match("", "child")
    assert roles() == ["child"]


SAVING = """
import sys
from digitize.access.actor import Actor, Agency, PERSON_ROLES
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
workspace = Workspace.open(Settings(workspace=sys.argv[1]))
actor = Actor("officer", Agency.POLICE, "04468", PERSON_ROLES, frozenset({"04468"}))
for number in range(100_000):
    with workspace.unit_of_work(actor) as work:
        work.entries.save_value(int(sys.argv[2]), f"cot{number}", str(number))
    print(number, flush=True)
"""


def test_a_killed_writer_loses_no_acknowledged_save(workspace: Workspace, officer: Actor, entry: Entry) -> None:
    arguments = [sys.executable, "-c", SAVING, str(workspace.settings.workspace), str(entry.entry_id)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        acknowledged = [int(next(writer.stdout)) for _ in range(25)]
        writer.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in writer.stdout.read().split("\n")[:-1]]
    again = Workspace.open(Settings(workspace=workspace.settings.workspace))
    with again.unit_of_work(officer) as work:
        values = work.entries.get(entry.entry_id).values
        work.entries.save_value(entry.entry_id, "nksHoTen", "LÒ THỊ SAO")
    assert all(values[f"cot{number}"].text == str(number) for number in acknowledged)
    assert len(values) - len(acknowledged) in (0, 1)  # one may have been saved and not yet told
    assert verify_journal(again, officer) is None
    again.close()
