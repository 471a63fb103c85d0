"""Questions about entries: asked of a person or a role, answered, and settled by who asked."""

from sqlmodel import col, or_, select

from digitize.access.actor import Role
from digitize.books.steps import Step
from digitize.books.teamwork import Question
from digitize.errors import AccessDenied, EntryAsked, InputError, StepNotLawful
from digitize.store.repositories.accounts import Accounts
from digitize.store.repositories.base import Repository, found, key
from digitize.store.repositories.holding import asked_of, is_asked, locked, release, take, unsettled
from digitize.store.tables import EntryRow, QuestionRow
from digitize.store.transaction import Transaction

OPEN_STEPS = (Step.READ, Step.IN_REVIEW)  # an entry in another step is not being keyed


class Questions(Repository):
    def ask(self, entry_id: int, text: str, to: str | Role, column: str | None = None) -> Question:
        """The entry leaves the asker's hands and waits. Raises InputError, AccessDenied, StepNotLawful,
        EntryHeld, EntryAsked, NotFound.
        """  # fmt: skip
        entry = locked(self._session, entry_id)
        self._demand_askable(entry, text, to)
        take(self._transaction, entry)
        if before := unsettled(self._session, entry_id):
            self._demand_answered(before)
            self._settle(before)
        to_account, to_role = (None, to.value) if isinstance(to, Role) else (to, None)
        row = QuestionRow(
            entry_id=entry_id, book_id=entry.book_id, column=column, text=text.strip(), asked_by=self._actor.account,
            asked_at=self._now, to_account=to_account, to_role=to_role,
        )  # fmt: skip
        with self._transaction.change("question.ask", "question", row):
            pass
        release(self._transaction, entry_id)
        return as_question(row)

    def answer(self, question_id: int, text: str) -> Question:
        """Raises InputError, AccessDenied for whoever was not asked, StepNotLawful, NotFound."""
        row = self._row(question_id)
        if not text.strip():
            raise InputError("Hãy ghi câu trả lời.")
        if not is_asked(row, self._actor):
            raise AccessDenied(f"Câu hỏi số {question_id} không gửi cho bạn.")
        if not as_question(row).is_open:
            raise StepNotLawful(f"Câu hỏi số {question_id} đã được trả lời hoặc thu lại.")
        with self._transaction.change("question.answer", "question", row):
            row.answer, row.answered_by, row.answered_at = text.strip(), self._actor.account, self._now
        release(self._transaction, row.entry_id)
        return as_question(row)

    def settle(self, question_id: int) -> Question:
        """Who asked has seen the answer, or takes the question back. Raises AccessDenied, NotFound."""
        row = self._row(question_id)
        if row.asked_by != self._actor.account:
            raise AccessDenied(f"Câu hỏi số {question_id} không do bạn gửi.")
        self._settle(row)
        return as_question(row)

    def for_actor(self) -> tuple[Question, ...]:
        """Open ones for the actor or a role of hers, then answers to her own, then her own without answer."""
        me = self._actor.account
        answered = col(QuestionRow.answer).is_not(None)
        mine = or_(asked_of(self._actor) & ~answered, QuestionRow.asked_by == me)
        rows = self._session.exec(
            select(QuestionRow)
            .where(mine, col(QuestionRow.settled_at).is_(None))
            .order_by(col(QuestionRow.asked_by) == me, ~answered, col(QuestionRow.id))
        )
        return tuple(map(as_question, rows))

    def of_entry(self, entry_id: int) -> tuple[Question, ...]:
        """All, oldest first; empty for an entry out of scope."""
        asked = select(QuestionRow).where(QuestionRow.entry_id == entry_id).order_by(col(QuestionRow.id))
        return tuple(map(as_question, self._session.exec(asked)))

    def _row(self, question_id: int) -> QuestionRow:
        row = self._session.exec(select(QuestionRow).where(QuestionRow.id == question_id)).first()
        return found(row, "câu hỏi", question_id)

    def _demand_askable(self, entry: EntryRow, text: str, to: str | Role) -> None:
        if not text.strip():
            raise InputError("Hãy ghi câu hỏi.")
        if entry.step not in OPEN_STEPS:
            raise StepNotLawful(f"Trường hợp số {entry.id} không ở bước nhập nên không gửi hỏi được.")
        colleagues = Accounts(self._transaction).colleagues(entry.book_id)
        if not any(to in colleague.roles if isinstance(to, Role) else to == colleague.name for colleague in colleagues):
            raise AccessDenied("Người được hỏi phải là đồng nghiệp được giao đơn vị giữ sổ này.")

    def _demand_answered(self, before: QuestionRow) -> None:
        if before.answer is None:
            raise EntryAsked(f"Hãy trả lời câu hỏi số {before.id} của trường hợp này trước khi gửi câu hỏi khác.")

    def _settle(self, row: QuestionRow) -> None:
        _settle(self._transaction, row)


def settle_all(transaction: Transaction, entry_id: int) -> None:
    """Whoever confirms an entry leaves no question on its way."""
    if row := unsettled(transaction.session, entry_id):
        _settle(transaction, row)


def _settle(transaction: Transaction, row: QuestionRow) -> None:
    if row.settled_at is None:
        with transaction.change("question.settle", "question", row):
            row.settled_at = transaction.now


def as_question(row: QuestionRow) -> Question:
    return Question(
        key(row.id), row.entry_id, row.book_id, row.column, row.text, row.asked_by, row.asked_at, row.to_account,
        row.to_role, row.answer, row.answered_by, row.answered_at, row.settled_at,
    )  # fmt: skip
