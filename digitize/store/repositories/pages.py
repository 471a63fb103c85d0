"""Pages of a book, and the queue in which they wait to be read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import and_, col, func, or_, select

from digitize.books.book import PAGE_STATE_TITLES, Page, PageState
from digitize.books.entry import Candidate, Entry, Problem
from digitize.errors import AlreadyThere, LeaseLost, StepNotLawful
from digitize.store.repositories.base import Repository, found, key
from digitize.store.repositories.problems import Stage, lay_marks, note_problems
from digitize.store.repositories.reading import forget_boxes, lay_blank, lay_down
from digitize.store.tables import BookRow, FormerScanRow, PageRow

ATTEMPTS = 3  # a page that is leased once more after so many tries has failed
GIVEN_UP = "Đọc trang này ba lần đều không xong."

Reading = Sequence[tuple[str, Mapping[str, Candidate]]]  # per entry of the page: form id, candidates by column


@dataclass(frozen=True, slots=True)
class TakenPage:
    """A page taken in; `already` when the same scan was in the book before."""

    page: Page
    already: bool


class Pages(Repository):
    def add(
        self, book_id: int, sha256: str, file_name: str, page_of_file: int, width: int, height: int,
        problems: Sequence[Problem] = (), marks: bytes | None = None,
    ) -> TakenPage:  # fmt: skip
        """Queues a page behind the others of its book; the same scan twice stays one page. Raises NotFound."""
        found(self._session.exec(select(BookRow).where(BookRow.id == book_id)).first(), "sổ", book_id)
        there = self._same_scan(book_id, sha256, page_of_file)
        if there:
            return TakenPage(as_page(there), already=True)
        row = PageRow(
            book_id=book_id, sha256=sha256, file_name=file_name, page_of_file=page_of_file,
            sequence=self._next_sequence(book_id), width=width, height=height, state=PageState.QUEUED.value,
        )  # fmt: skip
        with self._transaction.change("page.add", "page", row) as deed:
            note_problems(self._transaction, deed, row, Stage.PICTURE, problems)
            lay_marks(self._transaction, row, marks)
        return TakenPage(as_page(row), already=False)

    def replace(
        self, page_id: int, sha256: str, file_name: str, page_of_file: int, width: int, height: int,
        problems: Sequence[Problem] = (), marks: bytes | None = None,
    ) -> Page:  # fmt: skip
        """A better scan takes the page's place and is queued; the old one and what people keyed are kept.

        Raises NotFound, StepNotLawful while the page is being read, AlreadyThere for a scan the book has.
        """
        row = self._row(page_id)
        if row.state == PageState.READING:
            raise StepNotLawful(f"Trang số {page_id} đang được đọc.")
        if there := self._same_scan(row.book_id, sha256, page_of_file):
            raise AlreadyThere(f"Ảnh này đã có trong sổ, là trang thứ {there.sequence}.")
        with self._transaction.change("page.replace", "page", row) as deed:
            self._session.add(self._former(row))
            row.sha256, row.file_name, row.page_of_file, row.width, row.height = (
                sha256, file_name, page_of_file, width, height,
            )  # fmt: skip
            row.state, row.attempts, row.failure_code, row.failure_message = PageState.QUEUED.value, 0, None, None
            forget_boxes(self._session, row)
            for stage, found_now in ((Stage.READING, ()), (Stage.PICTURE, problems)):
                note_problems(self._transaction, deed, row, stage, found_now)
            lay_marks(self._transaction, row, marks)
        return as_page(row)

    def former_scans(self, book_id: int) -> tuple[tuple[int, str], ...]:
        """Page and SHA-256 of every scan that was replaced, oldest first."""
        former = select(FormerScanRow).where(FormerScanRow.book_id == book_id).order_by(col(FormerScanRow.id))
        return tuple((row.page_id, row.sha256) for row in self._session.exec(former))

    def get(self, page_id: int) -> Page:
        """Raises NotFound."""
        return as_page(self._row(page_id))

    def view(self, page_id: int) -> Page:
        """The page, for showing its picture to the actor: the look is journalled. Raises NotFound."""
        page = self.get(page_id)
        self._transaction.note("page.view", "page", page_id, {})
        return page

    def of_book(self, book_id: int) -> tuple[Page, ...]:
        """In the book's order; empty for a book out of scope."""
        pages = select(PageRow).where(PageRow.book_id == book_id).order_by(col(PageRow.sequence))
        return tuple(as_page(row) for row in self._session.exec(pages))

    def lease(self, worker: str, seconds: float) -> Page | None:
        """The next page to read: the plan's order of kinds, then the oldest book, then the book's order.

        A page whose lease has run out comes back; after three tries it has failed. None: nothing waits.
        """
        self._transaction.demand("page.lease")
        while row := self._next_to_read():
            if row.attempts < ATTEMPTS:
                return self._leased(row, worker, seconds)
            self._failed(row, "given_up", GIVEN_UP)
        return None

    def finish(
        self, page_id: int, worker: str, entries: Reading, problems: Sequence[Problem] = ()
    ) -> tuple[Entry, ...]:
        """Lays down what was read. Entries a person has begun on are left as they are. Raises LeaseLost."""
        row = self._held(page_id, worker)
        with self._transaction.change("page.finish", "page", row) as deed:
            row.state, row.lease_owner, row.lease_until = PageState.READ.value, None, None
            row.form_id = entries[0][0] if entries else None
            note_problems(self._transaction, deed, row, Stage.READING, problems)
        return lay_down(self._transaction, row, entries)

    def fail(self, page_id: int, worker: str, code: str, message: str) -> Page:
        """Says why the page could not be read. Raises LeaseLost."""
        return self._failed(self._held(page_id, worker), code, message)

    def key_by_hand(self, page_id: int, form_id: str, entries: int, why: str = "") -> tuple[Entry, ...]:
        """A failed page counts as read, with so many entries without candidates. Raises StepNotLawful."""
        row = self._row(page_id)
        if row.state != PageState.FAILED:
            raise StepNotLawful(f"Trang số {page_id} không ở trạng thái «{PAGE_STATE_TITLES[PageState.FAILED]}».")
        with self._transaction.change("page.key_by_hand", "page", row, why):
            row.state, row.form_id = PageState.READ.value, form_id
            row.failure_code, row.failure_message = None, None
        return lay_blank(self._transaction, row, form_id, entries)

    def retry(self, page_id: int) -> Page:
        """Queues a failed or a read page again. Raises StepNotLawful while it is being read."""
        row = self._row(page_id)
        if row.state == PageState.READING:
            raise StepNotLawful(f"Trang số {page_id} đang được đọc.")
        with self._transaction.change("page.retry", "page", row):
            row.state, row.attempts, row.failure_code, row.failure_message = PageState.QUEUED.value, 0, None, None
        return as_page(row)

    def _row(self, page_id: int) -> PageRow:
        return found(self._session.exec(select(PageRow).where(PageRow.id == page_id)).first(), "trang", page_id)

    def _former(self, row: PageRow) -> FormerScanRow:
        return FormerScanRow(
            page_id=key(row.id), book_id=row.book_id, sha256=row.sha256, file_name=row.file_name,
            page_of_file=row.page_of_file, replaced_at=self._now, replaced_by=self._actor.account,
        )  # fmt: skip

    def _same_scan(self, book_id: int, sha256: str, page_of_file: int) -> PageRow | None:
        same = select(PageRow).where(
            PageRow.book_id == book_id, PageRow.sha256 == sha256, PageRow.page_of_file == page_of_file
        )
        return self._session.exec(same).first()

    def _next_sequence(self, book_id: int) -> int:
        last = self._session.exec(select(func.max(PageRow.sequence)).where(PageRow.book_id == book_id)).one()
        return (last or 0) + 1

    def _next_to_read(self) -> PageRow | None:
        run_out = and_(PageRow.state == PageState.READING.value, col(PageRow.lease_until) < self._now)
        waiting = (
            select(PageRow)
            .join(BookRow, col(PageRow.book_id) == col(BookRow.id))
            .where(or_(PageRow.state == PageState.QUEUED.value, run_out))
            .order_by(col(BookRow.priority), col(BookRow.id), col(PageRow.sequence))
            .limit(1)
            .with_for_update(of=PageRow, skip_locked=True)
        )
        return self._session.exec(waiting).first()

    def _leased(self, row: PageRow, worker: str, seconds: float) -> Page:
        with self._transaction.change("page.lease", "page", row):
            row.state, row.lease_owner = PageState.READING.value, worker
            row.lease_until, row.attempts = self._now + timedelta(seconds=seconds), row.attempts + 1
        return as_page(row)

    def _failed(self, row: PageRow, code: str, message: str) -> Page:
        with self._transaction.change("page.fail", "page", row) as deed:
            row.state, row.lease_owner, row.lease_until = PageState.FAILED.value, None, None
            row.failure_code, row.failure_message = code, message
            note_problems(self._transaction, deed, row, Stage.READING, [Problem(code, message)])
        return as_page(row)

    def _held(self, page_id: int, worker: str) -> PageRow:
        row = self._row(page_id)
        if row.state != PageState.READING or row.lease_owner != worker:
            raise LeaseLost(f"Trang số {page_id} không còn do tiến trình {worker} giữ.")
        return row


def as_page(row: PageRow) -> Page:
    return Page(
        key(row.id), row.book_id, row.sha256, row.file_name, row.page_of_file, row.sequence, row.width, row.height,
        PageState(row.state), row.form_id, row.lease_owner, row.lease_until, row.attempts, row.failure_code,
        row.failure_message,
    )  # fmt: skip
