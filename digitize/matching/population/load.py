"""Loading a population extract: row by row into a new file, the old extract kept until the end.

What was filled in before a power cut is taken up again when the same file is loaded once more.
"""

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from pathlib import Path

from digitize.books.dates import parse_date
from digitize.books.names import tidy
from digitize.books.personal_id import personal_id_digits
from digitize.errors import ExtractColumnMissing, ExtractError, ExtractIdDoubled
from digitize.matching.block import born_key
from digitize.matching.population.counting import count_names
from digitize.matching.population.encodings import UNICODE, to_unicode
from digitize.matching.population.sources import Row, rows_of
from digitize.matching.population.tables import CITIZEN_COLUMNS, INDEXES, SCHEMA
from digitize.matching.words import plain_name

BATCH = 20_000
TOLD_DOUBLES = 5
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
EXCEL_DAY = re.compile(r"\d{4,5}(?:\.0+)?")
LAST_YEAR = 2200  # a bare number up to this is a year, above it a day as Excel counts

ID, NAME, BORN, FATHER, MOTHER = map(
    CITIZEN_COLUMNS.index, ("personal_id", "full_name", "date_of_birth", "father_name", "mother_name")
)
Accepted = tuple[tuple[object, ...], tuple[object, ...]]  # the rows of `citizen` and `sought`


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was left out. `row` counts as a spreadsheet does: the header is row 1."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of a file. `converted`: rows that were not in Unicode, by the encoding that was recognised."""

    source: str
    rows: int  # loaded
    refused: tuple[RefusedRow, ...]
    converted: tuple[tuple[str, int], ...] = ()
    taken_up_from: int = 0  # row at which an interrupted load went on, 0 when it began anew


def load_extract(
    source: Path, database: Path, as_of: str = "", scope: str = "", progress: Callable[[int], None] | None = None
) -> LoadReport:
    """Replaces the extract in `database` by this file (CSV, .xlsx or .parquet); `progress` is told rows read.

    Raises ExtractColumnMissing, ExtractIdDoubled, ExtractError (unreadable, no usable row, another load under way);
    then the old extract stays.
    """
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = database.with_name(f"{database.name}.new")
    new.touch(mode=0o600)  # people's data: for the account that runs the program only
    with closing(sqlite3.connect(new, isolation_level=None)) as connection:
        _take_hold(connection)
        try:
            report = _fill(connection, source, as_of, scope, progress or (lambda rows: None))
        except ExtractError:
            new.unlink(missing_ok=True)
            raise
        except sqlite3.DatabaseError as cause:
            new.unlink(missing_ok=True)
            raise ExtractError("Phần đã nạp dở bị hỏng hoặc đĩa đầy; hãy nạp lại từ đầu.") from cause
    os.replace(new, database)
    return report


def _take_hold(connection: sqlite3.Connection) -> None:
    """Alone with the file: two loads at once would mix two extracts."""
    try:
        for setting in (
            "locking_mode = EXCLUSIVE",
            "journal_mode = DELETE",
            "synchronous = OFF",
            "cache_size = -100000",
        ):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
    except sqlite3.OperationalError as cause:
        raise ExtractError("Một lần nạp bản trích khác đang chạy; hãy đợi lần đó xong.") from cause


def _fill(
    connection: sqlite3.Connection, source: Path, as_of: str, scope: str, progress: Callable[[int], None]
) -> LoadReport:
    rows = rows_of(source)
    columns = _places(next(rows, (1, []))[1])
    taken_up_from = _take_up(connection, _fingerprint(source))
    _insert(connection, (row for row in rows if row[0] > taken_up_from), columns, progress)
    count = connection.execute("SELECT count(*) FROM citizen").fetchone()[0]
    refused = tuple(RefusedRow(*row) for row in connection.execute("SELECT * FROM refused ORDER BY row_number"))
    if count == 0:
        raise ExtractError(f"Bản trích không có dòng nào dùng được ({len(refused)} dòng bị loại).")
    _finish(connection, (source.name, datetime.now(UTC).isoformat(), count, as_of, scope))
    converted = tuple(connection.execute("SELECT encoding, rows FROM converted ORDER BY encoding"))
    return LoadReport(source.name, count, refused, converted, taken_up_from)


def _fingerprint(source: Path) -> str:
    told = source.stat()
    return f"{source.name} {told.st_size} {told.st_mtime_ns}"


def _take_up(connection: sqlite3.Connection, fingerprint: str) -> int:
    """The row up to which the same file has been filled in already; anything else is cleared away."""
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    if "filling" in tables:
        told = connection.execute("SELECT read_to FROM filling WHERE fingerprint = ?", (fingerprint,)).fetchone()
        if told:
            return int(told[0])
    connection.execute("BEGIN")
    for name in tables:
        connection.execute(f"DROP TABLE {name}")
    for statement in SCHEMA:
        connection.execute(statement)
    connection.execute("INSERT INTO filling VALUES (?, 0)", (fingerprint,))
    connection.execute("COMMIT")
    return 0


