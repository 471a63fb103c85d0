"""Up and down a list by the keyboard, as on every screen that has one person or pair after the other."""

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

Key = TypeVar("Key")


def moves(key: Key | None, keys: Sequence[Key], following: str) -> None:
    """Two buttons under a list; `following` names the place in the session that says who comes next."""
    if key is not None:
        before, after = st.columns(2)
        _move(before, "Trước", "Alt+Up", keys, key, -1, following)
        _move(after, "Sau", "Alt+Down", keys, key, +1, following)


def go(keys: Sequence[Key], key: Key, by: int, following: str) -> None:
    """Whoever is so many places further down the list comes next, where there is one."""
    at = keys.index(key) + by
    if 0 <= at < len(keys):
        st.session_state[following] = keys[at]


def _move(
    place: st.delta_generator.DeltaGenerator, label: str, shortcut: str, keys: Sequence[Key], key: Key, by: int,
    following: str,
) -> None:  # fmt: skip
    place.button(
        label, f"move-{by}", shortcut=shortcut, width="stretch", on_click=go, args=(keys, key, by, following),
        disabled=not 0 <= keys.index(key) + by < len(keys),
    )  # fmt: skip
