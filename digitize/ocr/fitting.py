"""Which form a page is, or of which form a part of one is (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from digitize.books.entry import Problem
from digitize.books.forms import Form, Item
from digitize.ocr.labels import Fit, fit_form, weight
from digitize.ocr.rows import Row

SURE_SHARE = 0.95  # of a form's labels; below it a closer look is worth its time
LEAST_SHARE = 0.7  # sample pages fit their own form from 0.93 on, the other two forms up to 0.62
LEAST_SHARE_TOLD = 0.4  # when a person has said which form it is
# Of a torn page only the labels that are there can speak: how much of the form they are, how much they weigh, how few
# are missing between them, and how far behind the next form lies. Chosen on 36 halves of drawn pages of 12 forms.
PART_SHARE, PART_WEIGHT, PART_DENSE, AHEAD = 0.3, 80.0, 0.7, 1.15
LOST_END = 0.12  # of the labels, all below the last that was found: so much is not merely misread
RIGHT, FEWEST_RIGHT, LOST_RIGHT = 0.4, 4, 0.5  # of the cell: labels that begin beyond; so few may all be misread

PART_OF_FORM = Problem(
    "part_of_form",
    "Trên ảnh chỉ có một phần của trang. Hãy quét lại trọn trang; mục đã đọc được vẫn dùng được, "
    "mục không có trên ảnh thì nhập theo sổ.",
)


@dataclass(frozen=True, slots=True)
class Recognised:
    """The form that a page is, or (`is_part`) that it is only a part of."""

    fit: Fit
    is_part: bool = False


def recognise(forms: Sequence[Form], rows: Sequence[Row]) -> Recognised | None:
    """The form whose labels stand in the page's rows; of one form alone a person has said that it is this."""
    fits = [fit_form(form, rows) for form in forms]
    best = max(fits, key=lambda fit: fit.share)
    if best.share >= LEAST_SHARE:
        return Recognised(best, _has_lost_a_side(best))
    if len(forms) == 1:
        return Recognised(best, is_part=True) if best.share >= LEAST_SHARE_TOLD else None
    best, following = sorted(fits, key=_found_weight, reverse=True)[:2]
    is_ahead = _found_weight(best) >= max(PART_WEIGHT, AHEAD * _found_weight(following))
    is_dense = best.share >= PART_SHARE and _found_weight(best) >= PART_DENSE * _between_weight(best)
    return Recognised(best, is_part=True) if is_ahead and is_dense else None


def _found_weight(fit: Fit) -> float:
    return sum(weight(found.item) * found.similarity / 100 for row in fit.rows for found in row)


def _between_weight(fit: Fit) -> float:
    """Of all labels from the first printed row that was found to the last."""
    known = [number for number, found in enumerate(fit.rows) if found]
    return sum(weight(item) for row in _printed(fit)[known[0] : known[-1] + 1] for item in row)


def _printed(fit: Fit) -> list[list[Item]]:
    return [[item for item in row if item.printed] for row in fit.form.printed_rows]


def _has_lost_a_side(fit: Fit) -> bool:
    """Whether labels are missing as a cut takes them: all at the end of the page, or most that stand at the right."""
    printed, known = _printed(fit), [number for number, found in enumerate(fit.rows) if found]
    below = sum(weight(item) for row in printed[known[-1] + 1 :] for item in row)
    found = {each.item for row in fit.rows for each in row}
    right = [item in found for number in known for item in printed[number] if item.at > RIGHT]
    is_cut_at_right = len(right) >= FEWEST_RIGHT and sum(right) <= LOST_RIGHT * len(right)
    return is_cut_at_right or below > LOST_END * sum(weight(item) for row in printed for item in row)
