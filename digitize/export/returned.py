"""The file that comes back from the national software, set against what was handed over, entry by entry (pure).

Its form is not published. What is read: the columns that were handed over, found by number and day of registration,
with the personal IDs filled in, and where there are such columns what became of the row ("ketQua") and why ("lyDo").
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from digitize.books.dates import parse_date
from digitize.books.handover import ResultOutcome
from digitize.books.names import name_key, unaccented
from digitize.books.personal_id import personal_id_digits
from digitize.errors import InputError
from digitize.export.check.opened import Row

RESULT_COLUMNS = ("ketqua", "trangthai", "tinhtrang")
REASON_COLUMNS = ("lydo", "ghichuketqua", "loi")
REFERENCE_COLUMNS = ("mahoso", "mabanghi", "idhethong")
REFUSED, DOUBLED = ("tu choi", "loi", "khong hop le", "khong thanh cong", "that bai"), ("trung", "da co", "da ton tai")
NOT_COMPARED = ("STT", "so")  # besides personal IDs: what each side counts for itself, and what rows are found by


class Fit(StrEnum):
    """How a returned row and an entry stand to each other."""

    SAME = "same"
    DIFFERENT = "different"  # found, but some columns are not as they were handed over
    CONFLICT = "conflict"  # a personal ID differs from the one handed over, or is none
    MISSING = "missing"  # handed over, and not in the file
    UNKNOWN = "unknown"  # in the file, and not handed over
    DOUBLED = "doubled"  # the file has it twice


FIT_TITLES = {
    Fit.SAME: "Khớp",
    Fit.DIFFERENT: "Khớp, có cột khác nội dung đã bàn giao",
    Fit.CONFLICT: "Số định danh mâu thuẫn hoặc sai",
    Fit.MISSING: "Không có trong tệp trả về",
    Fit.UNKNOWN: "Không có trong sổ đã bàn giao",
    Fit.DOUBLED: "Có hai dòng trong tệp trả về",
}


@dataclass(frozen=True, slots=True)
class Reconciled:
    """One entry, or one row that fits none. `differing` names columns."""

    fit: Fit
    entry_id: int | None
    row: int | None  # as Excel counts
    number: str
    outcome: ResultOutcome | None = None
    personal_ids: Mapping[str, str] | None = None
    reference: str = ""
    note: str = ""
    differing: tuple[str, ...] = ()

    @property
    def can_be_recorded(self) -> bool:
        return self.fit in (Fit.SAME, Fit.DIFFERENT) and self.entry_id is not None


Key = tuple[str, str]


def reconcile(rows: Sequence[Row], handed_over: Mapping[int, Mapping[str, str]]) -> tuple[Reconciled, ...]:
    """Every entry handed over and every row of the file, each told once. `handed_over`: rows by entry.

    Raises InputError when the file lacks the columns by which entries are found.
    """
    if rows and not {"so", "ngayDangKy"} <= rows[0].texts.keys():
        raise InputError("Tệp trả về thiếu cột so hoặc ngayDangKy nên không tìm được trường hợp.")
    there: dict[Key, list[Row]] = {}
    for row in rows:
        if not row.is_blank:
            there.setdefault(_key(row.texts), []).append(row)
    known = {_key(texts) for texts in handed_over.values()}
    told = [_of_entry(entry_id, texts, there.get(_key(texts), [])) for entry_id, texts in handed_over.items()]
    return (*told, *_strangers(there, known))


def _of_entry(entry_id: int, texts: Mapping[str, str], rows: Sequence[Row]) -> Reconciled:
    number = texts.get("so", "")
    if not rows:
        return Reconciled(Fit.MISSING, entry_id, None, number)
    row = rows[0]
    if len(rows) > 1:
        return Reconciled(Fit.DOUBLED, entry_id, row.number, number)
    ids = {column: text for column, text in row.texts.items() if "SoDinhDanh" in column and text}
    wrong = tuple(column for column, text in ids.items() if _contradicts(text, texts.get(column, "")))
    differing = tuple(c for c in texts if _is_compared(c) and c in row.texts and not _same(texts[c], row.texts[c]))
    outcome, note = _outcome(row)
    fit = Fit.CONFLICT if wrong else Fit.DIFFERENT if differing else Fit.SAME
    reference = _first(row, REFERENCE_COLUMNS)
    return Reconciled(fit, entry_id, row.number, number, outcome, ids, reference, note, wrong or differing)


def _strangers(there: Mapping[Key, Sequence[Row]], known: set[Key]) -> Iterator[Reconciled]:
    for key, rows in there.items():
        if key not in known:
            yield from (Reconciled(Fit.UNKNOWN, None, row.number, row.texts.get("so", "")) for row in rows)


def _key(texts: Mapping[str, str]) -> Key:
    day = parse_date(texts.get("ngayDangKy", ""))
    return texts.get("so", "").split("/")[0].strip().lstrip("0"), day.dotted if day else texts.get("ngayDangKy", "")


def _contradicts(returned: str, ours: str) -> bool:
    digits = personal_id_digits(returned)
    return digits is None or (bool(ours) and digits != personal_id_digits(ours))


def _is_compared(column: str) -> bool:
    return column not in NOT_COMPARED and "SoDinhDanh" not in column


def _same(ours: str, theirs: str) -> bool:
    own, other = parse_date(ours), parse_date(theirs)
    return own == other if own and other else name_key(ours) == name_key(theirs)


def _outcome(row: Row) -> tuple[ResultOutcome, str]:
    """What the file says became of the row; a row that says nothing was taken in: it came back."""
    said, reason = unaccented(_first(row, RESULT_COLUMNS)), _first(row, REASON_COLUMNS)
    if any(word in said for word in REFUSED):
        return ResultOutcome.REFUSED, reason or _first(row, RESULT_COLUMNS)
    return (ResultOutcome.DOUBLED if any(word in said for word in DOUBLED) else ResultOutcome.ACCEPTED), reason


def _first(row: Row, names: Sequence[str]) -> str:
    plain = {"".join(filter(str.isalnum, unaccented(column))): text for column, text in row.texts.items()}
    return next((plain[name] for name in names if plain.get(name)), "")