def _insert(
    connection: sqlite3.Connection, rows: Iterator[Row], columns: Sequence[int], progress: Callable[[int], None]
) -> None:
    """Each batch is kept together with how far it went."""
    texts, sought = (",".join("?" * many) for many in (len(CITIZEN_COLUMNS) + 1, 6))
    while batch := list(islice(rows, BATCH)):
        refused: list[tuple[int, str]] = []
        converted: Counter[str] = Counter()
        accepted = [kept for row in batch if (kept := _accepted(row, columns, refused, converted))]
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO citizen VALUES ({texts})", (kept[0] for kept in accepted))
        connection.executemany(f"INSERT INTO sought VALUES ({sought})", (kept[1] for kept in accepted))
        connection.executemany("INSERT INTO refused VALUES (?, ?)", refused)
        connection.executemany(
            "INSERT INTO converted VALUES (?, ?) ON CONFLICT DO UPDATE SET rows = rows + excluded.rows",
            converted.items(),
        )
        connection.execute("UPDATE filling SET read_to = ?", (batch[-1][0],))
        connection.execute("COMMIT")
        progress(batch[-1][0])


def _finish(connection: sqlite3.Connection, extract: tuple[object, ...]) -> None:
    connection.execute("BEGIN")
    for index in INDEXES:
        connection.execute(index)
    _demand_single_ids(connection)
    counts = count_names(connection.execute("SELECT full_name, gender FROM citizen"))
    connection.executemany(
        "INSERT INTO name_part VALUES (?, ?, ?, ?)",
        ((*part, word, people) for part, words in counts.items() for word, people in words.items()),
    )
    connection.execute("INSERT INTO extract VALUES (?, ?, ?, ?, ?)", extract)
    connection.execute("DELETE FROM filling")
    connection.execute("COMMIT")


def _places(header: list[str]) -> list[int]:
    """Where each column of a citizen stands in a row."""
    names = [tidy(name).lower() for name in header]
    absent = [column for column in CITIZEN_COLUMNS if column not in names]
    if absent:
        raise ExtractColumnMissing(f"Bản trích thiếu cột: {', '.join(absent)}.")
    return [names.index(column) for column in CITIZEN_COLUMNS]


def _accepted(
    row: Row, columns: Sequence[int], refused: list[tuple[int, str]], converted: Counter[str]
) -> Accepted | None:
    """The rows as the tables take them; what cannot be used goes to `refused`."""
    number, cells = row
    if len(cells) <= max(columns):
        refused.append((number, "dòng thiếu cột"))
        return None
    texts, encoding = to_unicode([cells[place] for place in columns])
    texts = [_tidy(text) for text in texts]
    texts[BORN], told = _dotted(texts[BORN]), texts[BORN]
    if reason := _reason_to_refuse(texts, told):
        refused.append((number, reason))
        return None
    if encoding != UNICODE:
        converted[encoding] += 1
    texts[ID] = personal_id_digits(texts[ID]) or ""
    born, name = born_key(texts[BORN]), plain_name(texts[NAME])
    parents = plain_name(texts[MOTHER]), plain_name(texts[FATHER])
    return (number, *texts), (born, number, name, name.split(" ")[-1], *parents)


def _reason_to_refuse(texts: Sequence[str], birth: str) -> str:
    if personal_id_digits(texts[ID]) is None:
        digits = re.sub(r"\D", "", texts[ID])
        if 9 <= len(digits) < 12 and digits == texts[ID]:
            return f"số định danh chỉ có {len(digits)} chữ số; có thể Excel đã bỏ số 0 ở đầu"
        return "số định danh không đủ 12 chữ số"
    if not texts[NAME]:
        return "thiếu họ tên"
    if birth and not texts[BORN]:
        return "ngày sinh không đọc được"
    return ""


@lru_cache(maxsize=100_000)
def _tidy(text: str) -> str:
    return tidy(text)


@lru_cache(maxsize=100_000)
def _dotted(text: str) -> str:
    """`dd.mm.yyyy`, `mm.yyyy` or `yyyy` of a date in ISO, a habit of the books or as Excel counts days; "" of none."""
    if EXCEL_DAY.fullmatch(text) and float(text) > LAST_YEAR:
        return (date(1899, 12, 30) + timedelta(days=int(float(text)))).strftime("%d.%m.%Y")
    iso = ISO_DATE.fullmatch(text)
    told = parse_date("/".join(reversed(iso.groups())) if iso else text)
    return told.dotted if told else ""


def _demand_single_ids(connection: sqlite3.Connection) -> None:
    """Names the rows, never the person."""
    doubled = (
        "SELECT group_concat(row_number, ' và ') FROM citizen GROUP BY personal_id HAVING count(*) > 1"
        f" LIMIT {TOLD_DOUBLES}"
    )
    rows = [row for (row,) in connection.execute(doubled)]
    if rows:
        raise ExtractIdDoubled(f"Bản trích có số định danh trùng ở các dòng: {'; '.join(rows)}.")
