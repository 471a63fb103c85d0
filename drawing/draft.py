"""Fills one page step by step: what goes into a blank and what a reader should find there stay together."""

from dataclasses import dataclass, field
from datetime import date

from drawing.habits import PAPER_CODES, Habits, IdPaper
from drawing.people import Person
from drawing.writing import Writing


@dataclass(frozen=True, slots=True)
class Registration:
    """The act that the page records, and who signed it."""

    number: str
    volume: str
    page: str
    day: date
    signer: str
    signer_title: str
    clerk: str
    habits: Habits
    note: str = ""


@dataclass(slots=True)
class Draft:
    """A page being filled in one clerk's hand."""

    habits: Habits
    blanks: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    ticked: list[str] = field(default_factory=list)
    signed: dict[str, str] = field(default_factory=dict)

    def put(self, column: str, text: str) -> None:
        """A value that is one column; an empty text leaves the blank empty."""
        if text:
            self.blanks[column] = self.fields[column] = text

    def put_day(self, column: str, day: date) -> None:
        self.put(column, self.habits.write_day(day))

    def put_parts(self, blank: str, text: str, parts: dict[str, str]) -> None:
        """A composite: one text on the page, several columns; empty parts are left out."""
        self.blanks[blank] = text
        self.fields.update({column: part for column, part in parts.items() if part})

    def put_paper(self, prefix: str, paper: IdPaper | None) -> None:
        """The identity paper of the person whose columns begin with `prefix`."""
        if paper is None:
            return
        parts = {
            f"{prefix}LoaiGiayToTuyThan": PAPER_CODES[paper.paper],
            f"{prefix}SoGiayToTuyThan": paper.number,
            f"{prefix}NgayCapGiayToTuyThan": self.habits.write_day(paper.issued),
            f"{prefix}NoiCapGiayToTuyThan": paper.authority,
        }
        self.put_parts(f"{prefix}GiayTo", self.habits.write_paper(paper), parts)

    def put_origin(self, prefix: str, person: Person, ethnicity: str = "") -> None:
        """Ethnic group and nationality; `ethnicity` where the clerk wrote another name of the group."""
        self.put(f"{prefix}DanToc", ethnicity or person.ethnicity)
        self.put(f"{prefix}QuocTich", person.nationality)

    def put_registration(self, registration: Registration) -> None:
        """What every form asks for: number, volume, page, day, signer, clerk, note."""
        self.put("so", registration.number)
        self.put("quyenSo", registration.volume)
        self.put("trangSo", registration.page)
        self.put_day("ngayDangKy", registration.day)
        self.put("nguoiThucHien", registration.clerk)
        self.put("ghiChu", registration.note)
        signer = self.habits.write_signer(registration.signer, registration.signer_title)
        parts = {"nguoiKy": registration.signer, "chucVuNguoiKy": registration.signer_title}
        self.put_parts("nguoiKy+chucVuNguoiKy", signer, parts)

    def tick(self, label: str, column: str, code: str) -> None:
        self.ticked.append(label)
        self.fields[column] = code

    def finish(self, form_id: str) -> Writing:
        return Writing(form_id, self.blanks, self.fields, tuple(self.ticked), self.signed)
