"""Search: entries across books by name without diacritics, number or date; every look is journalled."""

from dataclasses import dataclass

from digitize.access.actor import Actor, Permission
from digitize.books.book import Book, Page
from digitize.books.entry import Entry
from digitize.books.forms import get_form
from digitize.books.kinds import BookKind
from digitize.books.search_keys import asked
from digitize.errors import InputError
from digitize.review.fields import FieldView, fields_of
from digitize.store.repositories.search import Within
from digitize.store.unit_of_work import Workspace

AT_MOST = 50  # entries shown: whoever gets more should ask more closely


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry that was found, and the book it stands in."""

    entry: Entry
    book: Book


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry with its page, for reading only."""

    entry: Entry
    book: Book
    page: Page
    fields: tuple[FieldView, ...]


def search(
    workspace: Workspace,
    actor: Actor,
    text: str,
    kind: BookKind | None = None,
    year: int | None = None,
    unit_code: str | None = None,
) -> tuple[Hit, ...]:
    """At most 50 entries in scope whose keyed values fit. Raises InputError for a text that nothing can fit."""
    actor.demand(Permission.SEARCH)
    ways, within = asked(text), Within(kind.value if kind else None, year, unit_code)
    if not ways:
        raise InputError("Hãy gõ họ tên, số hoặc ngày cần tìm.")
    with workspace.view(actor) as work:
        found = work.search.find(ways, within, AT_MOST)
        books = {book.book_id: book for book in work.books.all()}
    with workspace.unit_of_work(actor) as work:
        work.search.note(text, within, [entry.entry_id for entry in found])
    return tuple(Hit(entry, books[entry.book_id]) for entry in found)


def open_found(workspace: Workspace, actor: Actor, entry_id: int) -> Opened:
    """The entry as it stands. Raises NotFound out of scope."""
    actor.demand(Permission.SEARCH)
    with workspace.unit_of_work(actor) as work:
        work.search.look(entry_id)
    with workspace.view(actor) as work:
        entry = work.entries.get(entry_id)
        fields = fields_of(get_form(entry.form_id), entry)
        return Opened(entry, work.books.get(entry.book_id), work.pages.get(entry.page_id), fields)
