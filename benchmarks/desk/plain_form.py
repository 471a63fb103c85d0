"""What Streamlit gives by itself: the page, an input and the strip of its ink for each field, a button for the next
entry. Run by `streamlit run`; DIGITIZE_BENCH names a folder with pages and their fields."""

import json
import os
from pathlib import Path

import streamlit as st
from PIL import Image

FOLDER = Path(os.environ["DIGITIZE_BENCH"])
ENTRIES = sorted(FOLDER.glob("*.json"))


@st.cache_data
def strip(page: str, box: tuple[int, int, int, int]) -> Image.Image:
    with Image.open(page) as image:
        return image.crop(box).copy()


@st.cache_data
def overview(page: str) -> Image.Image:
    with Image.open(page) as image:
        image.thumbnail((1800, 1800))
        return image.copy()


def save(column: str) -> None:
    with (FOLDER / "saved.txt").open("a") as file:
        file.write(f"{column} {st.session_state[column]}\n")
        file.flush()
        os.fsync(file.fileno())


def go_on() -> None:
    st.session_state.at = (st.session_state.get("at", 0) + 1) % len(ENTRIES)


st.set_page_config(layout="wide")
entry = ENTRIES[st.session_state.get("at", 0)]
page = str(entry.with_suffix(".jpg"))
left, right = st.columns([1.25, 1])
left.image(overview(page))
with right.container(height=600):
    for place, (column, text, box) in enumerate(json.loads(entry.read_text("utf-8"))):
        name = f"{entry.stem}-{column}"
        st.text_input(str(place), text, key=name, on_change=save, args=[name])
        st.image(strip(page, tuple(box)))
right.button("Xác nhận", on_click=go_on)
