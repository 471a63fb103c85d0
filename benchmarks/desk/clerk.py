"""A simulated clerk keys what stands on the sample pages, letter for letter: with suggestions and from blank.

Keystrokes are those of Telex, in which most Vietnamese is typed; she goes through every field with Tab, because the
desk shows the ink of the field in hand and she vouches for all of them. Seconds follow the keystroke-level model with
the operator times of D. Kieras, "Using the Keystroke-Level Model to Estimate Execution Times" (2001).
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from benchmarks.desk.scene import SAMPLES
from digitize.access.actor import setup_actor
from digitize.books.book import Page
from digitize.books.entry import Candidate, Entry
from digitize.books.forms import get_form
from digitize.store.unit_of_work import Workspace

KEY_S = 0.28  # a keystroke of somebody who is no trained typist, 40 words a minute
THINK_S = 1.2  # preparing mentally: here looking at the ink of a field and knowing what to do
CONFIRM = 2  # Ctrl and Enter
TAKE_READING = 2  # Alt and a digit
EMPTY = 1  # Delete: what stands in a field is selected when it gets the focus


@dataclass(frozen=True, slots=True)
class Task:
    """One entry: what the machine read, what really stands on the page; both by column, in the form's order."""

    entry: Entry
    page: Page
    truth: Mapping[str, str]

    @property
    def read(self) -> Mapping[str, Candidate]:
        return self.entry.candidates


@dataclass(frozen=True, slots=True)
class Effort:
    keystrokes: int
    looks: int  # fields at which she stops to think

    @property
    def seconds(self) -> float:
        return KEY_S * self.keystrokes + THINK_S * self.looks


def tasks(workspace: Workspace) -> Iterator[Task]:
    """All entries of the workspace, in the plan's order."""
    with workspace.view(setup_actor()) as work:
        for book in work.books.all():
            for entry in work.entries.of_book(book.book_id):
                page = work.pages.get(entry.page_id)
                yield Task(entry, page, _truth(page, entry))


def _truth(page: Page, entry: Entry) -> dict[str, str]:
    """Every field of the form; what the sample's truth leaves out is empty on the page."""
    stem = page.file_name.rpartition(".")[0]
    place = f".p{page.page_of_file:04d}" if page.file_name.endswith(".pdf") else ""
    truth = json.loads((SAMPLES / f"{stem}{place}.truth.json").read_text("utf-8"))
    told = truth["entries"][entry.ordinal - 1]["fields"]
    return {column: told[column]["text"] if column in told else "" for column in get_form(entry.form_id).columns()}


def telex(text: str) -> int:
    """Keys to type a text: one a letter and one a mark, but ươ takes one w, and đ is dd. Capitals come by Caps Lock."""
    letters = unicodedata.normalize("NFD", text.lower())
    return len(letters) + letters.count("đ") - letters.count("u\u031bo\u031b")


def readings(read: Candidate | None) -> list[str]:
    """What the number keys take, in the desk's order."""
    texts = [read.text, *(other.text for other in read.alternatives)] if read else []
    return list(dict.fromkeys(texts))[:9]


def correction(read: Candidate | None, wanted: str) -> int:
    """Keys that make the field right."""
    if wanted == (read.text if read else ""):
        return 0
    if wanted in readings(read):
        return min(TAKE_READING, telex(wanted))
    return telex(wanted) or EMPTY


def with_suggestions(task: Task) -> Effort:
    keys = [correction(task.read.get(column), wanted) for column, wanted in task.truth.items()]
    looks = [column for column, wanted in task.truth.items() if wanted or column in task.read]
    return Effort(sum(keys) + len(keys) + CONFIRM, len(looks) + sum(map(bool, keys)))


def from_blank(task: Task) -> Effort:
    keys = [telex(wanted) for wanted in task.truth.values()]
    return Effort(sum(keys) + len(keys) + CONFIRM, sum(map(bool, keys)))
