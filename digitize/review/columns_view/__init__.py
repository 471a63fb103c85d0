"""The column view: one Streamlit component with a strip of ink, the suggestion and an input per entry.

As at the desk the browser keeps every edit until the server has acknowledged it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

KEY = "columns_view"


@dataclass(frozen=True, slots=True)
class Strip:
    """One cell as it lies in the list."""

    entry: int
    ink: str  # address of the strip of ink; "" where the page has no box for the field
    page: str  # address of the whole page
    text: str
    confidence: float | None  # 0..1
    state: str  # "machine", "doubtful" or "empty"
    marked: bool
    options: Mapping[str, str]  # code -> meaning; empty for free text


@dataclass(frozen=True, slots=True)
class Listing:
    """Cells of one column in the order in which they are shown."""

    number: int  # of this list: another number is another list
    label: str
    strips: tuple[Strip, ...]
    saved: int  # number of the newest edit that was taken
    refused: Mapping[str, str]  # entry -> why its value was not saved


@dataclass(frozen=True, slots=True)
class CellEdit:
    """What an officer did to one cell: accepted or corrected its text, or marked it."""

    entry: int
    number: int  # rises with every edit
    text: str | None  # None where only the mark changed
    marked: bool


def columns_view(listing: Listing, on_edits: Callable[[], None]) -> None:
    """Shows the list; `on_edits` is called when the browser has sent something, see `cells_sent`."""
    _component()(key=KEY, data=asdict(listing), on_edits_change=on_edits)


def cells_sent(listing: int) -> Sequence[CellEdit]:
    """Every edit of this list that the browser has not seen acknowledged, oldest first."""
    sent: Mapping[str, Any] | None = st.session_state.get(KEY, {}).get("edits")
    if not sent or int(sent["listing"]) != listing:
        return ()
    edits = [
        CellEdit(
            int(edit["entry"]),
            int(edit["number"]),
            None if edit["text"] is None else str(edit["text"]),
            bool(edit["marked"]),
        )
        for edit in sent["edits"]
    ]
    return sorted(edits, key=lambda edit: edit.number)


@cache
def _component() -> Any:
    text = {
        suffix: files(__package__).joinpath(f"columns.{suffix}").read_text("utf-8") for suffix in ("html", "css", "js")
    }
    return st.components.v2.component("digitize_columns", html=text["html"], css=text["css"], js=text["js"])
