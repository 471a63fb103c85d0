"""Sampling: entries of a finished book are drawn and looked at again; the book is accepted or sent back."""

import secrets
from collections import Counter
from dataclasses import dataclass

from digitize.access.actor import Actor, Permission
from digitize.books.book import Book
from digitize.books.entry import Entry
from digitize.books.forms import get_form
from digitize.books.quality import Sample, Verdict
from digitize.books.steps import Step
from digitize.errors import AccessDenied, NotFound, StepNotLawful
from digitize.review.kinds import field_kind
from digitize.review.sampling import Plan, draw, left_to_check, plan_for, verdict_of
from digitize.store.unit_of_work import UnitOfWork, Workspace

CONFIRMED = (Step.CONFIRMED, Step.CHECKED, Step.MATCHED)


@dataclass(frozen=True, slots=True)
class BookQuality:
    """A book with its plan and its latest sample."""

    book: Book
    unfinished: int  # entries that nobody has confirmed yet
    plan: Plan | None  # None while there is nothing to draw from
    sample: Sample | None


def quality_of(workspace: Workspace, actor: Actor, book_id: int) -> BookQuality:
    """Raises AccessDenied, NotFound."""
    actor.demand(Permission.SAMPLE)
    with workspace.view(actor) as work:
        entries = work.entries.of_book(book_id)
        confirmed = sum(entry.step in CONFIRMED for entry in entries)
        plan = plan_for(confirmed) if confirmed else None
        sample = next(reversed(work.samples.of_book(book_id)), None)
        return BookQuality(work.books.get(book_id), _unfinished(entries), plan, sample)


def draw_sample(workspace: Workspace, actor: Actor, book_id: int, seed: str = "") -> Sample:
    """Draws by a new seed, which is kept. Raises StepNotLawful while the book has entries that nobody confirmed."""
    with workspace.unit_of_work(actor) as work:
        entries = work.entries.of_book(book_id)
        confirmed = [entry.entry_id for entry in entries if entry.step in CONFIRMED]
        if _unfinished(entries) or not confirmed:
            raise StepNotLawful("Mọi trường hợp của sổ phải được xác nhận rồi mới rút mẫu được.")
        plan, seed = plan_for(len(confirmed)), seed or secrets.token_hex(8)
        return work.samples.draw(book_id, seed, plan.size, plan.accept, draw(seed, confirmed, plan.number))


def next_to_check(workspace: Workspace, actor: Actor, sample: Sample) -> Entry | None:
    """The first entry of the sample left that this person neither keyed nor helped to key."""
    actor.demand(Permission.SAMPLE)
    with workspace.view(actor) as work:
        entries = (work.entries.get(entry_id) for entry_id in left_to_check(sample))
        return next((entry for entry in entries if _is_anothers(actor, entry)), None)


def check_entry(workspace: Workspace, actor: Actor, sample_id: int, entry_id: int, wrong: frozenset[str]) -> Sample:
    """Adds which columns are not as the book says. Raises AccessDenied for one's own, NotFound, AlreadyThere."""
    with workspace.unit_of_work(actor) as work:
        sample, entry = work.samples.get(sample_id), work.entries.get(entry_id)
        if sample.verdict or entry_id not in sample.entries:
            raise NotFound(f"Trường hợp số {entry_id} không nằm trong mẫu đang kiểm tra.")
        if not _is_anothers(actor, entry):
            raise AccessDenied(f"Trường hợp {entry_id} do chính bạn nhập; người khác phải kiểm tra.")
        form = get_form(entry.form_id)
        looked = Counter(field_kind(form, column).value for column in form.columns())
        kinds = {column: field_kind(form, column).value for column in form.columns() if column in wrong}
        return work.samples.check(sample_id, entry_id, looked, kinds)


def close_sample(workspace: Workspace, actor: Actor, sample_id: int, why: str = "") -> Sample:
    """Accepts the book, or sends it back: every confirmed entry but those of the sample that were right.

    Raises StepNotLawful while the sample may still go either way.
    """
    with workspace.unit_of_work(actor) as work:
        sample = work.samples.get(sample_id)
        verdict = verdict_of(sample)
        if verdict is None:
            raise StepNotLawful("Mẫu chưa xem đủ nên chưa kết luận được.")
        told = f"Kiểm tra mẫu: {sample.wrong} sai trong {len(sample.checks)}, cho phép {sample.accept}."
        back = _to_send_back(work, sample) if verdict is Verdict.REFUSED else []
        return work.samples.close(sample_id, verdict, back, " ".join([told, why.strip()]).strip())


def _to_send_back(work: UnitOfWork, sample: Sample) -> list[int]:
    right = {check.entry_id for check in sample.checks if not check.wrong}
    entries = work.entries.of_book(sample.book_id)
    return [entry.entry_id for entry in entries if entry.step in CONFIRMED and entry.entry_id not in right]


def _unfinished(entries: tuple[Entry, ...]) -> int:
    return sum(entry.step in (Step.SCANNED, Step.READ, Step.IN_REVIEW) for entry in entries)


def _is_anothers(actor: Actor, entry: Entry) -> bool:
    return actor.account not in (entry.keyed_by, entry.assisted_by)
