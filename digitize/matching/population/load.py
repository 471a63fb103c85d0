"""Loading a population extract from CSV: row by row, all or nothing, the old extract kept until the end."""

import csv
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, func, insert, select
from sqlalchemy.schema import CreateTable

from digitize.books.dates import parse_date
from digitize.books.names import tidy
from digitize.books.personal_id import personal_id_digits
from digitize.errors import ExtractColumnMissing, ExtractError, ExtractIdDoubled
from digitize.matching.block import keys_of_citizen
from digitize.matching.population import Citizen
from digitize.matching.population.tables import CITIZEN, CITIZEN_COLUMNS, EXTRACT, INDEXES

BATCH = 5000
TOLD_DOUBLES = 5
ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00)?)?")


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was left out. `row` counts as a spreadsheet does: the header is row 1."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of a CSV file."""

    source: str
    rows: int  # loaded
    refused: tuple[RefusedRow, ...]


def load_extract(csv_path: Path, database: Path) -> LoadReport:
    """Replaces the extract in `database` by this CSV file (UTF-8, comma or semicolon).

    Raises ExtractColumnMissing, ExtractIdDoubled, ExtractError (not UTF-8, not CSV, no row); then the old
    extract stays.
    """
    database.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = database.with_name(f"{database.name}.{os.getpid()}.new")
    try:
        report = _fill(csv_path, new)
        os.replace(new, database)
    finally:
        new.unlink(missing_ok=True)
    return report


def _fill(csv_path: Path, new: Path) -> LoadReport:
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)  # people's data: for the account that runs the program only
    refused: list[RefusedRow] = []
    engine = create_engine(URL.create("sqlite", database=str(new)))
    try:
        with engine.begin() as connection:
            connection.execute(CreateTable(CITIZEN))
            connection.execute(CreateTable(EXTRACT))
            rows = _insert(connection, csv_path, refused)
            if rows == 0:
                raise ExtractError(f"Bản trích không có dòng nào dùng được ({len(refused)} dòng bị loại).")
            _demand_single_ids(connection)
            info = {"source": csv_path.name, "loaded_at": datetime.now(UTC), "rows": rows}
            connection.execute(insert(EXTRACT), info)
    finally:
        engine.dispose()
    return LoadReport(csv_path.name, rows, tuple(refused))


def _insert(connection: Connection, csv_path: Path, refused: list[RefusedRow]) -> int:
    """Indexes come last: filling is faster without."""
    rows = 0
    accepted = _accepted(csv_path, refused)
    while batch := list(islice(accepted, BATCH)):
        connection.execute(insert(CITIZEN), batch)
        rows += len(batch)
    for index in INDEXES:
        index.create(connection)
    return rows


def _accepted(csv_path: Path, refused: list[RefusedRow]) -> Iterator[dict[str, object]]:
    """Rows as the table takes them; what cannot be used goes to `refused`."""
    for number, row in _rows(csv_path):
        reason = _reason_to_refuse(row)
        if reason:
            refused.append(RefusedRow(number, reason))
            continue
        citizen = _citizen(row)
        yield {"row_number": number, **asdict(citizen), **asdict(keys_of_citizen(citizen))}


def _rows(csv_path: Path) -> Iterator[tuple[int, Mapping[str, str]]]:
    try:
        with csv_path.open(encoding="utf-8-sig", newline="") as file:
            header = file.readline()
            file.seek(0)
            reader = csv.reader(file, delimiter=";" if header.count(";") > header.count(",") else ",")
            columns = [tidy(name).lower() for name in next(reader, [])]
            _demand_columns(columns)
            for number, row in enumerate(reader, start=2):
                if any(row):
                    yield number, dict(zip(columns, row, strict=False))
    except UnicodeDecodeError as cause:
        raise ExtractError("Tệp CSV không ở bảng mã UTF-8; hãy xuất lại với bảng mã UTF-8.") from cause
    except csv.Error as cause:
        raise ExtractError(f"Không đọc được tệp CSV: {cause}.") from cause


def _demand_columns(columns: list[str]) -> None:
    absent = [column for column in CITIZEN_COLUMNS if column not in columns]
    if absent:
        raise ExtractColumnMissing(f"Bản trích thiếu cột: {', '.join(absent)}.")


def _reason_to_refuse(row: Mapping[str, str]) -> str:
    if len(row) < len(CITIZEN_COLUMNS):
        return "dòng thiếu cột"
    if personal_id_digits(row["personal_id"]) is None:
        return "số định danh không đủ 12 chữ số"
    if not tidy(row["full_name"]):
        return "thiếu họ tên"
    if tidy(row["date_of_birth"]) and not _dotted(row["date_of_birth"]):
        return "ngày sinh không đọc được"
    return ""


def _citizen(row: Mapping[str, str]) -> Citizen:
    texts = {column: tidy(row[column]) for column in CITIZEN_COLUMNS}
    texts["personal_id"] = personal_id_digits(texts["personal_id"]) or ""
    texts["date_of_birth"] = _dotted(texts["date_of_birth"])
    return Citizen(**texts)


def _dotted(text: str) -> str:
    """A date in ISO or any habit of the books as `dd.mm.yyyy`, `mm.yyyy`, `yyyy`; "" when it is none."""
    iso = ISO_DATE.fullmatch(tidy(text))
    date = parse_date("/".join(reversed(iso.groups())) if iso else text)
    return date.dotted if date else ""


def _demand_single_ids(connection: Connection) -> None:
    """Names the rows, never the person."""
    doubled = (
        select(func.group_concat(CITIZEN.c.row_number, " và "))
        .group_by(CITIZEN.c.personal_id)
        .having(func.count() > 1)
        .limit(TOLD_DOUBLES)
    )
    rows = connection.execute(doubled).scalars().all()
    if rows:
        raise ExtractIdDoubled(f"Bản trích có số định danh trùng ở các dòng: {'; '.join(rows)}.")
