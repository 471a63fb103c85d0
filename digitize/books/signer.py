"""The signer written on one line or two: name and title, either first."""

import re

from digitize.books.id_doc import EDGES
from digitize.books.names import ZERO_WIDTH, letterwise_unaccented, tidy

_OFFICE = r"(?:\s*(?:ubnd|uy\s+ban\s+nhan\s+dan)(?:\s+(?:xa|phuong|thi\s+tran|huyen|thi\s+xa|thanh\s+pho))?)?"
_FOR = r"(?:(?:kt|tm|tuq|tl|q)\b\s*\.?\s*|quyen\s+|thay\s+mat\s+)*"
_POSTS = r"(?:truong\s+(?:phong|cong\s+an|ban)|giam\s+doc|can\s+bo|cong\s+chuc|uy\s+vien|chanh\s+van\s+phong)"
_TITLES = (  # the commonest first: a name may hold the words of a rarer one ("Trường Phong")
    rf"{_FOR}(?:pho\s+)?chu\s+tich\b{_OFFICE}",
    rf"{_FOR}(?:p\.?\s?ct|ct)\b\.?{_OFFICE}",
    rf"{_FOR}(?:pho\s+)?{_POSTS}\b",
    r"(?:tm|kt)\b\.?\s*(?:ubnd|uy\s+ban\s+nhan\s+dan)\b",
)
_PIECE = re.compile(r"(?:(?!\s[-–—])[^,;\n/–—])+")


def split_signer(text: str) -> tuple[str, str]:
    """Name and title; the name is the first piece between commas, dashes or line breaks that is no title."""
    lines = "\n".join(filter(None, map(tidy, ZERO_WIDTH.sub("", text).splitlines())))
    pieces = [found for found in _PIECE.finditer(lines) if found[0].strip(EDGES)]
    if len(pieces) < 2:
        return _split_without_mark(tidy(lines))
    name = next((piece for piece in pieces if not _is_title(piece[0].strip(EDGES))), pieces[0])
    around = (lines[: name.start()], lines[name.end() :])
    return name[0].strip(EDGES), ", ".join(part for side in around if (part := tidy(side).strip(EDGES)))


def _is_title(piece: str) -> bool:
    """Whether a piece begins with a title, or holds the commonest: what stands before that may be misread."""
    plain = letterwise_unaccented(piece)
    return bool(re.search(r"\bchu\s+tich\b", plain)) or any(re.match(title, plain) for title in _TITLES)


def _split_without_mark(text: str) -> tuple[str, str]:
    """Name and title with nothing between them: the words of the title tell where it begins and ends."""
    for title in _TITLES:
        if found := re.search(rf"\b{title}", letterwise_unaccented(text)):
            before, after = text[: found.start()].strip(EDGES), text[found.end() :].strip(EDGES)
            return (before, text[found.start() :].strip()) if before else (after, text[: found.end()].strip())
    return text, ""
