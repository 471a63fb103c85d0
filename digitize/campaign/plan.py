"""The campaign: its days, its lanes and its limits. What plan 1218 says is the default; a province sets its own."""

from dataclasses import dataclass
from datetime import date

from digitize.books.kinds import POPULATION_KINDS, BookKind, Lane
from digitize.books.places import PLAN_DAY
from digitize.errors import InputError

LANE_TITLES = {
    Lane.POPULATION: "trên nền CSDL quốc gia về dân cư",
    Lane.CIVIL_STATUS: "trực tiếp vào CSDL hộ tịch điện tử",
}


@dataclass(frozen=True, slots=True)
class Campaign:
    """Settings of the whole province. Days are inclusive."""

    start: date = PLAN_DAY  # III
    deadline: date = date(2024, 12, 31)  # III
    extended_to: date | None = None
    report_day: int = 15  # V.2, of each month
    receipt_days: int = 10  # II.3.2, step 3: from the end of keying until the data are received
    units_on: date = PLAN_DAY  # the communes that progress is told by are those of this day
    population_kinds: frozenset[BookKind] = POPULATION_KINDS  # which kinds are four of the press's "4 loại" is believed
    loan_days: int = 30  # ours: how long a book is lent, unless the minutes say otherwise
    idle_days: int = 14  # ours: a book on which nothing has moved for so long is stuck

    @property
    def ends(self) -> date:
        """The deadline in force."""
        return self.extended_to or self.deadline

    def lane_of(self, kind: BookKind) -> Lane:
        return Lane.POPULATION if kind in self.population_kinds else Lane.CIVIL_STATUS

    def next_report(self, today: date) -> date:
        """The next day on which the monthly report is due, today included."""
        months = today.year * 12 + today.month - 1 + (today.day > self.report_day)
        return date(months // 12, months % 12 + 1, self.report_day)

    def check(self) -> None:
        """Raises InputError where the settings contradict each other."""
        if self.deadline < self.start:
            raise InputError("Ngày hoàn thành phải sau ngày bắt đầu.")
        if self.extended_to and self.extended_to <= self.deadline:
            raise InputError("Ngày gia hạn phải sau ngày hoàn thành theo kế hoạch.")
        if not 1 <= self.report_day <= 28:
            raise InputError("Ngày báo cáo phải từ 1 đến 28, để tháng nào cũng có ngày đó.")
        if min(self.receipt_days, self.loan_days, self.idle_days) < 1:
            raise InputError("Các thời hạn tính bằng ngày phải từ 1 trở lên.")
