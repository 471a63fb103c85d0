"""Questions: an entry goes to a colleague or a role with a question, waits, and comes back with the answer."""

from digitize.access.account import Account
from digitize.access.actor import Actor, Role
from digitize.books.teamwork import Question
from digitize.store.unit_of_work import Workspace


def ask(
    workspace: Workspace, actor: Actor, entry_id: int, text: str, to: str | Role, column: str | None = None
) -> Question:
    """`to` is an account or a role; the lease is given back. Raises InputError, AccessDenied, EntryHeld, EntryAsked."""
    raise NotImplementedError


def answer(workspace: Workspace, actor: Actor, question_id: int, text: str) -> Question:
    """The entry goes back to who asked. Raises InputError, AccessDenied for whoever was not asked, StepNotLawful."""
    raise NotImplementedError


def settle(workspace: Workspace, actor: Actor, question_id: int) -> Question:
    """The asker has seen the answer, or takes the open question back. Raises AccessDenied."""
    raise NotImplementedError


def for_me(workspace: Workspace, actor: Actor) -> tuple[Question, ...]:
    """Open questions to the actor or a role of hers, then answers to her own questions."""
    raise NotImplementedError


def of_entry(workspace: Workspace, actor: Actor, entry_id: int) -> tuple[Question, ...]:
    """Everything ever asked about an entry, oldest first; empty out of scope."""
    raise NotImplementedError


def colleagues(workspace: Workspace, actor: Actor, book_id: int) -> tuple[Account, ...]:
    """Whom one can ask about a book: active officers, checkers and team leads whose scope covers it."""
    raise NotImplementedError
