"""What the desk shows of an entry: every field of its form in page order, with suggestion and doubt (pure)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from digitize.books.codelists import codes
from digitize.books.doubts import SAID
from digitize.books.entry import Candidate, Entry, Problem
from digitize.books.forms import Form
from digitize.books.rules import Finding, Weight, findings
from digitize.books.special import stated

SURE = 0.97  # a suggestion below it is doubtful; make bench-pages prints what other thresholds would let through


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field of an entry as the officer sees it."""

    column: str
    label: str
    kind: str
    text: str  # what a person typed, else the suggestion, else ""
    suggestion: Candidate | None
    human: bool  # the text was typed or confirmed by a person
    doubtful: bool
    options: Mapping[str, str]  # code -> meaning where the value is a code, else empty
    reasons: tuple[str, ...] = ()  # what speaks against the reading, for or against the text beside the others
    questioned: bool = False  # one of the reasons speaks against it


def fields_of(form: Form, entry: Entry, on_page: Sequence[Finding] = ()) -> tuple[FieldView, ...]:
    """The form's fields in page order, check boxes last; `on_page` is what the entry's neighbours show of it."""
    found = (*on_page, *findings(texts_of(form, entry)))
    return tuple(_field(form, entry, column, found) for column in form.columns())


def texts_of(form: Form, entry: Entry) -> dict[str, str]:
    """The texts as they stand on the desk, by column: what a person typed, else the suggestion."""
    shown = {column: entry.values.get(column) or entry.candidates.get(column) for column in form.columns()}
    return {column: stated(each.text) for column, each in shown.items() if each}


def warnings_of(found: Iterable[Finding]) -> tuple[Problem, ...]:
    """What the officer is told above the fields; it never stops her."""
    told = [finding for finding in found if finding.weight in (Weight.CONTRADICTION, Weight.UNUSUAL)]
    return tuple(dict.fromkeys(Problem(finding.code, finding.message) for finding in told))


def _field(form: Form, entry: Entry, column: str, found: Sequence[Finding]) -> FieldView:
    suggestion, value = entry.candidates.get(column), entry.values.get(column)
    kind = form.kind_of(column)
    found = [finding for finding in found if column in finding.columns]
    doubts = suggestion.doubts if suggestion and value is None else ()
    return FieldView(
        column=column,
        label=_label(form, column),
        kind=kind,
        text=value.text if value else suggestion.text if suggestion else "",
        suggestion=suggestion,
        human=value is not None,
        doubtful=value is None and suggestion is not None and suggestion.confidence < SURE,
        options=_options(form, column),
        reasons=(*(SAID[doubt] for doubt in doubts), *(finding.message for finding in found)),
        questioned=any(finding.weight is not Weight.AGREEMENT for finding in found),
    )


PART_LABELS = {  # columns of a composite value, by the end of their name
    "LoaiGiayToTuyThan": "Loại giấy tờ",
    "GiayToKhac": "Giấy tờ khác",
    "SoGiayToTuyThan": "Số giấy tờ",
    "NgayCapGiayToTuyThan": "Ngày cấp",
    "NoiCapGiayToTuyThan": "Nơi cấp",
    "chucVuNguoiKy": "Chức vụ người ký",
    "nguoiKy": "Người ký",
    "nktGioPhutChet": "Giờ, phút chết",
    "nktNgayChet": "Ngày chết",
    "gbtLoai": "Loại giấy báo tử",
    "gbtSo": "Số giấy báo tử",
    "cnDaiDienHoTen": "Đại diện cơ sở nuôi dưỡng",
    "cnDaiDienChucVu": "Chức vụ người đại diện",
    "quyetDinhSo": "Số quyết định",
    "quyetDinhNgay": "Ngày quyết định",
    "cdghGiamHoSo": "Số đăng ký giám hộ",
    "cdghGiamHoNgay": "Ngày đăng ký giám hộ",
    "nxnThoiGianCuTruTu": "Cư trú từ ngày",
    "nxnThoiGianCuTruDen": "Cư trú đến ngày",
    "HoTen": "Họ và tên",
    "NgaySinh": "Ngày sinh",
    "Tuoi": "Tuổi",
    "DanToc": "Dân tộc",
    "NgheNghiep": "Nghề nghiệp",
    "NoiCuTru": "Nơi ở",
    "QuanHe": "Quan hệ",
}
COLUMN_LABELS = {  # columns whose printed words do not say enough by themselves
    "loaiDangKy": "Loại đăng ký",
    "nksLoaiKhaiSinh": "Tình trạng cha, mẹ",
    "nktNhomTuoi": "Nhóm tuổi (ô đánh dấu)",
    "loaiXacNhan": "Loại xác nhận",
    "nxnLoaiMucDichSuDung": "Loại mục đích sử dụng",
    "ghLoai": "Loại giám hộ",
    "tdccLoai": "Loại thay đổi",
    "tdccSoGiayToHoTich": "Số giấy tờ hộ tịch",
    "tdccNgayCapGiayToHoTich": "Ngày cấp giấy tờ hộ tịch",
    "tdccNoiCapGiayToHoTich": "Nơi cấp giấy tờ hộ tịch",
}
LISTS = {  # column -> its code list
    "nksLoaiKhaiSinh": "birth_parents",
    "gbtLoai": "death_paper",
    "loaiXacNhan": "recognition",
    "nxnLoaiMucDichSuDung": "marital_purpose",
    "lhLoai": "divorce_note",
}
PERSONS = {  # whose field it is, by the beginning of the column; the person whom the entry is about goes unsaid
    "me": "mẹ",
    "cha": "cha",
    "vo": "người vợ",
    "chong": "người chồng",
    "nyc": "người đi khai",
    "cm": "cha hoặc mẹ",
    "nc": "người con",
    "ngh": "người giám hộ",
    "dgh": "người được giám hộ",
}


def _label(form: Form, column: str) -> str:
    """A label short enough for a column of the desk, telling whose it is."""
    printed = COLUMN_LABELS.get(column, form.label_of(column))
    if form.kind_of(column) == "part":
        printed = next((label for end, label in PART_LABELS.items() if column.endswith(end)), printed)
    person = next((person for prefix, person in PERSONS.items() if column.startswith(prefix)), "")
    return printed if not person or person in printed else f"{printed} ({person})"


def _options(form: Form, column: str) -> Mapping[str, str]:
    if column == "loaiDangKy":
        return codes(f"registration_{form.kind}")
    if column in LISTS:
        return codes(LISTS[column])
    if column.endswith("LoaiGiayToTuyThan"):
        return codes("id_paper")
    boxes = {box.code: box.label for box in form.checkboxes if box.field == column}
    return {"": "(không đánh dấu)"} | boxes if boxes else {}
