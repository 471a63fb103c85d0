"""The review desk: one Streamlit component that holds the page image and the form beside it.

It saves and confirms at routes of its own (digitize.app.desk_routes), not by running the screen again, and keeps
every edit in the browser until the server has acknowledged it: typed text outlives whatever becomes of the server.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import streamlit as st

# The script, in this order.
PARTS = ("keeper", "viewer", "field", "keys", "piles", "asks", "past", "hands", "onward", "desk")


@dataclass(frozen=True, slots=True)
class DeskField:
    """One field as it stands on the desk."""

    column: str
    label: str
    text: str
    suggestion: str | None  # what the engine read; None where it read nothing
    confidence: float | None  # 0..1
    alternatives: tuple[tuple[str, bool], ...]  # other readings; True: what the ink alone spells
    box: tuple[int, int, int, int] | None  # pixels of the upright page image
    state: str  # "machine", "doubtful", "rule", "human" or "empty"
    long: bool  # written over several lines
    options: Mapping[str, str]  # code -> meaning; empty for free text
    reason: str  # what the other fields say for or against the text, in words
    beside: str  # what the neighbours on the page say
    place: int | None  # in the Ministry's columns, from 0; None where they are not known


@dataclass(frozen=True, slots=True)
class Sheet:
    """An entry laid on the desk."""

    account: str
    serial: str  # of this laying: a new one each time the screen is run
    entry: int
    version: int  # of the entry as it is shown
    title: str
    page: int
    width: int  # pixels of the upright page image
    height: int
    fields: tuple[DeskField, ...]
    assistants: Mapping[str, str]  # account -> name of officers of the other agency
    assisted_by: str
    problems: tuple[str, ...]  # what to know of the page
    warnings: tuple[str, ...]  # what the rules say; they never stop her
    previous: Mapping[str, str]  # column -> text of the entry before in the book
    queue: Mapping[str, str]  # the pile that is being worked, as digitize.app.desk_queue writes it
    held: Mapping[str, Any] | None  # the colleague who has the entry in hand: name, until, seconds
    question: Mapping[str, Any] | None  # asked about the entry and not settled yet


def desk(sheet: Sheet) -> None:
    """Shows the desk; what happens on it happens between the browser and the desk's routes."""
    _component()(key="desk", data=asdict(sheet))


@cache
def _component() -> Any:
    return st.components.v2.component(
        "digitize_desk",
        html=_resource("desk.html"),
        css=_resource("desk.css"),
        js="\n".join(_resource(f"{part}.js") for part in PARTS),
    )


def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text("utf-8")
