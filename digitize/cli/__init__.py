"""The command line: how scanning operators, other programs and checks drive us. JSON: docs/cli.md.

Heavy parts are imported inside the commands that need them, so that the others start at once.
"""

from pydantic import ValidationError

from digitize.cli import scans, matching, hand_over, custody, office  # isort: skip  # the order of --help
from digitize.cli.common import app, leave
from digitize.errors import DigitizeError, InputError

__all__ = ["app", "custody", "hand_over", "main", "matching", "office", "scans"]

UNUSABLE: dict[type[OSError], str] = {
    FileNotFoundError: "không có tệp hoặc thư mục này",
    FileExistsError: "đã có một tệp mang tên này",
    IsADirectoryError: "đây là thư mục, không phải tệp",
    NotADirectoryError: "một phần của đường dẫn không phải là thư mục",
    PermissionError: "không có quyền đọc hoặc ghi",
}


def main() -> None:
    """Entry point: errors raised on purpose become one line and an exit code."""
    try:
        app()
    except ValidationError as cause:
        told = "; ".join(f"DIGITIZE_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in cause.errors())
        leave([InputError(f"Biến môi trường không hợp lệ: {told}.")])
    except DigitizeError as error:
        leave([error])
    except OSError as cause:
        why = next((why for kind, why in UNUSABLE.items() if isinstance(cause, kind)), None)
        if why is None or cause.filename is None:
            raise
        leave([InputError(f"Không dùng được {cause.filename}: {why}.")])
