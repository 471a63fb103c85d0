"""Kept counts are what a recount says, whatever was done to entries and pages."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import text

from digitize.access.actor import setup_actor, worker_actor
from digitize.books.steps import LAWFUL, Act, Step
from digitize.campaign.inventory import Stock
from digitize.clock import day_here, today_here
from digitize.errors import NotFound
from digitize.store.database import migrate
from tests.store.conftest import reading

STEPS = [step.value for step in Step]


def recounted(workspace):
    """By a query that knows nothing of the kept counts."""
    with workspace.engine.connect() as connection:
        rows = connection.execute(text("SELECT book_id, step, COUNT(*) FROM entry GROUP BY book_id, step")).all()
        pages = connection.execute(text("SELECT book_id, state, COUNT(*) FROM page GROUP BY book_id, state")).all()
    counts: dict[int, dict[str, int]] = {}
    for book_id, what, number in rows:
        counts.setdefault(book_id, {})[what] = number
    for book_id, state, number in pages:
        of_book = counts.setdefault(book_id, {})
        of_book["pages"] = of_book.get("pages", 0) + number
        of_book |= {f"pages_{state}": number} if state in ("read", "failed") else {}
    return counts


def kept(workspace):
    with workspace.engine.connect() as connection:
        rows = connection.execute(text("SELECT * FROM book_tally")).mappings().all()
    return {row["book_id"]: {k: v for k, v in row.items() if v and k not in ("book_id", "moved_at")} for row in rows}


def by_days(workspace):
    sums = ", ".join(f"SUM({step}) AS {step}" for step in STEPS)
    with workspace.engine.connect() as connection:
        rows = connection.execute(text(f"SELECT book_id, {sums} FROM book_day GROUP BY book_id")).mappings().all()
    return {row["book_id"]: {step: row[step] for step in STEPS if row[step]} for row in rows}


@pytest.fixture
def worked(workspace, make_book, queue, officer):
    """Two books after many acts chosen by a seed."""
    rng = Random(7)
    for volume in ("01", "02"):
        book = make_book(volume=volume)
        for letter in "abc":
            queue(book, letter)
    with workspace.unit_of_work(worker_actor()) as work:
        while page := work.pages.lease("w", 60):
            if rng.random() < 0.2:
                work.pages.fail(page.page_id, "w", "code", "Hỏng.")
            else:
                work.pages.finish(page.page_id, "w", [reading(str(n)) for n in range(rng.randint(1, 3))])
    acts = [act for act in Act if act not in (Act.READ, Act.TAKE_UP, Act.SET_ASIDE)]
    with workspace.unit_of_work(officer) as work:
        for _ in range(60):
            entry = rng.choice([each for book in work.books.all() for each in work.entries.of_book(book.book_id)])
            lawful = [act for act in acts if (entry.step, act) in LAWFUL]
            if lawful:
                work.entries.advance(entry.entry_id, rng.choice(lawful))
    return workspace


def test_kept_counts_are_what_a_recount_says(worked):
    assert kept(worked) == recounted(worked)
    only_steps = {book: {k: v for k, v in of.items() if k in STEPS} for book, of in recounted(worked).items()}
    assert by_days(worked) == only_steps


def test_what_is_there_already_is_counted_when_the_counts_come(worked):
    before = kept(worked)
    migrate(worked.engine, "0017")
    migrate(worked.engine)
    assert kept(worked) == before and by_days(worked) == {
        book: {k: v for k, v in of.items() if k in STEPS} for book, of in before.items()
    }


def test_an_entry_counts_on_the_day_of_its_act(workspace, entry, officer):
    today = today_here()
    with workspace.engine.begin() as connection:
        connection.execute(text("UPDATE entry SET changed_at = :at"), {"at": datetime(2020, 1, 2)})
        connection.execute(text("UPDATE book_day SET day = '2020-01-02'"))
    with workspace.unit_of_work(officer) as work:
        work.entries.confirm(entry.entry_id, {"nksHoTen": "LÒ THỊ SAO"})
        assert work.tallies.days(date(2020, 1, 1), today) == {date(2020, 1, 2): 0, today: 1}
        then, now = work.reports.stood(date(2020, 1, 3)).steps, work.reports.stood(today).steps
        version = work.entries.advance(entry.entry_id, Act.CHECK).version
        sent_back = work.entries.decide(entry.entry_id, "nksHoTen", "LÒ THỊ SAU", version, "đọc lại ảnh")
        assert sent_back.step is Step.IN_REVIEW and work.tallies.as_of(today) == {1: 0}
    assert then == {1: Counter({Step.IN_REVIEW: 1})} and now == {1: Counter({Step.CONFIRMED: 1})}


def test_progress_is_told_from_them(worked, officer):
    with worked.unit_of_work(officer) as work:
        work.inventory.count(1, Stock(1, 50))
    with worked.unit_of_work(officer) as work:
        first, second = work.tallies.standings()
        counts = {count.book.book_id: count for count in work.books.counts()}
        today = day_here(work.transaction.now)
        days, as_of = work.tallies.days(today, today), work.tallies.as_of(today)
        before = work.tallies.as_of(today - timedelta(days=1))
    assert (first.counts.expected, second.counts.expected) == (50, counts[2].entries_total)
    done = {book: sum(count.entries[s] for s in (Step.CONFIRMED, Step.CHECKED, Step.MATCHED, Step.HANDED_OVER))
            for book, count in counts.items()}  # fmt: skip
    assert first.counts.done == done[1] and as_of == done and days == {today: sum(done.values())} and before == {}
    assert first.moved_on == today


def test_a_book_already_in_the_civil_status_database_is_not_progress(worked, officer):
    with worked.unit_of_work(officer) as work:
        work.inventory.count(1, Stock(electronic=True))
        assert [each.book.book_id for each in work.tallies.standings()] == [2]
        with pytest.raises(NotFound):
            work.inventory.get(99)
    with worked.view(setup_actor()) as work:
        assert work.tallies.days(date(2000, 1, 1), date(2000, 1, 2)) == {}
