"""Packages of books: made by one person, released by another, received, returned or entered by the other side."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256

from sqlalchemy import ColumnElement
from sqlmodel import Session, and_, col, exists, func, not_, select

from digitize.books.book import Page, PageState
from digitize.books.entry import Entry
from digitize.books.handover import (
    AFTER_RECEIPT,
    STATE_TITLES,
    Package,
    PackageFile,
    PackageState,
    Receipt,
    ReceiptKind,
)
from digitize.books.steps import FINISHED, SETTLED, Act, Step
from digitize.clock import day_here
from digitize.errors import AccessDenied, ExportRefused, InputError, StepNotLawful
from digitize.store.repositories.base import Repository, found, key
from digitize.store.repositories.entries import Entries
from digitize.store.repositories.pages import as_page
from digitize.store.tables import BookRow, EntryRow, PackageRow, PageProblemRow, PageRow, ReceiptRow

WAITING = (PackageState.MADE.value, PackageState.TRIAL.value)


class Packages(Repository):
    def add(
        self, book_id: int, template: str, entries: Iterable[Entry], left_out: int, files: Mapping[str, PackageFile],
        trial: bool = False,
    ) -> Package:  # fmt: skip
        """A package that was just written. One that waited for its release is replaced. Raises NotFound."""
        found(self._session.exec(select(BookRow).where(BookRow.id == book_id)).first(), "sổ", book_id)
        given, before = tuple(entries), self.of_book(book_id)
        waiting = select(PackageRow).where(PackageRow.book_id == book_id, col(PackageRow.state).in_(WAITING))
        for old in self._session.exec(waiting).all():
            with self._transaction.change("package.replace", "package", old):
                old.state = PackageState.REPLACED.value
        row = PackageRow(
            book_id=book_id, number=len(before) + 1, template=template, entries=len(given), left_out=left_out,
            state=(PackageState.TRIAL if trial or left_out else PackageState.MADE).value, content=content_of(given),
            files={name: {"sha256": file.sha256, "size": file.size} for name, file in files.items()},
            completed_at=self.completed_at(book_id) or self._now, made_by=self._actor.account, made_at=self._now,
        )  # fmt: skip
        with self._transaction.change("package.add", "package", row) as deed:
            deed.after["entry_ids"] = [entry.entry_id for entry in given]
        return as_package(row)

    def get(self, package_id: int) -> Package:
        """Raises NotFound."""
        return as_package(self._row(package_id))

    def of_book(self, book_id: int) -> tuple[Package, ...]:
        """Oldest first; empty for a book out of scope."""
        made = select(PackageRow).where(PackageRow.book_id == book_id).order_by(col(PackageRow.number))
        return tuple(map(as_package, self._session.exec(made)))

    def newest(self) -> tuple[Package, ...]:
        """The newest package of every book in scope."""
        last = select(func.max(PackageRow.id)).group_by(col(PackageRow.book_id))
        rows = self._session.exec(select(PackageRow).where(col(PackageRow.id).in_(last)).order_by(col(PackageRow.id)))
        return tuple(map(as_package, rows))

    def release(self, package_id: int) -> Package:
        """A second person lets the package go; its entries are handed over.

        Raises AccessDenied for who made it, StepNotLawful unless it waits for its release, ExportRefused when an entry
        has changed since it was made, NotFound.
        """
        row = self._row(package_id)
        if row.state != PackageState.MADE:
            raise StepNotLawful(f"Gói số {package_id} đang ở trạng thái «{STATE_TITLES[PackageState(row.state)]}».")
        if row.made_by == self._actor.account:
            raise AccessDenied(f"Gói số {package_id} do chính bạn lập; người thứ hai phải phát hành.")
        entries = Entries(self._transaction)
        of_book = [entry for entry in entries.of_book(row.book_id) if entry.step is not Step.SET_ASIDE]
        if content_of(of_book) != row.content:
            raise ExportRefused(f"Có trường hợp đã thay đổi sau khi lập gói số {package_id}: hãy lập lại gói.")
        with self._transaction.change("package.release", "package", row):
            row.state, row.released_by, row.released_at = PackageState.RELEASED.value, self._actor.account, self._now
        for entry in of_book:
            if entry.step is not Step.HANDED_OVER:
                entries.advance(entry.entry_id, Act.HAND_OVER)
        return as_package(row)

    def receive(
        self, package_id: int, kind: ReceiptKind, authority: str, document: str, on: date, note: str = ""
    ) -> Package:
        """Lays down what the receiver said. Raises InputError, StepNotLawful, NotFound."""
        row = self._row(package_id)
        state = AFTER_RECEIPT.get((PackageState(row.state), kind))
        if state is None:
            raise StepNotLawful(f"Gói số {package_id} đang ở trạng thái «{STATE_TITLES[PackageState(row.state)]}».")
        if not authority.strip():
            raise InputError("Hãy ghi cơ quan tiếp nhận.")
        if kind is ReceiptKind.RETURNED and not note.strip():
            raise InputError("Hãy ghi lý do trả lại.")
        if on > day_here(self._now) or (row.released_at and on < day_here(row.released_at)):
            raise InputError("Ngày tiếp nhận phải từ ngày phát hành đến hôm nay.")
        receipt = ReceiptRow(
            package_id=package_id, book_id=row.book_id, kind=kind.value, authority=authority.strip(),
            document=document.strip(), on=on, note=note.strip(), by=self._actor.account, at=self._now,
        )  # fmt: skip
        with self._transaction.change("package.receive", "package_receipt", receipt):
            row.state = state.value
        return as_package(row)

    def receipts(self, book_id: int) -> tuple[Receipt, ...]:
        """Of every package of a book, oldest first; empty for a book out of scope."""
        said = select(ReceiptRow).where(ReceiptRow.book_id == book_id).order_by(col(ReceiptRow.id))
        return tuple(map(as_receipt, self._session.exec(said)))

    def received_on(self) -> dict[int, date]:
        """For every book in scope, the day on which a package was last received."""
        rows = self._session.exec(
            select(ReceiptRow.book_id, func.max(ReceiptRow.on))
            .where(ReceiptRow.kind == ReceiptKind.RECEIVED.value)
            .group_by(col(ReceiptRow.book_id))
        )
        return dict(rows.all())

    def recall(self, entry_id: int, why: str) -> Entry:
        """An entry of a returned package goes back to be keyed. Raises StepNotLawful, InputError, NotFound."""
        if not why.strip():
            raise InputError("Hãy ghi lý do lấy lại.")
        entries = Entries(self._transaction)
        entry = entries.get(entry_id)
        last = self.of_book(entry.book_id)
        if not last or last[-1].state is not PackageState.RETURNED:
            raise StepNotLawful("Chỉ lấy lại được trường hợp của gói bị trả lại.")
        return entries.advance(entry_id, Act.RECALL, why)

    def completed_at(self, book_id: int) -> datetime | None:
        """When the last step of keying, checking or matching was done on a finished book; None while it is not."""
        return self.completed(book_id).get(book_id)

    def completed(self, book_id: int | None = None) -> dict[int, datetime]:
        """The same of every finished book in scope: no page open, all entries confirmed at least."""
        finished = select(EntryRow.book_id, func.max(EntryRow.changed_at)).where(col(EntryRow.step).in_(FINISHED))
        done = finished.group_by(col(EntryRow.book_id))
        unfinished = select(EntryRow.book_id).where(col(EntryRow.step).not_in(SETTLED)).distinct()
        if book_id is not None:
            done, unfinished = done.where(EntryRow.book_id == book_id), unfinished.where(EntryRow.book_id == book_id)
        open_now = {*open_books(self._session, book_id), *self._session.exec(unfinished)}
        return {book: at for book, at in self._session.exec(done) if book not in open_now and at is not None}

    def open_pages(self, book_id: int) -> tuple[Page, ...]:
        """Pages whose entries are not known: waiting, being read, or failed and not explained by anybody."""
        pages = select(PageRow).where(PageRow.book_id == book_id, _is_open()).order_by(col(PageRow.sequence))
        return tuple(map(as_page, self._session.exec(pages)))

    def _row(self, package_id: int) -> PackageRow:
        row = self._session.exec(select(PackageRow).where(PackageRow.id == package_id)).first()
        return found(row, "gói", package_id)


def _is_open() -> ColumnElement[bool]:
    """Not read; a failed page of which a person said why it stays as it is counts as explained."""
    of_page = col(PageProblemRow.page_id) == col(PageRow.id)
    explained = and_(
        PageRow.state == PageState.FAILED.value,
        exists().where(of_page, col(PageProblemRow.kept_by).is_not(None)),
        ~exists().where(of_page, col(PageProblemRow.kept_by).is_(None)),
    )
    return and_(PageRow.state != PageState.READ.value, not_(explained))


def open_books(session: Session, book_id: int | None = None) -> set[int]:
    """Books in scope with an open page."""
    books = select(PageRow.book_id).where(_is_open()).distinct()
    return set(session.exec(books if book_id is None else books.where(PageRow.book_id == book_id)))


def content_of(entries: Iterable[Entry]) -> str:
    """SHA-256 of which entries in which version: changes with every saved change of one of them."""
    told = ",".join(f"{entry.entry_id}:{entry.version}" for entry in sorted(entries, key=lambda e: e.entry_id))
    return sha256(told.encode()).hexdigest()


def as_package(row: PackageRow) -> Package:
    files = {name: PackageFile(**facts) for name, facts in row.files.items()}
    return Package(
        key(row.id), row.book_id, row.number, PackageState(row.state), row.template, row.entries, row.left_out, files,
        row.completed_at, row.made_by, row.made_at, row.released_by, row.released_at,
    )  # fmt: skip


def as_receipt(row: ReceiptRow) -> Receipt:
    return Receipt(row.package_id, ReceiptKind(row.kind), row.authority, row.document, row.on, row.note, row.by, row.at)
