"""By hand: a page that the machine cannot read becomes entries without suggestions, keyed from the picture."""

from digitize.access.actor import Actor
from digitize.books.book import Book
from digitize.books.entry import Entry, Problem
from digitize.books.forms import Form, all_forms, get_form
from digitize.errors import InputError
from digitize.ocr.reader import PageReading
from digitize.store.unit_of_work import Workspace

MOST_ENTRIES = 60  # rows of a spread; more is a slip of the finger
NOTHING_READ = Problem("key_by_hand", "Máy không đọc được mục nào của trang này. Hãy nhập mọi mục theo ảnh.")


def forms_of(book: Book) -> tuple[Form, ...]:
    """The forms that a page of the book may be, likeliest first: those of the book's year before the others."""
    forms = [form for form in all_forms().values() if form.kind is book.kind]
    return tuple(sorted(forms, key=lambda form: not form.years[0] <= book.year <= _last_year(form)))


def _last_year(form: Form) -> int:
    return form.years[1] if len(form.years) > 1 else 9999


def unread(form: Form, entries: int = 1) -> PageReading:
    """A page of this form of which nothing was read."""
    return PageReading(form.form_id, ({},) * entries, (NOTHING_READ,))


def key_by_hand(
    workspace: Workspace, actor: Actor, page_id: int, form_id: str | None = None, entries: int = 1, why: str = ""
) -> tuple[Entry, ...]:
    """Takes a page that could not be read as one of the book's form (the likeliest when None) with so many entries.

    They wait for an officer without suggestions. Raises NotFound, StepNotLawful unless reading the page has failed,
    InputError when the form is of another kind of book or nobody writes so many entries on a page.
    """
    if not 1 <= entries <= MOST_ENTRIES:
        raise InputError(f"Số trường hợp trên một trang phải từ 1 đến {MOST_ENTRIES}.")
    with workspace.unit_of_work(actor) as work:
        book = work.books.get(work.pages.get(page_id).book_id)
        form = get_form(form_id) if form_id else forms_of(book)[0]
        if form.kind is not book.kind:
            ours = ", ".join(each.form_id for each in forms_of(book))
            raise InputError(f"Biểu mẫu {form.form_id} không thuộc loại sổ này; hãy chọn: {ours}.")
        return work.pages.key_by_hand(page_id, form.form_id, entries, why)
