"""Every error raised on purpose.

DigitizeError
├── InputError                   what came in cannot be used
│   ├── ScanError                one page image or file of page images
│   │   ├── ScanEmpty
│   │   ├── ScanTruncated
│   │   ├── ScanNotAnImage
│   │   ├── ScanEncrypted
│   │   ├── ScanTooLarge
│   │   ├── ScanTooSmall
│   │   └── ScanOfAnotherBook    a cover sheet names another book, or none names any
│   ├── FormUnknown              no printed form fits the page, or no form has this id
│   ├── FormInvalid              a form's TOML cannot be used
│   ├── EntryFileInvalid         an entry given as JSON cannot be read
│   ├── AddressUnusable          the application cannot answer at its address and port
│   ├── PackageUnusable          a file that should be a transfer package is none
│   ├── PackageLocked            a package under a password that was not given
│   ├── PackageFaulty            a package was looked over and has faults
│   └── ExtractError             a population extract
│       ├── ExtractColumnMissing
│       ├── ExtractIdDoubled
│       └── ExtractMissing       none has been loaded
├── EngineError                  the OCR engine cannot start, or broke down on a page
│   ├── WeightsMissing
│   ├── WeightsAltered
│   └── RecordingMissing         a recorded engine is shown an image it never saw
├── AccessError                  who may do what where
│   ├── SignInFailed
│   ├── TooManySignIns
│   └── AccessDenied
└── WorkError                    the act does not fit the work's present state
    ├── NotFound
    ├── StepNotLawful
    ├── StaleEntry               somebody else saved in between
    ├── EntryHeld                a colleague has the entry in hand
    ├── EntryAsked               the entry waits for the answer to a question
    ├── BookNotAtHand            the book was not lent for keying, or need not be keyed
    ├── LeaseLost                the page was given to another reading process
    ├── AlreadyThere             a book or an account with this name exists
    ├── ExportRefused
    └── RecordsAltered           journal or archived originals were changed after the fact

`message` says what is wrong, `advice` what to do next, both in Vietnamese, both without
personal data. They are translated for people in two places only: `cli` prints one line and
leaves with `exit_code`; the screens show message and advice.
"""

from typing import ClassVar


