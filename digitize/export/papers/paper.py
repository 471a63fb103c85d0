"""What an administrative paper says, apart from how it is written (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Cell = str | int | float | None

COUNTRY, MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head. Numbers stand to the right; `strong` are the rows that are sums, `centred` columns, from 0."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]  # relative
    caption: str = ""
    strong: tuple[int, ...] = ()
    centred: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part: its heading, paragraphs, then tables, then what follows from them."""

    heading: str = ""
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who sends and signs; every word can be changed by the sender."""

    superior: str = ""  # cơ quan chủ quản
    issuer: str = ""
    number: str = ""  # "     /BC-CAT"; blank to be filled in by the registry
    place: str = ""
    addressee: str = ""  # Kính gửi
    recipients: tuple[str, ...] = ()
    signer_title: str = ""
    signer: str = ""

    @property
    def listed(self) -> list[str]:
        """The recipients as they are listed: "- Như trên;", the last with a full stop."""
        last = len(self.recipients) - 1
        return [f"- {name.rstrip('.;')}{'.' if at == last else ';'}" for at, name in enumerate(self.recipients)]


@dataclass(frozen=True, slots=True)
class Signature:
    """One of several who sign."""

    title: str
    name: str = ""
    note: str = "(Ký, ghi rõ họ tên)"


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. With `signatures` several people sign it; else the letterhead's signer, beside the recipients."""

    letterhead: Letterhead
    day: date
    kind: str  # "BÁO CÁO"
    subject: str  # trích yếu
    sections: Sequence[Section] = ()
    signatures: tuple[Signature, ...] = ()
    landscape: bool = False

    @property
    def dated(self) -> str:
        """ "Yên Bái, ngày 15 tháng 11 năm 2026": days below ten and January, February with a nought."""
        month = f"{self.day.month:02d}" if self.day.month < 3 else str(self.day.month)
        told = f"ngày {self.day.day:02d} tháng {month} năm {self.day.year}"
        return f"{self.letterhead.place}, {told}" if self.letterhead.place else told.capitalize()


def alignment(table: Table, column: int) -> str:
    """ "center", "left" where the column holds words, else "right"."""
    if column in table.centred:
        return "center"
    words = any(isinstance(row[column], str) and row[column] for row in table.rows)
    return "left" if words else "right"


def told(cell: Cell) -> str:
    """A cell as text: 12345 -> "12.345", 0.815 -> "81,5 %", None -> "-"."""
    match cell:
        case None:
            return "-"
        case int():
            return f"{cell:,}".replace(",", ".")
        case float():
            return f"{100 * cell:.1f} %".replace(".", ",")
    return cell
