"""The ten kinds of civil-status book, in the order of the plan (II.3.1), each with its lane."""

from enum import StrEnum


class Lane(StrEnum):
    """Where the entries of a book are keyed."""

    POPULATION = "population"  # matched on the national population database first
    CIVIL_STATUS = "civil_status"  # keyed straight into the civil-status database


class BookKind(StrEnum):
    """Code of the book as used in file names; KS, KH, KT, CMC, HN are the Ministry's, the rest ours."""

    BIRTH = "KS"
    MARRIAGE = "KH"
    ADOPTION = "CN"
    DEATH = "KT"
    PARENT_CHILD = "CMC"
    MARITAL_STATUS = "HN"
    GUARDIANSHIP = "GH"
    GUARDIANSHIP_END = "CDGH"
    DIVORCE_NOTE = "LH"
    CHANGE = "TDCC"

    @property
    def priority(self) -> int:
        """1 for the kind that the plan takes first."""
        return list(BookKind).index(self) + 1

    @property
    def lane(self) -> Lane:
        return Lane.POPULATION if self in POPULATION_KINDS else Lane.CIVIL_STATUS

    @property
    def book_title(self) -> str:
        """Vietnamese name of the book."""
        return TITLES[self]


# The press reports "4 loại sổ trên nền CSDLQGDC"; that these are the four is believed, not read.
POPULATION_KINDS = frozenset({BookKind.BIRTH, BookKind.MARRIAGE, BookKind.ADOPTION, BookKind.DEATH})

TITLES = {
    BookKind.BIRTH: "Khai sinh",
    BookKind.MARRIAGE: "Kết hôn",
    BookKind.ADOPTION: "Nuôi con nuôi",
    BookKind.DEATH: "Khai tử",
    BookKind.PARENT_CHILD: "Nhận cha, mẹ, con",
    BookKind.MARITAL_STATUS: "Cấp giấy xác nhận tình trạng hôn nhân",
    BookKind.GUARDIANSHIP: "Giám hộ",
    BookKind.GUARDIANSHIP_END: "Chấm dứt giám hộ",
    BookKind.DIVORCE_NOTE: "Ghi chú ly hôn",
    BookKind.CHANGE: "Thay đổi, cải chính, bổ sung hộ tịch, xác định lại dân tộc",
}
