"""Samples drawn from books, what was found in them, and what they say of the book."""

from collections.abc import Mapping, Sequence

from sqlmodel import col, select

from digitize.books.quality import Sample, SampleCheck, Verdict
from digitize.books.steps import Act, Step, step_after
from digitize.errors import AlreadyThere, StepNotLawful
from digitize.store.repositories.base import Repository, found, key
from digitize.store.repositories.shelving import move
from digitize.store.tables import BookRow, EntryRow, SampleCheckRow, SampleRow


class Samples(Repository):
    def draw(self, book_id: int, seed: str, size: int, accept: int, entries: Sequence[int]) -> Sample:
        """Lays down which entries were drawn. Raises NotFound, AlreadyThere while another sample is open."""
        found(self._session.exec(select(BookRow).where(BookRow.id == book_id)).first(), "sổ", book_id)
        if any(sample.verdict is None for sample in self.of_book(book_id)):
            raise AlreadyThere(f"Sổ số {book_id} đang có một mẫu chưa kiểm tra xong.")
        row = SampleRow(
            book_id=book_id, seed=seed, size=size, accept=accept, entries=list(entries), by=self._actor.account,
            at=self._now,
        )  # fmt: skip
        with self._transaction.change("sample.draw", "sample", row):
            pass
        return self.get(key(row.id))

    def get(self, sample_id: int) -> Sample:
        """Raises NotFound."""
        return self._as_sample(self._row(sample_id))

    def of_book(self, book_id: int) -> tuple[Sample, ...]:
        """Oldest first; empty for a book out of scope."""
        drawn = select(SampleRow).where(SampleRow.book_id == book_id).order_by(col(SampleRow.id))
        return tuple(self._as_sample(row) for row in self._session.exec(drawn))

    def check(self, sample_id: int, entry_id: int, looked: Mapping[str, int], wrong: Mapping[str, str]) -> Sample:
        """Adds what was found in one entry. Raises NotFound, AlreadyThere for one that was looked at before."""
        sample, row = self.get(sample_id), self._row(sample_id)
        if entry_id in {check.entry_id for check in sample.checks}:
            raise AlreadyThere(f"Trường hợp số {entry_id} của mẫu này đã có người xem.")
        entry = found(
            self._session.exec(select(EntryRow).where(EntryRow.id == entry_id)).first(), "trường hợp", entry_id
        )
        check = SampleCheckRow(
            sample_id=sample_id, book_id=row.book_id, entry_id=entry_id, keyed_by=entry.keyed_by, looked=dict(looked),
            wrong=dict(wrong), by=self._actor.account, at=self._now,
        )  # fmt: skip
        with self._transaction.change("sample.check", "sample_check", check):
            pass
        return self.get(sample_id)

    def close(self, sample_id: int, verdict: Verdict, send_back: Sequence[int], why: str) -> Sample:
        """The book is accepted, or sent back with these entries: one act. Raises StepNotLawful when it is closed."""
        row = self._row(sample_id)
        if row.verdict is not None:
            raise StepNotLawful("Mẫu này đã có kết luận.")
        with self._transaction.change("sample.close", "sample", row, why) as deed:
            row.verdict, row.closed_by, row.closed_at = verdict.value, self._actor.account, self._now
            deed.after["sent_back"] = list(send_back)
        for entry_id in send_back:
            self._send_back(entry_id, why)
        return self.get(sample_id)

    def all(self) -> tuple[Sample, ...]:
        """Every sample in scope, oldest first."""
        return tuple(self._as_sample(row) for row in self._session.exec(select(SampleRow).order_by(col(SampleRow.id))))

    def _send_back(self, entry_id: int, why: str) -> None:
        entry = found(
            self._session.exec(select(EntryRow).where(EntryRow.id == entry_id)).first(), "trường hợp", entry_id
        )
        with self._transaction.change("sample.send_back", "entry", entry, why):
            move(entry, step_after(Step(entry.step), Act.SEND_BACK), self._now)

    def _row(self, sample_id: int) -> SampleRow:
        return found(self._session.exec(select(SampleRow).where(SampleRow.id == sample_id)).first(), "mẫu", sample_id)

    def _as_sample(self, row: SampleRow) -> Sample:
        checks = select(SampleCheckRow).where(SampleCheckRow.sample_id == row.id).order_by(col(SampleCheckRow.id))
        return Sample(
            key(row.id), row.book_id, row.seed, row.size, row.accept, tuple(row.entries), row.by, row.at,
            Verdict(row.verdict) if row.verdict else None, tuple(map(as_check, self._session.exec(checks))),
        )  # fmt: skip


def as_check(row: SampleCheckRow) -> SampleCheck:
    return SampleCheck(row.entry_id, row.keyed_by, row.looked, row.wrong, row.by, row.at)
