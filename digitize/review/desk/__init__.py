"""The review desk: one Streamlit component that holds the page image and the form beside it.

The browser keeps every edit until the server has acknowledged it, so typed text outlives a lost connection.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

KEY = "desk"


@dataclass(frozen=True, slots=True)
class DeskField:
    """One field as it stands on the desk."""

    column: str
    label: str
    text: str
    suggestion: str | None  # what the engine read; None where it read nothing
    confidence: float | None  # 0..1
    box: tuple[int, int, int, int] | None  # pixels of the upright page image
    state: str  # "machine", "doubtful", "human" or "empty"
    long: bool  # written over several lines
    options: Mapping[str, str]  # code -> meaning; empty for free text
    reason: str = ""  # what speaks for or against the text, in words


@dataclass(frozen=True, slots=True)
class Sheet:
    """An entry laid on the desk."""

    entry: int
    scan: str  # address of the page image
    width: int  # pixels of the upright page image
    height: int
    fields: tuple[DeskField, ...]
    assistants: Mapping[str, str]  # account -> name of officers of the other agency
    assisted_by: str
    saved: int  # number of the newest edit that is in the store
    refusal: str = ""  # why the newest edit was not saved, and what to do


@dataclass(frozen=True, slots=True)
class Edits:
    """What the browser sends: every edit that has not been acknowledged yet."""

    entry: int
    number: int  # rises with every edit
    values: Mapping[str, str]  # column -> text; all fields when confirming
    confirm: bool
    assisted_by: str | None


def desk(sheet: Sheet, on_edits: Callable[[], None]) -> None:
    """Shows the desk; `on_edits` is called when the browser has sent something, see `edits_sent`."""
    _component()(key=KEY, data=asdict(sheet), on_edits_change=on_edits)


def edits_sent() -> Edits | None:
    """The newest edits of this browser session, or None before the first."""
    sent: Mapping[str, Any] | None = st.session_state.get(KEY, {}).get("edits")
    if not sent:
        return None
    values = {str(column): str(text) for column, text in sent["values"].items()}
    return Edits(int(sent["entry"]), int(sent["number"]), values, bool(sent["confirm"]), sent["assisted_by"] or None)


@cache
def _component() -> Any:
    text = {
        suffix: files(__package__).joinpath(f"desk.{suffix}").read_text("utf-8") for suffix in ("html", "css", "js")
    }
    return st.components.v2.component("digitize_desk", html=text["html"], css=text["css"], js=text["js"])
