"""How a clerk's hand writes dates, identity papers and signers; varied, yet splitting back one way only."""

from dataclasses import dataclass
from datetime import date

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
