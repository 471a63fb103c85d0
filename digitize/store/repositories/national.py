"""What the national software answered for entries."""

from collections.abc import Mapping

from sqlmodel import col, func, select

from digitize.books.handover import NationalResult, ResultOutcome
from digitize.books.personal_id import personal_id_digits
from digitize.books.steps import Step
from digitize.errors import InputError, StepNotLawful
from digitize.store.repositories.base import Repository, found
from digitize.store.tables import EntryRow, NationalResultRow


class National(Repository):
    def add(
        self, entry_id: int, outcome: ResultOutcome, personal_ids: Mapping[str, str] = {}, reference: str = "",
        note: str = "", source: str = "",
    ) -> NationalResult:  # fmt: skip
        """Adds an answer; those before stay. Raises NotFound, InputError, StepNotLawful before the hand-over."""
        entry = found(
            self._session.exec(select(EntryRow).where(EntryRow.id == entry_id)).first(), "trường hợp", entry_id
        )
        if entry.step != Step.HANDED_OVER:
            raise StepNotLawful(f"Trường hợp số {entry_id} chưa bàn giao nên chưa có kết quả trả về.")
        numbers = {column: personal_id_digits(text) for column, text in personal_ids.items() if text.strip()}
        if None in numbers.values():
            raise InputError("Số định danh cá nhân phải có đúng 12 chữ số.")
        if outcome is ResultOutcome.REFUSED and not note.strip():
            raise InputError("Hãy ghi vì sao phần mềm quốc gia từ chối.")
        row = NationalResultRow(
            entry_id=entry_id, book_id=entry.book_id, outcome=outcome.value, personal_ids=numbers,
            reference=reference.strip(), note=note.strip(), source=source, by=self._actor.account, at=self._now,
        )  # fmt: skip
        with self._transaction.change("national.add", "national_result", row):
            pass
        return as_result(row)

    def of_book(self, book_id: int) -> dict[int, NationalResult]:
        """The newest answer by entry; empty for a book out of scope."""
        added = (
            select(NationalResultRow).where(NationalResultRow.book_id == book_id).order_by(col(NationalResultRow.id))
        )
        return {row.entry_id: as_result(row) for row in self._session.exec(added)}

    def counts(self) -> dict[int, int]:
        """Entries with an answer, by book in scope."""
        answered = select(NationalResultRow.book_id, func.count(func.distinct(NationalResultRow.entry_id)))
        return dict(self._session.exec(answered.group_by(col(NationalResultRow.book_id))).all())


def as_result(row: NationalResultRow) -> NationalResult:
    return NationalResult(
        row.entry_id, ResultOutcome(row.outcome), row.personal_ids, row.reference, row.note, row.source, row.by, row.at
    )
