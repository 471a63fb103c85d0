"""How fast the work goes and when it will be done at that pace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

LOOKED_BACK = 28  # days: four whole weeks, so that every weekday counts alike


@dataclass(frozen=True, slots=True)
class Forecast:
    """`per_day` counts calendar days; `needed` is what each day left until the deadline would have to bring."""

    left: int
    per_day: float
    needed: float | None  # None: the deadline is over
    done_on: date | None  # None: at this pace never

    def told(self, deadline: date) -> str:
        """One sentence."""
        if not self.left:
            return "Đã nhập xong."
        if self.done_on is None:
            none = f"trong {LOOKED_BACK} ngày trước hôm nay chưa có trường hợp nào được xác nhận"
            return f"Còn {_told(self.left)} trường hợp; {none}."
        late = (self.done_on - deadline).days
        against = f"chậm {late} ngày so với hạn {deadline:%d/%m/%Y}" if late > 0 else f"kịp hạn {deadline:%d/%m/%Y}"
        pace = f"{self.per_day:.1f}".replace(".", ",")
        return (
            f"Còn {_told(self.left)} trường hợp; tốc độ {LOOKED_BACK} ngày trước hôm nay {pace} trường hợp mỗi ngày: "
            f"dự kiến xong ngày {self.done_on:%d/%m/%Y}, {against}."
        )


def forecast(expected: int, done: int, by_day: Mapping[date, int], today: date, deadline: date) -> Forecast:
    """`by_day` holds by how much the entries done rose on each day. Today does not count: it is not over yet."""
    left = max(expected - done, 0)
    first = today - timedelta(days=LOOKED_BACK)
    recent = sum(count for day, count in by_day.items() if first <= day < today)
    per_day = max(recent, 0) / LOOKED_BACK
    days_left = (deadline - today).days
    done_on = today if not left else None
    if left and per_day:
        days = -(-left // per_day)
        done_on = today + timedelta(days=int(days)) if days < 36500 else None
    return Forecast(left, per_day, left / days_left if days_left > 0 else None, done_on)


def _told(count: int) -> str:
    return f"{count:,}".replace(",", ".")
