"""Kinds of field for what is told about quality: a few that people know, not the many of the forms (pure)."""

from enum import StrEnum

from digitize.books.forms import Form


class FieldKind(StrEnum):
    PERSONAL_NUMBER = "personal_number"
    NAME = "name"
    DATE = "date"
    ENTRY_NUMBER = "entry_number"
    CHOICE = "choice"
    PLACE = "place"
    OTHER = "other"


FIELD_KIND_TITLES = {
    FieldKind.PERSONAL_NUMBER: "Số định danh, số giấy tờ",
    FieldKind.NAME: "Họ tên",
    FieldKind.DATE: "Ngày tháng",
    FieldKind.ENTRY_NUMBER: "Số, quyển, trang",
    FieldKind.CHOICE: "Giới tính, dân tộc, quốc tịch, ô đánh dấu",
    FieldKind.PLACE: "Nơi chốn",
    FieldKind.OTHER: "Mục khác",
}

OF_KIND = {
    **dict.fromkeys(("pid12", "id_number"), FieldKind.PERSONAL_NUMBER),
    **dict.fromkeys(("name", "name_upper"), FieldKind.NAME),
    **dict.fromkeys(("date", "year_or_date", "date_words", "date_or_age", "datetime"), FieldKind.DATE),
    **dict.fromkeys(("entry_no", "number", "volume"), FieldKind.ENTRY_NUMBER),
    **dict.fromkeys(("gender", "ethnic", "nationality", "code", "relation"), FieldKind.CHOICE),
    "place": FieldKind.PLACE,
}
OF_PART = {  # the end of a column of a composite value
    "SoGiayToTuyThan": FieldKind.PERSONAL_NUMBER,
    "LoaiGiayToTuyThan": FieldKind.CHOICE,
    "NgayCapGiayToTuyThan": FieldKind.DATE,
    "HoTen": FieldKind.NAME,
    "nguoiKy": FieldKind.NAME,
    "NgaySinh": FieldKind.DATE,
    "NgayChet": FieldKind.DATE,
    "DanToc": FieldKind.CHOICE,
    "NoiCuTru": FieldKind.PLACE,
}


def field_kind(form: Form, column: str) -> FieldKind:
    """What kind of field a column of the form is."""
    kind = form.kind_of(column)
    if kind == "part":
        return next((of for end, of in OF_PART.items() if column.endswith(end)), FieldKind.OTHER)
    return OF_KIND.get(kind, FieldKind.OTHER)
