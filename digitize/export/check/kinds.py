"""The kinds of fault that a package can have, each with what to do about it. docs/package.md lists the same."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    ERROR = "error"  # must not be handed over
    WARNING = "warning"  # may be right in the book; a person looks


@dataclass(frozen=True, slots=True)
class FaultKind:
    severity: Severity
    title: str
    advice: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `place`: a file, or row and column of the Excel; it holds no personal data."""

    code: str
    place: str
    message: str

    @property
    def kind(self) -> FaultKind:
        return KINDS[self.code]


def _error(title: str, advice: str) -> FaultKind:
    return FaultKind(Severity.ERROR, title, advice)


def _warning(title: str, advice: str) -> FaultKind:
    return FaultKind(Severity.WARNING, title, advice)


KINDS: dict[str, FaultKind] = {
    # the files
    "file_missing": _error("Thiếu tệp của gói", "Gửi đủ tệp .xlsx và tệp .zip cùng tên."),
    "file_unreadable": _error("Tệp hỏng, không mở được", "Chép lại từ bản gốc; vẫn hỏng thì lập lại gói."),
    "file_name": _error("Tên tệp sai mẫu", "Đặt tên <đơn vị>-<Loại>.<Năm>.<Quyển>, ví dụ xã Suối Mơ-KS.2017.01.xlsx."),
    "file_names_differ": _error("Tên tệp .xlsx và .zip khác nhau", "Đặt cùng một tên cho hai tệp của một quyển sổ."),
    "manifest_unreadable": _error("Tệp kê khai không đọc được", "Lập lại gói, không sửa tệp .json bằng tay."),
    "file_altered": _error("Tệp khác với bản kê khai (SHA-256)", "Không dùng gói này; xin lại gói từ người phát hành."),
    "count_altered": _error("Số lượng khác với bản kê khai", "Không dùng gói này; xin lại gói từ người phát hành."),
    "trial_package": _error("Gói thử, chưa đủ cả quyển", "Hoàn thành quyển sổ rồi lập gói chính thức."),
    # the zip and its PDFs
    "pdf_name": _error("Tên PDF sai mẫu", "Đặt tên <Loại>.<Năm>.<Quyển>.<yyyy-mm-dd>.<Số>.pdf."),
    "pdf_of_other_book": _error("PDF của quyển sổ khác", "Chuyển PDF về gói của đúng quyển sổ."),
    "pdf_in_folder": _error("PDF nằm trong thư mục con", "Để mọi PDF ngay trong tệp zip, không có thư mục."),
    "pdf_name_doubled": _error("Hai PDF cùng tên", "Xem lại số và ngày đăng ký của hai trường hợp."),
    "pdf_unreadable": _error("PDF hỏng hoặc đặt mật khẩu", "Tạo lại PDF từ ảnh quét."),
    "pdf_empty": _error("PDF không có ảnh trang sổ", "Tạo lại PDF từ ảnh quét."),
    "pdf_too_heavy": _error(
        "PDF nặng hơn 200 kB mỗi trang A4", "Nén lại ảnh: JPEG màu, khoảng 100-200 kB mỗi trang A4."
    ),
    "pdf_not_colour": _warning("Ảnh trong PDF không phải ảnh màu", "Quét lại ở chế độ màu nếu sổ còn ở đơn vị."),
    "pdf_same_picture": _warning(
        "Nhiều PDF cùng một ảnh", "Đúng nếu một trang có nhiều trường hợp; nếu không, gắn lại ảnh."
    ),
    "pdf_signed": _warning("PDF có chữ ký số", "Gói không cần chữ ký số; giao PDF không ký."),
    # rows against PDFs
    "row_without_pdf": _error("Dòng không có PDF", "Bổ sung PDF, hoặc sửa số, ngày đăng ký cho khớp tên PDF."),
    "pdf_without_row": _error("PDF không có dòng", "Nhập trường hợp còn thiếu, hoặc bỏ PDF thừa."),
    # the sheet
    "sheet_empty": _error("Bảng không có trường hợp nào", "Xuất lại sổ."),
    "column_missing": _error("Thiếu cột của mẫu", "Xuất lại theo đúng mẫu cột."),
    "column_unknown": _error("Cột không có trong mẫu", "Bỏ cột lạ, hoặc sửa tên cột cho đúng mẫu."),
    "column_order": _error("Cột sai thứ tự", "Xếp lại các cột theo đúng mẫu."),
    "column_doubled": _error("Hai cột cùng tên", "Giữ lại một cột."),
    "row_blank": _error("Dòng trống giữa bảng", "Xóa dòng trống."),
    "cell_not_text": _error("Ô không phải dạng văn bản", "Định dạng ô là văn bản; số và ngày có thể đã mất số 0."),
    "text_damaged": _error("Chữ bị hỏng phông hoặc có ký tự lạ", "Nhập lại bằng Unicode dựng sẵn."),
    # what the rows say
    "number_missing": _error("Thiếu số đăng ký", "Ghi số đúng như trong sổ."),
    "number_doubled": _error("Trùng số đăng ký", "Xem lại hai trang sổ; trong một quyển mỗi số chỉ có một lần."),
    "number_gap": _warning("Số đăng ký không liên tục", "Xem sổ có trang bị sót không; nếu sổ ghi như thế thì giữ."),
    "name_missing": _error("Thiếu họ tên người được đăng ký", "Ghi họ, chữ đệm, tên đúng như trong sổ."),
    "place_missing": _error("Thiếu nơi đăng ký", "Ghi cơ quan đăng ký hộ tịch đúng như bìa sổ."),
    "registration_date": _error("Thiếu hoặc sai ngày đăng ký", "Ghi đủ ngày.tháng.năm đăng ký."),
    "date_unreadable": _warning(
        "Ngày không đọc được", "Dùng dd.mm.yyyy, mm.yyyy hoặc yyyy; sổ ghi khác thì giữ như sổ."
    ),
    "date_not_dotted": _warning("Ngày không viết theo mẫu dd.mm.yyyy", "Viết lại bằng dấu chấm, đủ hai chữ số."),
    "dates_backwards": _warning("Ngày đăng ký lùi so với số trước", "Xem lại ngày hoặc số trong sổ."),
    "date_words": _warning("Ngày bằng số khác ngày bằng chữ", "Xem lại chữ trong sổ; sổ ghi như thế thì giữ."),
    "registered_before": _warning(
        "Ngày đăng ký trước ngày xảy ra sự kiện", "Xem lại chữ trong sổ; sổ ghi như thế thì giữ."
    ),
    "died_before_birth": _warning("Ngày chết trước ngày sinh", "Xem lại chữ trong sổ; sổ ghi như thế thì giữ."),
    "volume_differs": _error(
        "Quyển số của dòng khác quyển của gói", "Chuyển trường hợp về đúng quyển, hoặc sửa quyển số."
    ),
    "volume_year": _warning("Năm đăng ký khác năm của quyển", "Xem lại chữ trong sổ; sổ ghi như thế thì giữ."),
    "code_unknown": _error(
        "Mã không có trong danh mục", "Dùng mã của danh mục (loại đăng ký, giới tính, cư trú, giấy tờ)."
    ),
    "ethnic_unknown": _warning("Dân tộc không có trong danh mục", "Xem lại chữ trong sổ; sổ ghi như thế thì giữ."),
    "personal_id_malformed": _error("Số định danh không đủ 12 chữ số", "Ghi đủ 12 chữ số, dạng văn bản."),
    "personal_id_contradicts": _warning(
        "Số định danh không khớp giới tính, năm sinh hoặc mã tỉnh", "Đối chiếu lại người này."
    ),
    "personal_id_doubled": _error("Một số định danh cho hai người", "Đối chiếu lại hai trường hợp."),
    "special_value": _error("Ô còn ký hiệu nội bộ «[không đọc được]»", "Để trống ô; ký hiệu chỉ dùng khi nhập liệu."),
}
