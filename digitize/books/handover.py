"""Handing over: the package of a book, its way to the Sở Tư pháp and what comes back, with the clock of the plan."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

RECEIPT_DAYS = 10  # plan II.3.2, step 3: from the end of keying until the data are received


class PackageState(StrEnum):
    """How far a package has come."""

    TRIAL = "trial"  # made to be tried out; leaves entries out and never counts as handed over
    MADE = "made"
    RELEASED = "released"
    RECEIVED = "received"
    RETURNED = "returned"  # the receiver found faults; a new package follows
    ENTERED = "entered"  # the authority has the data in the civil-status database
    REPLACED = "replaced"  # a newer package was made before this one left


class ReceiptKind(StrEnum):
    """What the other side says of a released package."""

    RECEIVED = "received"
    RETURNED = "returned"
    ENTERED = "entered"


class ResultOutcome(StrEnum):
    """What became of one entry in the national software."""

    ACCEPTED = "accepted"
    DOUBLED = "doubled"  # it was there before
    REFUSED = "refused"


STATE_TITLES = {
    PackageState.TRIAL: "Gói thử",
    PackageState.MADE: "Chờ phát hành",
    PackageState.RELEASED: "Đã phát hành, chờ tiếp nhận",
    PackageState.RECEIVED: "Sở Tư pháp đã tiếp nhận",
    PackageState.RETURNED: "Bị trả lại",
    PackageState.ENTERED: "Đã cập nhật CSDL hộ tịch điện tử",
    PackageState.REPLACED: "Đã thay bằng gói mới",
}
RECEIPT_TITLES = {
    ReceiptKind.RECEIVED: "Sở Tư pháp tiếp nhận",
    ReceiptKind.RETURNED: "Sở Tư pháp trả lại",
    ReceiptKind.ENTERED: "Cơ quan đăng ký hộ tịch đã cập nhật vào CSDL hộ tịch điện tử",
}
OUTCOME_TITLES = {
    ResultOutcome.ACCEPTED: "Đã nhập",
    ResultOutcome.DOUBLED: "Đã có từ trước",
    ResultOutcome.REFUSED: "Bị từ chối",
}

AFTER_RECEIPT: dict[tuple[PackageState, ReceiptKind], PackageState] = {
    (PackageState.RELEASED, ReceiptKind.RECEIVED): PackageState.RECEIVED,
    (PackageState.RELEASED, ReceiptKind.RETURNED): PackageState.RETURNED,
    (PackageState.RECEIVED, ReceiptKind.RETURNED): PackageState.RETURNED,
    (PackageState.RECEIVED, ReceiptKind.ENTERED): PackageState.ENTERED,
}


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A file of a package, as it was when the package was made."""

    sha256: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Package:
    """One package of a book. `number` counts the packages of the book, from 1."""

    package_id: int
    book_id: int
    number: int
    state: PackageState
    template: str  # of the Excel: "KS", "KS_new70", "KH", ...
    entries: int
    left_out: int  # entries of the book that a trial does not hold
    files: Mapping[str, PackageFile]
    completed_at: datetime  # UTC; last step of work on the book before the package
    made_by: str
    made_at: datetime
    released_by: str | None = None
    released_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the receiver said of a package. Added, never changed."""

    package_id: int
    kind: ReceiptKind
    authority: str
    document: str  # number and day of the letter or minutes
    on: date
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NationalResult:
    """What the national software answered for an entry. Added, never changed: the newest counts."""

    entry_id: int
    outcome: ResultOutcome
    personal_ids: Mapping[str, str]  # by export column, e.g. nksSoDinhDanh
    reference: str  # number of the record there
    note: str
    source: str  # name of the returned file, "" when keyed by hand
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """The plan's days from the end of keying to the receipt."""

    due: date
    stopped: date | None  # day of the receipt
    today: date

    @property
    def days_left(self) -> int:
        """Negative when the receipt came, or is, too late."""
        return (self.due - (self.stopped or self.today)).days

    @property
    def told(self) -> str:
        """In words, for lists and papers."""
        if self.stopped:
            return "Đúng hạn" if self.days_left >= 0 else f"Tiếp nhận muộn {-self.days_left} ngày"
        if self.days_left < 0:
            return f"Quá hạn {-self.days_left} ngày"
        return "Hết hạn hôm nay" if self.days_left == 0 else f"Còn {self.days_left} ngày"


def clock(completed: date, received: date | None, today: date, days: int = RECEIPT_DAYS) -> Clock:
    """`completed` is the day on which the last entry of the book was finished."""
    return Clock(completed + timedelta(days=days), received, today)


def told_numbers(numbers: list[int]) -> str:
    """ "3, 5-8, 11": every number is told, runs shortened."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
