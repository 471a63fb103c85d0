"""Told: what reading found wrong with a page, kept for the operator's list and for the officer's desk."""

from collections.abc import Iterable

from digitize.books.book import PageProblem
from digitize.books.entry import Problem

FOR_THE_OPERATOR = frozenset({"part_of_form", "entry_cut", "half_of_spread", "row_on_one_page"})  # a better scan helps
FOR_THE_OFFICER = frozenset(  # she looks
    {"struck_out", "overrun", "under_stamp", "margin_writing", "check_boxes_doubled", "check_boxes_not_found"}
)


def to_keep(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """What is kept with a page, one problem a code; fields in which nothing was read are seen without being told."""
    told: dict[str, list[str]] = {}
    for problem in problems:
        if problem.code in FOR_THE_OPERATOR | FOR_THE_OFFICER:
            told.setdefault(problem.code, []).append(problem.message)
    return tuple(Problem(code, " ".join(dict.fromkeys(messages))) for code, messages in told.items())


def on_desk(noted: Iterable[PageProblem]) -> tuple[Problem, ...]:
    """What reading found and nobody has settled: the officer looks closer at such a page."""
    told = FOR_THE_OPERATOR | FOR_THE_OFFICER
    return tuple(Problem(each.code, each.message) for each in noted if each.code in told and not each.kept_by)
