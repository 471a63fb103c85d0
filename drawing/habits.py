"""How a clerk's hand writes dates, identity papers and signers; varied, yet splitting back one way only."""

from dataclasses import dataclass
from datetime import date
from random import Random

UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
MONTHS = ("một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai")
DATE_HABITS = (
    "{d:02d}/{m:02d}/{y}",
    "{d:02d}/{short_m}/{y}",
    "{d}/{m}/{y}",
    "{d:02d}.{m:02d}.{y}",
    "{d:02d}-{m:02d}-{y}",
)
PAPER_HABITS = (
    "{paper} số {number}, {authority} cấp ngày {day}",
    "{paper} số {number}, cấp ngày {day}, nơi cấp: {authority}",
    "{paper} {number} do {authority} cấp ngày {day}",
    "{paper}: {number}, ngày cấp {day}, {authority}",
)
SIGNER_HABITS = ("{name}, {title}", "{name} - {title}", "{title}, {name}")
PAPER_CODES = {"CMND": "1", "CCCD": "4"}


@dataclass(frozen=True, slots=True)
class IdPaper:
    """An identity paper: "CMND" or "CCCD"."""

    paper: str
    number: str
    issued: date
    authority: str


@dataclass(frozen=True, slots=True)
class Habits:
    """One clerk's way of writing; the fields are templates from the lists above."""

    day: str
    paper: str
    signer: str

    def write_day(self, day: date) -> str:
        # Months 1 and 2 keep their zero even in the short habit: 05/02/2012 but 05/6/2012.
        short_month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        return self.day.format(d=day.day, m=day.month, y=day.year, short_m=short_month)

    def write_paper(self, paper: IdPaper) -> str:
        return self.paper.format(
            paper=paper.paper, number=paper.number, authority=paper.authority, day=self.write_day(paper.issued)
        )

    def write_signer(self, name: str, title: str) -> str:
        return self.signer.format(name=name, title=title)


def invent_habits(rng: Random) -> Habits:
    return Habits(rng.choice(DATE_HABITS), rng.choice(PAPER_HABITS), rng.choice(SIGNER_HABITS))


def day_in_words(day: date) -> str:
    """ "Ngày mười lăm tháng tám năm hai nghìn không trăm mười bảy"; years 1900-2099."""
    return f"Ngày {_two_digits(day.day)} tháng {MONTHS[day.month - 1]} năm {year_in_words(day.year)}"


def year_in_words(year: int) -> str:
    """ "một nghìn chín trăm chín mươi", "hai nghìn không trăm linh năm"."""
    thousands, rest = divmod(year, 1000)
    hundreds, last = divmod(rest, 100)
    words = [UNITS[thousands], "nghìn"]
    if rest:
        words += [UNITS[hundreds], "trăm"]
    if 0 < last < 10:
        words += ["linh", UNITS[last]]
    elif last:
        words.append(_two_digits(last))
    return " ".join(words)


def _two_digits(number: int) -> str:
    tens, unit = divmod(number, 10)
    if tens == 0:
        return UNITS[unit]
    head = "mười" if tens == 1 else f"{UNITS[tens]} mươi"
    if unit == 0:
        return head
    return f"{head} {_last_digit(tens, unit)}"


def _last_digit(tens: int, unit: int) -> str:
    if unit == 5:
        return "lăm"
    return "mốt" if unit == 1 and tens > 1 else UNITS[unit]
