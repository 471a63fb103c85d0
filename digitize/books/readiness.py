"""Readiness of a unit (plan V.2: place, equipment, line, staff) and the difficulties it raises."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Line(StrEnum):
    """The line to the network."""

    GOOD = "good"
    SLOW = "slow"
    NONE = "none"


class DifficultyKind(StrEnum):
    """What a difficulty is about; ours, for adding up."""

    EQUIPMENT = "equipment"
    LINE = "line"
    STAFF = "staff"
    PLACE = "place"
    BOOKS = "books"
    DATA = "data"
    SOFTWARE = "software"
    CUSTODY = "custody"
    MONEY = "money"
    OTHER = "other"


LINE_TITLES = {Line.GOOD: "Ổn định", Line.SLOW: "Chậm, chập chờn", Line.NONE: "Chưa có"}
DIFFICULTY_TITLES = {
    DifficultyKind.EQUIPMENT: "Máy quét, máy tính",
    DifficultyKind.LINE: "Đường truyền",
    DifficultyKind.STAFF: "Nhân lực",
    DifficultyKind.PLACE: "Địa điểm",
    DifficultyKind.BOOKS: "Sổ hư hỏng, chữ mờ, thiếu trang",
    DifficultyKind.DATA: "Dữ liệu sai lệch với CSDL quốc gia về dân cư",
    DifficultyKind.SOFTWARE: "Phần mềm",
    DifficultyKind.CUSTODY: "Giao, nhận, trả sổ",
    DifficultyKind.MONEY: "Kinh phí",
    DifficultyKind.OTHER: "Khác",
}


@dataclass(frozen=True, slots=True)
class Survey:
    """What a unit has for the work. Added, never changed: the newest of a unit counts."""

    unit_code: str
    unit_name: str
    has_place: bool
    a3_scanners: int
    other_scanners: int
    computers: int
    line: Line
    police_staff: int
    civil_status_staff: int
    note: str
    on: date
    by: str

    @property
    def lacking(self) -> tuple[str, ...]:
        """What the unit cannot begin without."""
        wanted = {
            "địa điểm": self.has_place,
            "máy quét A3": self.a3_scanners > 0,
            "máy tính": self.computers > 0,
            "đường truyền": self.line is not Line.NONE,
            "Công an": self.police_staff > 0,
            "công chức hộ tịch": self.civil_status_staff > 0,
        }
        return tuple(name for name, is_there in wanted.items() if not is_there)


@dataclass(frozen=True, slots=True)
class Difficulty:
    """Something that holds a unit up, open until somebody has answered."""

    difficulty_id: int
    unit_code: str
    unit_name: str
    kind: DifficultyKind
    text: str
    raised_by: str
    raised_at: datetime
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.answer is None
