"""Several entries on one page form: the page is parted where the form's labels begin again (pure).

Printed labels are there whether an entry is written, blank or cut, so they alone tell how many stand on the page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from digitize.books.entry import Box, Candidate
from digitize.books.forms import Form
from digitize.ocr.engine import Line
from digitize.ocr.labels import fit_form, starts_of
from digitize.ocr.rows import Row

# Share of the form's labels that must come again. Measured on 9 drawn pages of the three forms of 2006: pages of one
# entry gain up to 0.04 by a cut, those of two 0.94 and more; of a page cut within its second entry as much as is seen.
MORE = 0.2


def entry_bands(form: Form, rows: Sequence[Row], height: int) -> list[tuple[int, int]]:
    """(top, bottom) in pixels of every entry's part of a page `height` pixels high; one band where nothing repeats."""
    parts = _parted(form, rows, form.entries_per_page)
    tops = [0, *(_between(above[-1], below[0]) for above, below in pairwise(parts))]
    return list(zip(tops, [*tops[1:], height], strict=True))


def _parted(form: Form, rows: Sequence[Row], most: int) -> list[Sequence[Row]]:
    """The rows of each entry: cut where both parts together hold the most labels."""
    if most < 2:
        return [rows]
    whole = fit_form(form, rows).share
    cuts = [(_shares(form, rows, cut) - whole, cut) for cut in starts_of(form, rows) if cut > 0]
    gain, cut = max(cuts, default=(0.0, 0))
    return [rows[:cut], *_parted(form, rows[cut:], most - 1)] if gain > MORE else [rows]


def _shares(form: Form, rows: Sequence[Row], cut: int) -> float:
    """Share of labels above and below the row `cut` together: about 1 for one entry, 2 for two."""
    return fit_form(form, rows[:cut]).share + fit_form(form, rows[cut:]).share


def lines_between(lines: Sequence[Line], top: int, bottom: int) -> list[Line]:
    """The lines whose middle lies between these rows of the page, as they stand on that part of it."""
    return [
        replace(line, box=replace(line.box, y0=max(line.box.y0, top) - top, y1=min(line.box.y1, bottom) - top))
        for line in lines
        if top <= (line.box.y0 + line.box.y1) / 2 < bottom
    ]


def moved_down(entry: Mapping[str, Candidate], by: int) -> dict[str, Candidate]:
    """The candidates of an entry that was read on a part of the page, with their boxes on the whole page."""
    return {column: replace(each, box=moved(each.box, by) if each.box else None) for column, each in entry.items()}


def moved(box: Box, by: int) -> Box:
    return Box(box.x0, box.y0 + by, box.x1, box.y1 + by)


def _between(above: Row, below: Row) -> int:
    return (above.box.y1 + below.box.y0) // 2
