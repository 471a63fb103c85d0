"""Rows of a form as the page's detector cuts them out: print and pen side by side, and all of it is to be read."""

import random
from collections.abc import Sequence

import cv2
import numpy as np

from training import pens
from training.line import Line
from training.paper import lay, pen_colour
from training.pens import Alpha, Ink
from training.texts import invent

LABELS = {  # what the forms print -> the kind of what is written behind it
    "Họ, chữ đệm, tên:": "name", "Họ, chữ đệm, tên người mẹ:": "name", "Họ, chữ đệm, tên người cha:": "name",
    "Họ và tên:": "name", "Họ, chữ đệm, tên người đi khai sinh:": "name", "Họ, chữ đệm, tên của chồng:": "name",
    "Người thực hiện:": "signer", "Người ký:": "signer", "Chức vụ:": "signer",
    "Ngày, tháng, năm sinh:": "date", "Ngày, tháng, năm đăng ký:": "date", "Năm sinh:": "date",
    "Đã chết vào lúc:": "date", "Ghi bằng chữ:": "date_words", "ghi bằng chữ:": "date_words",
    "Dân tộc:": "ethnic_group", "Quốc tịch:": "nationality", "Giới tính:": "gender",
    "Nơi sinh:": "place", "Quê quán:": "place", "Nơi cư trú:": "place", "Nơi thường trú/tạm trú:": "place",
    "Nơi chết:": "place", "Nơi cư trú cuối cùng:": "place", "Nơi đăng ký kết hôn:": "place",
    "Giấy tờ tùy thân:": "id_document", "Số định danh cá nhân:": "number", "Số:": "entry_number",
    "Quyển số:": "entry_number", "Trang số:": "number", "Nguyên nhân chết:": "cause_of_death",
    "Quan hệ với người được khai sinh:": "relation", "Nghề nghiệp:": "occupation", "Ghi chú:": "note",
    "Giấy báo tử số:": "entry_number", "do:": "place", "cấp ngày:": "date",
}  # fmt: skip
SHORT = frozenset(["ethnic_group", "nationality", "gender", "date", "number", "entry_number"])
LABEL_BASELINE = 0.68  # of a printed label's height


def draw_row(rng: random.Random, pen_faces: Sequence[str], print_faces: Sequence[str]) -> Line:
    """One or two labels with what was written behind each; sometimes nothing was."""
    face, print_face, empty = rng.choice(pen_faces), rng.choice(print_faces), rng.random() < 0.08
    labels = [rng.choice(list(LABELS))]
    if LABELS[labels[0]] in SHORT and rng.random() < 0.6:
        labels.append(rng.choice([label for label, kind in LABELS.items() if kind in SHORT]))
    values = ["" if empty else _value(rng, LABELS[label], face) for label in labels]
    inks = [pens.write(rng, value, face, pens.OWN_SHAPES) if value else None for value in values]
    x_height = next((ink.x_height for ink in inks if ink), rng.uniform(14, 21))
    label_x = x_height * rng.uniform(0.45, 1.05)
    ink, printed = _row(rng, [pens.print_label(label, print_face, label_x) for label in labels], inks, x_height)
    image = lay(rng, ink, pen_colour(rng), None, wear=0.7, printed=printed)
    text = " ".join(part for pair in zip(labels, values, strict=True) for part in pair if part)
    return Line(image, text, "form", f"form:{face}")


def _value(rng: random.Random, kind: str, face: str) -> str:
    while (text := invent(rng, kind).text).isupper() and len(text) > 3 and face in pens.ORNATE_CAPITALS:
        pass
    return text


def _row(rng: random.Random, labels: Sequence[Alpha], inks: Sequence[Ink | None], x: float) -> tuple[Ink, Alpha]:
    """Labels and inks on one baseline, from left to right; the written and the printed layer of one size."""
    above, below = round(rng.uniform(1.9, 2.9) * x), round(rng.uniform(0.9, 1.6) * x)
    written: list[Alpha] = []
    printed: list[Alpha] = []
    for label, ink in zip(labels, inks, strict=True):
        room = np.zeros((above + below, round(rng.uniform(0.1, 1.2) * x)), np.uint8)
        _put(written, printed, room, room)
        print_ = _levelled(label, LABEL_BASELINE * label.shape[0], above, below)
        _put(written, printed, np.zeros_like(print_), print_)
        gap = np.zeros((above + below, round(rng.uniform(0.2, 2.5) * x)), np.uint8)
        _put(written, printed, gap, gap)
        if ink:
            left, _, width, _ = cv2.boundingRect(ink.alpha)
            pen = _levelled(ink.alpha[:, left : left + width], ink.baseline + rng.uniform(-0.4, 0.3) * x, above, below)
            _put(written, printed, pen, np.zeros_like(pen))
    room = np.zeros((above + below, round(rng.uniform(0.1, 3.0) * x)), np.uint8)
    _put(written, printed, room, room)
    return Ink(np.hstack(written), above, x), np.hstack(printed)


def _put(written: list[Alpha], printed: list[Alpha], ink: Alpha, print_: Alpha) -> None:
    written.append(ink)
    printed.append(print_)


def _levelled(layer: Alpha, baseline: float, above: int, below: int) -> Alpha:
    """The layer cut or grown so that its baseline stands `above` rows from the top of `above + below`."""
    top = round(baseline) - above
    kept = layer[max(0, top) : max(0, top + above + below)]
    missing = above + below - len(kept)
    before = min(missing, max(0, -top))
    return np.asarray(np.pad(kept, ((before, missing - before), (0, 0))), np.uint8)
