"""Surveys of units and the difficulties they raise, within the actor's scope."""

from datetime import date, datetime

from sqlmodel import col, select

from digitize.access.scope import is_within
from digitize.books.readiness import Difficulty, DifficultyKind, Line, Survey
from digitize.errors import InputError, NotFound, StepNotLawful
from digitize.store.repositories.base import Repository, found, key
from digitize.store.tables import DifficultyRow, SurveyRow


class Readiness(Repository):
    def survey(self, survey: Survey, district_code: str) -> None:
        """Adds what was found in a unit. Raises NotFound for one out of scope, InputError."""
        self._demand_unit(survey.unit_code)
        numbers = (
            survey.a3_scanners,
            survey.other_scanners,
            survey.computers,
            survey.police_staff,
            survey.civil_status_staff,
        )
        if min(numbers) < 0:
            raise InputError("Số lượng không được âm.")
        row = SurveyRow(
            unit_code=survey.unit_code, unit_name=survey.unit_name, district_code=district_code,
            has_place=survey.has_place, a3_scanners=survey.a3_scanners, other_scanners=survey.other_scanners,
            computers=survey.computers, line=survey.line.value, police_staff=survey.police_staff,
            civil_status_staff=survey.civil_status_staff, note=survey.note.strip(), on=survey.on,
            by=self._actor.account, at=self._now,
        )  # fmt: skip
        with self._transaction.change("survey.add", "survey", row):
            pass

    def surveys(self, day: date | None = None) -> tuple[Survey, ...]:
        """The newest of every unit up to the day, in the order of unit codes."""
        rows = self._session.exec(select(SurveyRow).order_by(col(SurveyRow.on), col(SurveyRow.id)))
        newest = {row.unit_code: as_survey(row) for row in rows if day is None or row.on <= day}
        return tuple(newest[code] for code in sorted(newest))

    def raise_difficulty(
        self, unit_code: str, unit_name: str, district_code: str, kind: DifficultyKind, text: str
    ) -> Difficulty:
        """Raises NotFound for a unit out of scope, InputError without a text."""
        self._demand_unit(unit_code)
        if not text.strip():
            raise InputError("Hãy ghi khó khăn, vướng mắc.")
        row = DifficultyRow(
            unit_code=unit_code, unit_name=unit_name, district_code=district_code, kind=kind.value, text=text.strip(),
            raised_by=self._actor.account, raised_at=self._now,
        )  # fmt: skip
        with self._transaction.change("difficulty.raise", "difficulty", row):
            pass
        return as_difficulty(row)

    def answer_difficulty(self, difficulty_id: int, text: str) -> Difficulty:
        """Raises InputError without a text, StepNotLawful when it is answered, NotFound."""
        row = found(
            self._session.exec(select(DifficultyRow).where(DifficultyRow.id == difficulty_id)).first(),
            "khó khăn",
            difficulty_id,
        )
        if not text.strip():
            raise InputError("Hãy ghi hướng giải quyết.")
        if row.answer is not None:
            raise StepNotLawful(f"Khó khăn số {difficulty_id} đã được trả lời.")
        with self._transaction.change("difficulty.answer", "difficulty", row):
            row.answer, row.answered_by, row.answered_at = text.strip(), self._actor.account, self._now
        return as_difficulty(row)

    def difficulties(self, until: datetime | None = None) -> tuple[Difficulty, ...]:
        """Those raised until then, open ones first, as they stood then."""
        rows = self._session.exec(select(DifficultyRow).order_by(col(DifficultyRow.id)))
        told = [as_difficulty(row, until) for row in rows if until is None or row.raised_at <= until]
        return tuple(sorted(told, key=lambda each: not each.is_open))

    def _demand_unit(self, unit_code: str) -> None:
        if not is_within(frozenset({unit_code}), self._actor.scope):
            raise NotFound(f"Không có đơn vị {unit_code} trong phạm vi của tài khoản.")


def as_survey(row: SurveyRow) -> Survey:
    return Survey(
        row.unit_code, row.unit_name, row.has_place, row.a3_scanners, row.other_scanners, row.computers,
        Line(row.line), row.police_staff, row.civil_status_staff, row.note, row.on, row.by,
    )  # fmt: skip


def as_difficulty(row: DifficultyRow, until: datetime | None = None) -> Difficulty:
    is_later = until is not None and row.answered_at is not None and row.answered_at > until
    answer = (None, None, None) if is_later else (row.answer, row.answered_by, row.answered_at)
    return Difficulty(
        key(row.id), row.unit_code, row.unit_name, DifficultyKind(row.kind), row.text, row.raised_by, row.raised_at,
        *answer,
    )  # fmt: skip
