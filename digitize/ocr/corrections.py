"""Candidates of values in which words were struck out: doubtful, with the whole line among the readings (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from digitize.books.doubts import Doubt
from digitize.books.entry import Alternative, Candidate, Problem
from digitize.books.forms import Form
from digitize.ocr.decode import best_path
from digitize.ocr.engine import Posterior
from digitize.ocr.extract import clean

DOUBTED = 0.5  # the most that is claimed where a person has to see what counts
WHOLE = 0.01  # of the line read with its struck words: hardly ever the value


def with_struck(
    form: Form, candidates: Mapping[str, Candidate], whole: Mapping[str, Sequence[Posterior]]
) -> tuple[dict[str, Candidate], tuple[Problem, ...]]:
    """The candidates, those with struck words flagged, and what to tell the officer about them.

    `whole` holds by item field the lines of such values, struck words and all.
    """
    marked, told = dict(candidates), list[str]()
    for item in (item for item in form.items() if item.field in whole):
        read = " ".join(clean(best_path(line).text) for line in whole[str(item.field)]).strip()
        told.append(f"«{item.label}» (đọc cả chữ bị gạch: «{read}»)")
        marked |= {column: _flagged(marked[column], read) for column in item.columns if column in marked}
    if not told:
        return marked, ()
    message = f"Có chữ bị gạch bỏ ở: {'; '.join(told)}. Giá trị lấy theo chữ còn lại hoặc viết lại; hãy xem ảnh."
    return marked, (Problem("struck_out", message),)


def _flagged(candidate: Candidate, read: str) -> Candidate:
    """The candidate below the mark of doubt, with the whole line as its last alternative."""
    known = {candidate.text, *(other.text for other in candidate.alternatives)}
    others = () if not read or read in known else (Alternative(read, WHOLE),)
    return replace(
        candidate.doubted(Doubt.STRUCK, DOUBTED),
        alternatives=(
            *(replace(other, confidence=min(other.confidence, DOUBTED)) for other in candidate.alternatives),
            *others,
        ),
    )
