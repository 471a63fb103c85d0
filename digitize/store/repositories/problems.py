"""What is wrong with pages, who left it as it is and why, and what pages look like."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from sqlmodel import col, select

from digitize.books.book import PageProblem
from digitize.books.entry import Problem
from digitize.errors import InputError
from digitize.store.repositories.base import Repository, found, key
from digitize.store.tables import PageMarksRow, PageProblemRow, PageRow
from digitize.store.transaction import Deed, Transaction


class Stage(StrEnum):
    """What found a problem; a new look takes back what the same look found before."""

    PICTURE = "picture"
    READING = "reading"
    SEQUENCE = "sequence"


class Problems(Repository):
    def of_book(self, book_id: int) -> tuple[PageProblem, ...]:
        """Everything noted, kept or not, in the book's order; empty for a book out of scope."""
        noted = (
            select(PageProblemRow)
            .join(PageRow, col(PageProblemRow.page_id) == col(PageRow.id))
            .where(PageProblemRow.book_id == book_id)
            .order_by(col(PageRow.sequence), col(PageProblemRow.found_at), col(PageProblemRow.code))
        )
        return tuple(as_problem(row) for row in self._session.exec(noted))

    def of_page(self, page_id: int) -> tuple[PageProblem, ...]:
        """Everything noted of one page, kept or not; empty for a page out of scope."""
        noted = select(PageProblemRow).where(PageProblemRow.page_id == page_id)
        return tuple(as_problem(row) for row in self._session.exec(noted.order_by(col(PageProblemRow.code))))

    def keep(self, page_id: int, problems: Iterable[Problem], why: str) -> None:
        """A person has seen these problems and leaves the page as it is. Raises NotFound, InputError without reason."""
        if not why.strip():
            raise InputError("Hãy ghi lý do giữ nguyên trang.")
        page = found(self._session.exec(select(PageRow).where(PageRow.id == page_id)).first(), "trang", page_id)
        there = {row.code: row for row in _of_page(self._transaction, page)}
        with self._transaction.change("page.keep", "page", page, why.strip()) as deed:
            for problem in problems:
                row = there.get(problem.code) or _row(self._transaction, page, Stage.SEQUENCE, problem)
                row.message, row.why = problem.message, why.strip()
                row.kept_by, row.kept_at = self._actor.account, self._now
                self._session.add(row)
                deed.after.setdefault("kept", []).append(problem.code)

    def marks_of(self, book_id: int) -> Mapping[int, bytes]:
        """What the pages of a book look like, by page."""
        rows = self._session.exec(select(PageMarksRow).where(PageMarksRow.book_id == book_id))
        return {row.page_id: row.marks for row in rows}


def note_problems(
    transaction: Transaction, deed: Deed, page: PageRow, stage: Stage, problems: Iterable[Problem]
) -> None:
    """Lays down what one look found, within the act that looked. What was kept with the same words stays kept."""
    new = {problem.code: problem for problem in problems}
    before = [row for row in _of_page(transaction, page) if row.stage == stage]
    deed.before |= {"problems": [row.code for row in before]} if before else {}
    deed.after |= {"problems": list(new)} if new or before else {}
    for row in before:
        if row.code in new and row.message == new[row.code].message:
            del new[row.code]
        else:
            transaction.session.delete(row)
    transaction.session.flush()
    for problem in new.values():
        transaction.session.merge(_row(transaction, page, stage, problem))


def lay_marks(transaction: Transaction, page: PageRow, marks: bytes | None) -> None:
    """Keeps what a page looks like, within the act that brought its picture."""
    there = transaction.session.exec(select(PageMarksRow).where(PageMarksRow.page_id == page.id)).first()
    if marks is not None:
        transaction.session.merge(PageMarksRow(page_id=key(page.id), book_id=page.book_id, marks=marks))
    elif there:
        transaction.session.delete(there)


def _of_page(transaction: Transaction, page: PageRow) -> list[PageProblemRow]:
    return list(transaction.session.exec(select(PageProblemRow).where(PageProblemRow.page_id == page.id)))


def _row(transaction: Transaction, page: PageRow, stage: Stage, problem: Problem) -> PageProblemRow:
    return PageProblemRow(
        page_id=key(page.id), code=problem.code, book_id=page.book_id, message=problem.message, stage=stage.value,
        found_at=transaction.now,
    )  # fmt: skip


def as_problem(row: PageProblemRow) -> PageProblem:
    return PageProblem(row.page_id, row.code, row.message, row.kept_by, row.kept_at, row.why)
