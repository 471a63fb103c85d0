"""A first page of a new form, to look at: filled with fictitious people."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

from digitize.books.forms import Form
from digitize.errors import FormInvalid
from drawing.filling import fill_form
from drawing.ink import BLUE, Pen
from drawing.ledger import draw_spread
from drawing.page import draw_page

FACE = "noto-serif"  # comes from a Python package, so nothing is fetched
TRIES = 20


def draw_trial(form: Form, path: Path) -> None:
    """Draws a page (of a ledger a spread) as PNG. Raises FormInvalid when no invented value fits its blank."""
    first = date((form.years[0] or 1990) + 2, 3, 1)
    reason = ""
    for seed in range(TRIES):
        rng, pen = Random(seed), Pen(FACE, BLUE, 0.8)
        days = [first + timedelta(days=9 * number) for number in range(form.entries_per_page)]
        try:
            writings = [fill_form(form, rng, number, day) for number, day in enumerate(days, 1)]
            if form.family == "ledger":
                image, _ = draw_spread(form, writings, pen, FACE, rng)
            else:
                image, _ = draw_page(form, writings[0], pen, FACE, rng)
        except ValueError as cause:
            reason = str(cause)
            continue
        image.save(path)
        return
    raise FormInvalid(f"Biểu mẫu {form.form_id} không vẽ được, có mục quá hẹp cho giá trị của nó: {reason}.")
