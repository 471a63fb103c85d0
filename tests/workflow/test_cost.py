"""The cost sheet counts what is confirmed, by length; a query of its own counts the same."""

import sqlite3
from datetime import timedelta

from digitize.books.cost import Rates, entries_and_fields
from digitize.clock import today_here
from digitize.export.report_paper import LETTERHEAD
from digitize.workflow import review
from digitize.workflow.cost import rates_of, work_done, write_cost


def test_fields_by_length_of_what_is_confirmed(peopled, person) -> None:
    lead, rates = person("lead"), rates_of(peopled.settings)
    assert work_done(peopled, lead, today_here(), today_here(), rates) == ()
    review.confirm(peopled, person("officer"), 1, {})
    works = work_done(peopled, lead, today_here(), today_here(), rates)
    with sqlite3.connect(peopled.settings.workspace / "digitize.db") as connection:
        lengths = [n for (n,) in connection.execute("SELECT length(trim(text)) FROM field_value WHERE entry_id = 1")]
    expected = (sum(0 < n <= 15 for n in lengths), sum(15 < n <= 50 for n in lengths), sum(n > 50 for n in lengths))
    assert entries_and_fields(works) == (1, expected)
    assert work_done(peopled, lead, today_here() - timedelta(days=9), today_here() - timedelta(days=1), rates) == ()
    paper = write_cost(works, Rates(1000), today_here(), today_here(), "xlsx", LETTERHEAD)
    assert paper.startswith(b"PK")
