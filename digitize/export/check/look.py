"""The whole look at a package: every fault, in the order in which a person puts them right."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from digitize.errors import ExportRefused
from digitize.export.check.files import PackedPdf, against_manifest, pdfs_of
from digitize.export.check.kinds import KINDS, Fault, Severity
from digitize.export.check.opened import Opened, Row, opened
from digitize.export.check.rows import sheet_faults, template_of, value_faults
from digitize.export.entry_pdf import EntryPdfName, entry_pdf_name


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a package found."""

    stem: str
    template: str | None
    rows: int
    pdfs: int
    has_manifest: bool
    faults: tuple[Fault, ...]

    @property
    def errors(self) -> int:
        return sum(fault.kind.severity is Severity.ERROR for fault in self.faults)

    @property
    def warnings(self) -> int:
        return len(self.faults) - self.errors

    @property
    def counts(self) -> Counter[str]:
        """How many of each kind."""
        return Counter(fault.code for fault in self.faults)


def look_over(path: Path, password: str | None = None) -> Look:
    """Looks at a folder, one of a package's files or a bundle. Raises PackageUnusable, PackageLocked."""
    with opened(path, password) as package:
        pdfs, pdf_faults = pdfs_of(package)
        faults = [*package.faults, *against_manifest(package), *pdf_faults, *sheet_faults(package)]
        faults += [*rows_against_pdfs(package, pdfs), *value_faults(package)]
        order = list(KINDS)
        named = package.excel or package.pdfs
        return Look(
            stem=named.stem if named else path.stem,
            template=template_of(package.name.kind, package.header) if package.name and package.header else None,
            rows=len([row for row in package.rows if not row.is_blank]),
            pdfs=len(pdfs),
            has_manifest=package.manifest is not None,
            faults=tuple(sorted(faults, key=lambda fault: order.index(fault.code))),
        )


def rows_against_pdfs(package: Opened, pdfs: Sequence[PackedPdf]) -> Iterator[Fault]:
    """Every row has its PDF and every PDF its row; told only where both files could be read."""
    if package.name is None or package.excel is None or package.pdfs is None:
        return
    wanted = {row.number: _pdf_name(package, row) for row in package.rows if not row.is_blank}
    there = {_plain(pdf.name) for pdf in pdfs if pdf.name}
    for number, name in wanted.items():
        if name is not None and _plain(name) not in there:
            yield Fault("row_without_pdf", f"dòng {number}", f"Không có {name}.")
    known = {_plain(name) for name in wanted.values() if name}
    for pdf in pdfs:
        if pdf.name is None or _plain(pdf.name) not in known:
            yield Fault("pdf_without_row", pdf.packed, "Không có dòng nào mang số và ngày đăng ký này.")


def _pdf_name(package: Opened, row: Row) -> EntryPdfName | None:
    book = package.name
    assert book is not None
    day, number = row.texts.get("ngayDangKy", ""), row.texts.get("so", "")
    try:
        return entry_pdf_name(row.number, book.kind, book.year, str(book.volume), day, number)
    except ExportRefused:
        return None  # told as a missing number or date


def _plain(name: EntryPdfName) -> tuple[object, ...]:
    """Two habits of writing a number are one: "5" and "05"."""
    return name.kind, name.year_opened, name.volume, name.registered_on, name.number.lstrip("0").upper()
