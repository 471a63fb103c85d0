"""A whole entry matched, as the stable JSON that docs/cli.md tells of."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digitize.books.forms import get_form
from digitize.books.persons import persons_of
from digitize.errors import EntryFileInvalid
from digitize.matching.compare import Comparison
from digitize.matching.decide import GENDERED_ROLES, Judged, MatchResult, Outcome
from digitize.matching.family import match_family
from digitize.matching.population import Population
from digitize.matching.weigh import FAMILY, Evidence

_PREFIXES = {
    **{"child": "nks", "mother": "me", "father": "cha", "husband": "chong", "wife": "vo", "deceased": "nkt"},
    **{"adopted": "cn", "adoptive_mother": "meNuoi", "adoptive_father": "chaNuoi", "declarant": "nyc"},
}
_SUFFIXES = {
    "name": "HoTen",
    "birth": "NgaySinh",
    "gender": "GioiTinh",
    "ethnic": "DanToc",
    "nationality": "QuocTich",
    "place_of_birth": "NoiSinh",
    "hometown": "QueQuan",
    "personal_id": "SoGiayToTuyThan",
}
_CHILD_COLUMNS = {
    "mother_name": "meHoTen",
    "mother_birth": "meNgaySinh",
    "father_name": "chaHoTen",
    "father_birth": "chaNgaySinh",
    "personal_id": "nksSoDinhDanh",
}


@dataclass(frozen=True, slots=True)
class EntryToMatch:
    """An entry as given in a file: texts by the Ministry's column."""

    entry_id: str | int
    form_id: str
    fields: Mapping[str, str]


def column_of(role: str, field: str) -> str:
    """The Ministry's column of the book's side of a comparison; `field` is an attribute of Person."""
    if role == "child" and field in _CHILD_COLUMNS:
        return _CHILD_COLUMNS[field]
    return _PREFIXES[role] + _SUFFIXES[field]


def match_entry(
    entry_id: str | int, form_id: str, fields: Mapping[str, str], population: Population, with_declarant: bool = False
) -> dict[str, Any]:
    """Every person of an entry looked up; `fields` maps columns to texts. Raises FormUnknown, ExtractMissing."""
    persons = persons_of(get_form(form_id).kind, fields, with_declarant)
    results = match_family(persons, population)
    return {"id": entry_id, "form": form_id, "persons": [_told(result) for result in results]}


def read_entries(path: Path) -> Iterator[EntryToMatch]:
    """The entries of a file: one JSON object, or one object a line. Raises EntryFileInvalid naming the line."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as cause:
        raise EntryFileInvalid("Tệp không ở bảng mã UTF-8.") from cause
    try:
        yield parse_entry(json.loads(text), 1)
    except json.JSONDecodeError as cause:
        if cause.msg != "Extra data":
            raise EntryFileInvalid(f"Dòng {cause.lineno} không phải JSON hợp lệ.") from cause
        yield from _lines(text)


def parse_entry(raw: object, line: int) -> EntryToMatch:
    """Checks the shape `{"id", "form", "fields": {column: {"text"}}}`. Raises EntryFileInvalid."""
    match raw:
        case {"id": str() | int() as entry_id, "form": str(form_id), "fields": dict(fields)}:
            return EntryToMatch(entry_id, form_id, {key: _text(key, value, line) for key, value in fields.items()})
    raise EntryFileInvalid(f"Dòng {line}: mỗi trường hợp phải có đủ «id», «form» và «fields».")


def _lines(text: str) -> Iterator[EntryToMatch]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield parse_entry(_object(line, number), number)


def _object(line: str, number: int) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as cause:
        raise EntryFileInvalid(f"Dòng {number} không phải JSON hợp lệ.") from cause


def _text(key: str, value: object, line: int) -> str:
    match value:
        case {"text": str(text)}:
            return text
        case {"text": None}:
            return ""
    raise EntryFileInvalid(f'Dòng {line}: trường «{key}» phải có dạng {{"text": "..."}}.')


def _told(result: MatchResult) -> dict[str, Any]:
    found = result.outcome in (Outcome.CONSISTENT, Outcome.DISCREPANT)
    return {
        "role": result.role,
        "outcome": result.outcome.value,
        "personal_id": result.personal_id if found else None,
        "score": result.score,
        "margin": result.margin,
        "candidates": [_candidate(result.role, judged) for judged in result.candidates],
        "differences": [_difference(result.role, comparison) for comparison in result.differences],
    }


def _candidate(role: str, judged: Judged) -> dict[str, Any]:
    """With her evidence: what either side tells, in the order of the fields, and what the family adds."""
    pairs = zip(judged.comparisons, judged.evidence, strict=True)
    found = [_finding(role, *pair) for pair in pairs if _is_told(role, *pair)]
    family = [{"field": FAMILY, "bits": e.bits, "why": e.why} for e in judged.told if e.field == FAMILY]
    return {"personal_id": judged.citizen.personal_id, "score": judged.score, "evidence": found + family}


def _is_told(role: str, comparison: Comparison, evidence: Evidence) -> bool:
    """The book is silent on much that the extract knows of grown-ups, and the role tells a parent's gender."""
    if comparison.field == "gender" and role in GENDERED_ROLES:
        return False
    return bool(comparison.book.strip()) or evidence.bits != 0


def _finding(role: str, comparison: Comparison, evidence: Evidence) -> dict[str, Any]:
    return {
        "field": column_of(role, comparison.field),
        "agreement": comparison.agreement.value,
        "bits": evidence.bits,
        "book": comparison.book,
        "population": comparison.population,
        "why": evidence.why,
    }


def _difference(role: str, comparison: Comparison) -> dict[str, str]:
    return {
        "field": column_of(role, comparison.field),
        "kind": comparison.kind.value,
        "book": comparison.book,
        "population": comparison.population,
        "why": comparison.verdict.why,
    }
