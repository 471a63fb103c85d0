"""The focus where the work goes on: Streamlit has no means to set it, and a keyboard is all an officer uses."""

from functools import cache
from typing import Any

import streamlit as st

# Once for each key: a rerun of the same question must not take the focus from where the officer has gone.
SCRIPT = """
const done = new Set();
export default function ({ data: key }) {
  if (done.has(key)) return;
  const find = (tries) => {
    const place = document.querySelector(`.st-key-${CSS.escape(key)} :is(input, textarea, select, button)`);
    if (place) { done.add(key); place.focus(); }
    else if (tries) setTimeout(() => find(tries - 1), 50);
  };
  find(60);
}
"""


def focus_on(key: str) -> None:
    """Puts the focus into the widget with this key, once; a new question needs a new key."""
    _component()(key="focus", data=key)


@cache
def _component() -> Any:
    return st.components.v2.component("digitize_focus", js=SCRIPT)
