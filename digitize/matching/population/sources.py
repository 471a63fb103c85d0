"""The files in which an extract may be handed over: CSV, Excel, Parquet. Each gives a header and rows of texts."""

import codecs
import csv
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

from digitize.errors import ExtractError

Row = tuple[int, list[str]]  # counted as a spreadsheet does: the header is row 1

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def rows_of(path: Path) -> Iterator[Row]:
    """Every row that holds something, the header first. Raises ExtractError."""
    reader = {".xlsx": _excel, ".parquet": _parquet}.get(path.suffix.lower(), _csv)
    try:
        yield from reader(path)
    except (csv.Error, zipfile.BadZipFile, KeyError, ElementTree.ParseError, ValueError) as cause:
        raise ExtractError(f"Không đọc được tệp bản trích {path.suffix or 'CSV'}: {cause}.") from cause


def _csv(path: Path) -> Iterator[Row]:
    """Comma, semicolon or tab; UTF-8, UTF-16 or the eight bits of an old font."""
    with path.open(encoding=_encoding(path), newline="") as file:
        header = file.readline()
        file.seek(0)
        for number, row in enumerate(csv.reader(file, delimiter=max(",;\t", key=header.count)), start=1):
            if any(row):
                yield number, row


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(4)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        file.seek(0)
        return "utf-8-sig" if _is_utf8(file) else "cp1252"


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(1 << 20):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _parquet(path: Path) -> Iterator[Row]:
    try:
        from pyarrow.lib import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError as cause:
        raise ExtractError("Máy này chưa có pyarrow để đọc tệp Parquet; hãy xuất bản trích ra CSV.") from cause
    try:
        with ParquetFile(path) as file:
            yield 1, list(file.schema_arrow.names)
            number = 1
            for batch in file.iter_batches(10_000):
                for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                    number += 1
                    yield number, ["" if value is None else str(value) for value in values]
    except ArrowException as cause:
        raise ExtractError("Tệp Parquet hỏng hoặc không phải Parquet.") from cause


def _excel(path: Path) -> Iterator[Row]:
    """The first sheet; of a cell, the text that stands in it."""
    with zipfile.ZipFile(path) as book:
        shared = _shared_texts(book)
        names = sorted(name for name in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name))
        with book.open(names[0] if names else "xl/worksheets/sheet1.xml") as sheet:
            for _, element in ElementTree.iterparse(sheet):
                if element.tag == f"{_SHEET}row":
                    row = _cells(element, shared)
                    if any(row):
                        yield int(element.get("r", "0")), row
                    element.clear()


def _shared_texts(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    root = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in item.iter(f"{_SHEET}t")) for item in root.iter(f"{_SHEET}si")]


def _cells(row: ElementTree.Element, shared: list[str]) -> list[str]:
    texts: list[str] = []
    for cell in row.iter(f"{_SHEET}c"):
        place = _column(cell.get("r", "")) if cell.get("r") else len(texts)
        texts.extend([""] * (place - len(texts)))
        texts.append(_text(cell, shared))
    return texts


def _column(reference: str) -> int:
    place = 0
    for letter in re.sub(r"\d", "", reference):
        place = place * 26 + ord(letter) - 64
    return place - 1


def _text(cell: Any, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_SHEET}t"))
    value = cell.findtext(f"{_SHEET}v") or ""
    return shared[int(value)] if cell.get("t") == "s" else value
