"""What stands on a page and is nobody's value: stamps, signatures. A value below a stamp is doubtful (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digitize.books.doubts import Doubt
from digitize.books.entry import Box, Candidate, Problem
from digitize.books.forms import Form

IN_MARGIN = Problem(
    "margin_writing", "Có chữ viết dọc theo lề, không thuộc mục nào. Hãy xem cả trang; cần thì ghi vào mục ghi chú."
)
COVERED = 0.9  # the most that is claimed of a value on which a stamp lies: below the desk's mark of doubt


@dataclass(frozen=True, slots=True)
class Aside:
    """`what` is "stamp", "signature" or "margin" (written along it); box in pixels of the page."""

    what: str
    box: Box


def under_stamps(
    form: Form, entries: Sequence[Mapping[str, Candidate]], stamps: Iterable[Box]
) -> tuple[tuple[Mapping[str, Candidate], ...], tuple[Problem, ...]]:
    """The entries with what lies under a stamp made doubtful, and what to tell the officer about it."""
    over = list(stamps)
    covered = [{column for column, each in entry.items() if _is_under(each.box, over)} for entry in entries]
    if not any(covered):
        return tuple(entries), ()
    marked = tuple(
        {column: each.doubted(Doubt.STAMP, COVERED) if column in under else each for column, each in entry.items()}
        for entry, under in zip(entries, covered, strict=True)
    )
    labels = dict.fromkeys(form.label_of(column) for under in covered for column in form.columns() if column in under)
    message = f"Con dấu che chữ ở: {'; '.join(labels)}. Hãy so với ảnh."
    return marked, (Problem("under_stamp", message),)


def _is_under(box: Box | None, stamps: Sequence[Box]) -> bool:
    return box is not None and any(
        min(box.x1, stamp.x1) > max(box.x0, stamp.x0) and min(box.y1, stamp.y1) > max(box.y0, stamp.y0)
        for stamp in stamps
    )
