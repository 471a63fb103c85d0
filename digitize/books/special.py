"""Values of their own: what a field is when it states nothing that could be copied (pure).

They are kept as text in square brackets, with an officer's note behind a colon: "[không đọc được: mực nhòe]".
The book's own writing never looks so, a person reads it without a key, and whoever uses values asks `stated`.
"""

import re
from enum import StrEnum


class Special(StrEnum):
    """Why there is nothing to copy; the text is what stands in the brackets."""

    ILLEGIBLE = "không đọc được"
    BLANK = "để trống"
    STRUCK = "gạch bỏ"


_WRITTEN = re.compile(rf"\s*\[({'|'.join(Special)})\s*:?\s*(.*?)\s*\]\s*", re.S)


def special_of(text: str) -> tuple[Special, str] | None:
    """Which special value a text is, and its note ("" without one); None for everything else."""
    found = _WRITTEN.fullmatch(text)
    return (Special(found[1]), found[2]) if found else None


def written(special: Special, note: str = "") -> str:
    """The special value as text."""
    return f"[{special}: {note}]" if note else f"[{special}]"


def stated(text: str) -> str:
    """What the book states in the field, for rules, matching and export: nothing where the value is a special one."""
    return "" if special_of(text) else text