class DigitizeError(Exception):
    """Base of every error raised on purpose."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1
    advice: ClassVar[str] = "Liên hệ quản trị viên."

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        return f"{self.message} {self.advice}"


class InputError(DigitizeError):
    code = "input"
    exit_code = 10
    advice = "Kiểm tra lại nội dung đã nhập hoặc tệp, rồi làm lại."


class ScanError(InputError):
    code = "scan"
    advice = "Kiểm tra lại tệp ảnh rồi chạy lại."


class ScanEmpty(ScanError):
    code = "scan_empty"
    exit_code = 11
    advice = "Quét lại trang này rồi nạp lại tệp."


class ScanTruncated(ScanError):
    code = "scan_truncated"
    exit_code = 12
    advice = "Chép lại tệp từ máy quét hoặc quét lại trang này."


class ScanNotAnImage(ScanError):
    code = "scan_not_an_image"
    exit_code = 13
    advice = "Chỉ nạp tệp JPEG, PNG, TIFF hoặc PDF do máy quét tạo ra."


class ScanEncrypted(ScanError):
    code = "scan_encrypted"
    exit_code = 14
    advice = "Gỡ mật khẩu của tệp PDF hoặc xuất lại từ máy quét không đặt mật khẩu."


class ScanTooLarge(ScanError):
    code = "scan_too_large"
    exit_code = 15
    advice = "Quét lại ở 200-300 dpi, mỗi ảnh một trang hoặc một mặt sổ mở."


class ScanTooSmall(ScanError):
    code = "scan_too_small"
    exit_code = 19
    advice = "Quét lại trọn trang ở 200-300 dpi."


class ScanOfAnotherBook(ScanError):
    code = "scan_of_another_book"
    exit_code = 26
    advice = "Chọn đúng sổ, hoặc quét tờ bìa có mã QR của sổ trước trang đầu rồi nạp lại."


class FormUnknown(InputError):
    code = "form_unknown"
    exit_code = 16
    advice = "Kiểm tra ảnh có đúng là trang sổ hộ tịch không, hoặc chỉ rõ biểu mẫu bằng --form."


class FormInvalid(InputError):
    code = "form_invalid"
    exit_code = 17
    advice = "Sửa tệp TOML của biểu mẫu theo docs/forms.md."


class EntryFileInvalid(InputError):
    code = "entry_file_invalid"
    exit_code = 18
    advice = "Xem cấu trúc JSON trong docs/cli.md."


class AddressUnusable(InputError):
    code = "address_unusable"
    exit_code = 27
    advice = (
        "Nếu ứng dụng đang chạy rồi thì mở luôn trình duyệt; không thì đặt DIGITIZE_PORT (hoặc DIGITIZE_HOST) khác."
    )


class PackageUnusable(InputError):
    code = "package_unusable"
    exit_code = 23
    advice = "Chỉ tệp .xlsx của gói (tệp .zip ở bên cạnh), tệp .goi.zip, hoặc thư mục chỉ chứa một gói."


class PackageLocked(InputError):
    code = "package_locked"
    exit_code = 24
    advice = "Hỏi người phát hành mật khẩu của gói rồi mở lại."


class PackageFaulty(InputError):
    code = "package_faulty"
    exit_code = 25
    advice = "Sửa các lỗi nêu trên rồi lập lại gói; ý nghĩa từng lỗi ở docs/package.md."


class ExtractError(InputError):
    code = "extract"


class ExtractColumnMissing(ExtractError):
    code = "extract_column_missing"
    exit_code = 20
    advice = "Xuất lại tệp CSV có đủ các cột nêu trong docs/cli.md."


class ExtractIdDoubled(ExtractError):
    code = "extract_id_doubled"
    exit_code = 21
    advice = "Kiểm tra lại bản trích: mỗi số định danh chỉ được có một dòng."


class ExtractMissing(ExtractError):
    code = "extract_missing"
    exit_code = 22
    advice = "Nạp bản trích bằng lệnh: digitize population load TỆP.csv"


class EngineError(DigitizeError):
    code = "engine"
    exit_code = 30


class WeightsMissing(EngineError):
    code = "weights_missing"
    exit_code = 31
    advice = "Chạy: make models"


class WeightsAltered(EngineError):
    code = "weights_altered"
    exit_code = 32
    advice = "Xóa thư mục trọng số nêu trên rồi chạy: make models"


class RecordingMissing(EngineError):
    code = "recording_missing"
    exit_code = 33
    advice = "Ghi lại bằng máy đọc thật trên đúng ảnh này."


class AccessError(DigitizeError):
    code = "access"
    exit_code = 40


class SignInFailed(AccessError):
    code = "sign_in_failed"
    exit_code = 41
    advice = "Kiểm tra tên đăng nhập và mật khẩu."


class TooManySignIns(AccessError):
    code = "too_many_sign_ins"
    exit_code = 42
    advice = "Chờ ít phút rồi thử lại."


class AccessDenied(AccessError):
    code = "access_denied"
    exit_code = 43
    advice = "Đăng nhập bằng tài khoản có quyền hoặc liên hệ tổ trưởng."


class WorkError(DigitizeError):
    code = "work"
    exit_code = 50


class NotFound(WorkError):
    code = "not_found"
    exit_code = 51
    advice = "Tải lại danh sách rồi chọn lại."


class StepNotLawful(WorkError):
    code = "step_not_lawful"
    exit_code = 52
    advice = "Mở lại trường hợp để xem trạng thái hiện tại."


class StaleEntry(WorkError):
    code = "stale_entry"
    exit_code = 53
    advice = "Mở lại trường hợp để xem bản mới, rồi nhập lại phần còn thiếu."


class EntryHeld(WorkError):
    code = "entry_held"
    exit_code = 58
    advice = "Chữ bạn vừa gõ còn trên màn hình. Chờ đến giờ đó, hỏi người đang nhập, hoặc nhờ tổ trưởng chuyển lại."


class EntryAsked(WorkError):
    code = "entry_asked"
    exit_code = 59
    advice = "Chờ câu trả lời, hoặc người hỏi thu lại câu hỏi, rồi nhập tiếp."


class BookNotAtHand(WorkError):
    code = "book_not_at_hand"
    exit_code = 60
    advice = "Lập biên bản giao sổ và xác nhận đã nhận ở màn hình «Giao nhận sổ», rồi quét."


class LeaseLost(WorkError):
    code = "lease_lost"
    exit_code = 55
    advice = "Không cần làm gì: trang đã được giao cho tiến trình đọc khác."


class AlreadyThere(WorkError):
    code = "already_there"
    exit_code = 56
    advice = "Dùng mục đã có, hoặc kiểm tra lại thông tin vừa nhập."


class ExportRefused(WorkError):
    code = "export_refused"
    exit_code = 54
    advice = "Hoàn thành các trường hợp nêu trên rồi xuất lại."


class RecordsAltered(WorkError):
    code = "records_altered"
    exit_code = 57
    advice = "Giữ nguyên hiện trạng, không ghi thêm, và báo ngay quản trị viên cùng người phụ trách an toàn thông tin."
