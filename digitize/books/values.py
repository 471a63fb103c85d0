"""The normal form of a value, by its kind: for comparing and exporting only, never stored over the text."""

import re
from collections.abc import Callable

from digitize.books.codelists import ethnic_group, gender_code
from digitize.books.dates import PartialDate, parse_date, parse_date_words
from digitize.books.names import tidy, tone_placement


def _dotted(date: PartialDate | None, text: str) -> str:
    return date.dotted if date else tidy(text)


def _upper_name(text: str) -> str:
    return tone_placement(tidy(text).upper(), "new")


def _digits(text: str) -> str:
    return re.sub(r"[^0-9]", "", text)


def _paper_number(text: str) -> str:
    """Digits, with the letter of a passport kept before them."""
    letter = re.search(r"(?<![^\W\d_])([A-Z])\s?[0-9]", tidy(text).upper())
    return (letter[1] if letter else "") + _digits(text)


def _without_blanks(text: str) -> str:
    return tidy(text).replace(" ", "")


_NORMAL_FORMS: dict[str, Callable[[str], str]] = {
    "date": lambda text: _dotted(parse_date(text), text),
    "year_or_date": lambda text: _dotted(parse_date(text), text),
    "date_words": lambda text: _dotted(parse_date_words(text), text),
    "gender": lambda text: gender_code(text) or tidy(text),
    "ethnic": lambda text: ethnic_group(text) or tidy(text),
    "name": _upper_name,
    "name_upper": _upper_name,
    "pid12": _digits,
    "id_number": _paper_number,
    "entry_no": _without_blanks,
    "paper_no": _without_blanks,
    "volume": _without_blanks,
    "number": _without_blanks,
}


def normal_form(kind: str, text: str) -> str:
    """The value as it is compared: dotted dates, gender codes, names in capitals. Never raises.

    A kind without a rule of its own, and a text that its rule cannot read, is tidied only.
    """
    return _NORMAL_FORMS.get(kind, tidy)(text)
