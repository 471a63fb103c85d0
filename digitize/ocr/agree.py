"""Values of an entry held against each other: what agrees is surer, what cannot be is doubted; no text changes (pure).

The desk tells the reasons in words from the same values (digitize.review.rules).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from digitize.books.codelists import FEMALE, MALE, gender_code
from digitize.books.dates import parse_date, parse_date_words
from digitize.books.entry import Candidate
from digitize.books.names import letterwise_unaccented
from digitize.books.personal_id import personal_id_problems

Candidates = Mapping[str, Candidate]

DIGITS_AND_WORDS = (("nksNgaySinh", "nksNgaySinhBangChu"), ("nktNgayChet", "nktNgayChetGhiBangChu"))
EVENTS = ("nksNgaySinh", "nktNgayChet")  # which cannot be after the registration
DOUBT = 0.5  # most that is left of the confidence in values that contradict each other
HINT = 0.8  # the same where custom alone speaks against it
HINTS = {"thi": FEMALE, "van": MALE}  # middle names


def held_together(candidates: Candidates) -> dict[str, Candidate]:
    """The same candidates with the confidence that they deserve beside each other."""
    kept = dict(candidates)
    for digits, words in DIGITS_AND_WORDS:
        _digits_and_words(kept, digits, words)
    for columns, most in _contradictions(candidates):
        for column in columns:
            if column in kept:
                kept[column] = replace(kept[column], confidence=min(kept[column].confidence, most))
    return kept


def _digits_and_words(kept: dict[str, Candidate], digits: str, words: str) -> None:
    """Two ways of writing one date: it is hardly by chance that both say the same."""
    if digits not in kept or words not in kept:
        return
    one, other = parse_date(kept[digits].text), parse_date_words(kept[words].text)
    if one and one == other and one.precision == "day":
        both_wrong = (1 - kept[digits].confidence) * (1 - kept[words].confidence)
        kept[digits] = replace(kept[digits], confidence=round(1 - both_wrong, 4))
    elif one and other:
        for column in (digits, words):
            kept[column] = replace(kept[column], confidence=min(kept[column].confidence, DOUBT))


def _contradictions(candidates: Candidates) -> Iterator[tuple[tuple[str, ...], float]]:
    """Columns of which one at least must be wrong, and what confidence that leaves."""
    registered = parse_date(_text(candidates, "ngayDangKy"))
    for column in EVENTS:
        event = parse_date(_text(candidates, column))
        if registered and event and registered.is_before(event):
            yield ("ngayDangKy", column), DOUBT
    _, slash, year = _text(candidates, "quyenSo").rpartition("/")
    if slash and year.isdecimal() and len(year) == 4 and registered and registered.year not in (None, int(year)):
        yield ("ngayDangKy", "quyenSo"), DOUBT
    birth, gender = parse_date(_text(candidates, "nksNgaySinh")), gender_code(_text(candidates, "nksGioiTinh"))
    number = _text(candidates, "nksSoDinhDanh")
    if number and personal_id_problems(number, birth, gender):
        yield ("nksSoDinhDanh",), DOUBT
    for column in candidates:
        who = column.removesuffix("GioiTinh")
        if who != column and _against_custom(_text(candidates, f"{who}HoTen"), _text(candidates, column)):
            yield (column,), HINT


def _against_custom(name: str, gender: str) -> bool:
    middles = letterwise_unaccented(name).split()[1:-1]
    hinted = {HINTS[middle] for middle in middles if middle in HINTS}
    code = gender_code(gender)
    return code in (MALE, FEMALE) and len(hinted) == 1 and code not in hinted


def _text(candidates: Candidates, column: str) -> str:
    return candidates[column].text if column in candidates else ""
