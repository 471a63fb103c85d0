"""Ditto marks of ledgers ("nt", "như trên"): kept as they are written, what they stand for is only offered (pure)."""

from collections.abc import Mapping, Sequence

from digitize.books.names import unaccented
from digitize.books.rules import Finding, Weight

WRITTEN = frozenset({"nt", "n t", "n.t", "nhu tren", '"', "''", "”", "〃", "-nt-"})


def is_ditto(text: str) -> bool:
    """Whether the text says only that the row above holds the value."""
    return unaccented(text).strip(" .,-") in WRITTEN or text.strip() in WRITTEN


def meant_by_ditto(rows: Sequence[Mapping[str, str]]) -> tuple[dict[str, str], ...]:
    """For each row, top to bottom: column -> text that its ditto mark stands for, where a row above tells it."""
    meant: list[dict[str, str]] = []
    last: dict[str, str] = {}
    for texts in rows:
        meant.append({column: last[column] for column, text in texts.items() if is_ditto(text) and column in last})
        last |= {column: text for column, text in texts.items() if text and not is_ditto(text)}
    return tuple(meant)


def dittos_on_page(rows: Sequence[Mapping[str, str]]) -> tuple[tuple[Finding, ...], ...]:
    """For each entry of a page, top to bottom, what the officer should know of its ditto marks."""
    return tuple(
        tuple(
            Finding((column,), Weight.UNUSUAL, "ditto", f"Sổ ghi «như trên»; dòng trên ghi: «{text}».")
            for column, text in meant.items()
        )
        for meant in meant_by_ditto(rows)
    )
