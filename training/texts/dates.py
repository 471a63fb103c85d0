"""Dates and hours as clerks write them, in digits and in words."""

from datetime import date, timedelta
from random import Random

from digitize.books.dates import PartialDate, date_in_words
from training.texts.lists import cased, phrases, sentence

_FIRST, _LAST = date(1920, 1, 1), date(2024, 12, 31)

_HABITS: dict[str, dict[str, float]] = {  # {d} day, {m} month, {y} year, {s} mark between
    "day": {
        "{d}{s}{m}{s}{y}": 50,
        "ngày {d} tháng {m} năm {y}": 13,
        "Ngày {d} tháng {m} năm {y}": 6,
        "ngày {d}, tháng {m}, năm {y}": 1,
        "{d} tháng {m} năm {y}": 5,
        "{d} tháng {m}, {y}": 0.5,
        "ngày {d}{s}{m}{s}{y}": 4,
        "Ngày {d}{s}{m}{s}{y}": 3,
        "ngày {d} tháng {m}{s}{y}": 1,
        "ngày {d}/{m} năm {y}": 0.5,
        "ng. {d}{s}{m}{s}{y}": 0.5,
    },
    "month": {"tháng {m} năm {y}": 3, "Tháng {m} năm {y}": 1, "{m}{s}{y}": 3, "tháng {m}{s}{y}": 1, "T{m}/{y}": 0.5},
    "year": {"{y}": 6, "năm {y}": 2, "Năm {y}": 1},
}
_MARKS = {"/": 40, ".": 18, "-": 20, " / ": 4, " - ": 5, "/ ": 2, ". ": 2, "- ": 1, " ": 2}
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_VARIANTS = (  # as date_in_words writes, as others do, and how often they do
    ("linh", "lẻ", 0.3),
    ("linh bốn", "linh tư", 0.5),
    ("lẻ bốn", "lẻ tư", 0.5),
    ("nghìn", "ngàn", 0.25),
    ("mươi tư", "mươi bốn", 0.3),
    ("mươi lăm", "mươi nhăm", 0.25),
    ("mươi mốt", "mươi một", 0.15),
    ("tháng tư", "tháng bốn", 0.25),
    ("tháng một ", "tháng giêng ", 0.3),
    ("tháng mười hai", "tháng chạp", 0.04),
)


def some_day(rng: Random) -> PartialDate:
    """A day of 1920-2024."""
    day = _FIRST + timedelta(days=rng.randrange((_LAST - _FIRST).days + 1))
    return PartialDate(day.day, day.month, day.year)


def some_date(rng: Random) -> PartialDate:
    """A day of those years, or of now and then only its month or year."""
    day = some_day(rng)
    month_only, year_only = PartialDate(None, day.month, day.year), PartialDate(None, None, day.year)
    return rng.choices((day, month_only, year_only), (84, 4, 12))[0]


def in_digits(rng: Random, day: PartialDate, bare: bool = False) -> str:
    """A known date as some hand writes it: "5/2/2004", "ngày 05 tháng 02 năm 2004"; `bare`: no "ngày" before it."""
    habits = {habit: often for habit, often in _HABITS[day.precision].items() if not (bare and habit[0] in "nN")}
    padded = rng.random() < 0.5
    return rng.choices(list(habits), list(habits.values()))[0].format(
        d=_two_digits(day.day, padded or rng.random() < 0.15),
        m=_two_digits(day.month, padded or rng.random() < 0.15),
        y=day.year,
        s=rng.choices(list(_MARKS), list(_MARKS.values()))[0],
    )


def _two_digits(number: int | None, padded: bool) -> str:
    return f"{number or 0:0{2 if padded else 1}d}"


def in_words(rng: Random, day: PartialDate) -> str:
    """A known date in words as some hand writes it: "Ngày mùng năm tháng tư năm hai ngàn không trăm lẻ tư"."""
    text = date_in_words(day).lower()
    for usual, other, often in _VARIANTS:
        if rng.random() < often:
            text = text.replace(usual, other)
    if day.day and day.day <= 10 and rng.random() < 0.45:
        text = text.replace("ngày ", rng.choice(("ngày mùng ", "ngày mồng ", "mồng ", "mùng ")), 1)
    if rng.random() < 0.08:
        text = (
            text.replace(" tháng", ", tháng")
            .replace(" năm một ng", ", năm một ng")
            .replace(" năm hai ng", ", năm hai ng")
        )
    return cased(rng, sentence(text), upper=0.06, lower=0.22, titled=0.08)


def below_hundred_in_words(number: int) -> str:
    """21 -> "hai mươi mốt"; for 10 to 99."""
    return date_in_words(PartialDate(None, None, 2000 + number)).removeprefix("Năm hai nghìn không trăm ")


def hour(rng: Random) -> str:
    """A time of day: "8 giờ 30 phút", "08h30'", "2 giờ chiều"."""
    part = rng.choice(("sáng", "chiều", "tối", "trưa", "đêm"))
    return rng.choice(phrases("hours")).format(
        h=rng.randrange(24), clock=rng.randrange(1, 13), m=rng.randrange(0, 60, rng.choice((1, 5))), part=part
    )


def written_date(rng: Random) -> str:
    """What a field for a date has: mostly a date in digits, at times an hour, two digits of the year, a Roman month."""
    day = some_day(rng)
    d, m, y, mark = day.day or 0, day.month or 0, day.year or 0, rng.choice("/.-")
    forms = {
        in_digits(rng, some_date(rng)): 84,
        f"{d}{mark}{m}{mark}{y % 100:02d}": 4,
        f"{d}{mark}{_ROMAN[m - 1]}{mark}{y}": 1.5,
        f"{d:02d}{m:02d}{y}": 0.5,
        f"{hour(rng)} {in_digits(rng, day)}": 5,
        hour(rng): 3,
        f"ngày {d}": 0.5,
        f"{d}{mark}{m}": 1,
    }
    return cased(rng, rng.choices(list(forms), list(forms.values()))[0], upper=0.02, lower=0, titled=0.02)


def written_date_in_words(rng: Random) -> str:
    """What the field "ghi bằng chữ" has."""
    text = in_words(rng, some_date(rng))
    return text if rng.random() < 0.9 else f"({text})"
