"""Questions: an entry goes to a colleague or a role with a question, waits, and comes back with the answer."""

from dataclasses import dataclass

from digitize.access.account import Account
from digitize.access.actor import Actor, Permission, Role
from digitize.books.book import Book, Page
from digitize.books.forms import get_form
from digitize.books.teamwork import Question
from digitize.review.fields import FieldView, fields_of
from digitize.store.unit_of_work import UnitOfWork, Workspace


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with what one must see to answer it."""

    question: Question
    book: Book
    page: Page
    field: FieldView | None  # what it is about; None: the whole entry
    names: dict[str, str]  # full names of the colleagues, by account


def ask(
    workspace: Workspace, actor: Actor, entry_id: int, text: str, to: str | Role, column: str | None = None
) -> Question:
    """`to` is an account or a role; the lease is given back and nobody but who is asked keys the entry meanwhile.

    Raises InputError, AccessDenied, StepNotLawful, EntryHeld, EntryAsked, NotFound.
    """
    with workspace.unit_of_work(actor) as work:
        return work.questions.ask(entry_id, text, to, column)


def answer(workspace: Workspace, actor: Actor, question_id: int, text: str) -> Question:
    """The entry goes back to who asked. Raises InputError, AccessDenied for whoever was not asked, StepNotLawful."""
    with workspace.unit_of_work(actor) as work:
        return work.questions.answer(question_id, text)


def settle(workspace: Workspace, actor: Actor, question_id: int) -> Question:
    """The asker has seen the answer, or takes the open question back. Raises AccessDenied."""
    with workspace.unit_of_work(actor) as work:
        return work.questions.settle(question_id)


def for_me(workspace: Workspace, actor: Actor) -> tuple[QuestionView, ...]:
    """Open questions to the actor or a role of hers, then answers to her own, then her own without answer.

    Raises AccessDenied.
    """
    actor.demand(Permission.ANSWER)
    with workspace.view(actor) as work:
        return tuple(_view(work, question) for question in work.questions.for_actor())


def _view(work: UnitOfWork, question: Question) -> QuestionView:
    entry = work.entries.get(question.entry_id)
    fields = fields_of(get_form(entry.form_id), entry)
    about = next((field for field in fields if field.column == question.column), None)
    names = {account.name: account.full_name for account in work.accounts.colleagues(entry.book_id)}
    return QuestionView(question, work.books.get(entry.book_id), work.pages.get(entry.page_id), about, names)


def colleagues(workspace: Workspace, actor: Actor, book_id: int) -> tuple[Account, ...]:
    """Whom one can ask about a book: active officers, checkers and team leads whose scope covers it."""
    with workspace.view(actor) as work:
        return work.accounts.colleagues(book_id)
