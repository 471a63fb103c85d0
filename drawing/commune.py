"""The fictitious commune of Suối Mơ: its citizens, and how the population database sees them."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from random import Random

from drawing.habits import IdPaper
from drawing.people import ELSEWHERE, Family, Person, invent_couple, invent_families, invent_personal_id

POLICE = "Công an tỉnh Yên Bái"
POLICE_2021 = "Cục CS QLHC về TTXH"
COLUMNS = (
    "personal_id",
    "full_name",
    "gender",
    "date_of_birth",
    "ethnicity",
    "nationality",
    "place_of_birth",
    "hometown",
    "father_name",
    "mother_name",
    "father_birth_year",
    "mother_birth_year",
    "residence",
)


@dataclass(slots=True)
class Commune:
    """People as they are (the books know them so) beside the rows of the population database.

    `rows`: personal ID -> the person as the database has him or her.
    """

    rng: Random
    taken: set[str] = field(default_factory=set)
    rows: dict[str, Person] = field(default_factory=dict)

    def settle(self, families: int) -> None:
        """Families that appear in no sample page."""
        for family in invent_families(self.rng, families, self.taken):
            self.enrol(*_members(family))

    def couple(self, years: tuple[int, int], ethnicity: str = "") -> tuple[Person, Person]:
        """Husband and wife, both in the population database."""
        husband, wife = invent_couple(self.rng, years, self.taken, ethnicity)
        self.enrol(husband, wife)
        return husband, wife

    def enrol(self, *people: Person) -> None:
        self.rows.update({person.personal_id: person for person in people})

    def forget(self, person: Person) -> None:
        """Takes somebody out of the population database: the book's entry is not found there."""
        del self.rows[person.personal_id]

    def rename(self, person: Person, full_name: str) -> None:
        self.rows[person.personal_id] = replace(self.rows[person.personal_id], full_name=full_name)

    def swap_day_and_month(self, person: Person) -> None:
        born = person.born
        swapped = date(born.year, born.day, born.month)
        self.rows[person.personal_id] = replace(self.rows[person.personal_id], born=swapped)

    def change_birth_year(self, person: Person, year: int) -> None:
        self.rows[person.personal_id] = replace(self.rows[person.personal_id], born=person.born.replace(year=year))

    def move(self, person: Person) -> None:
        """Another residence in the database: never a difference."""
        home = f"Thôn Trung Tâm, {self.rng.choice(ELSEWHERE)}"
        self.rows[person.personal_id] = replace(self.rows[person.personal_id], residence=home)

    def add_namesake(self, person: Person, born: date) -> None:
        """Somebody of the same name, sex and ethnic group with other parents."""
        father, mother = invent_couple(self.rng, (born.year - 35, born.year - 22), self.taken, person.ethnicity)
        self.enrol(
            father,
            mother,
            replace(
                person,
                personal_id=invent_personal_id(self.rng, person.gender, born.year),
                born=born,
                father_name=father.full_name,
                mother_name=mother.full_name,
                father_birth_year=father.born.year,
                mother_birth_year=mother.born.year,
                residence=mother.residence,
            ),
        )

    def old_paper(self, issued: date) -> IdPaper:
        """A CMND of nine digits as Yên Bái issued them."""
        return IdPaper("CMND", f"06{self.rng.randrange(10_000_000):07d}", issued, POLICE)

    def new_paper(self, person: Person, issued: date) -> IdPaper:
        """A CCCD; its number is the personal ID."""
        return IdPaper("CCCD", person.personal_id, issued, POLICE_2021)


def _members(family: Family) -> Iterable[Person]:
    return (family.father, family.mother, *family.children)


def write_population(people: Iterable[Person], path: Path) -> None:
    """The extract as CSV in UTF-8, one citizen a row, dates dd/mm/yyyy, in the order of personal IDs."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(_row(person) for person in sorted(people, key=lambda person: person.personal_id))


def _row(person: Person) -> list[str]:
    values = {name: getattr(person, name, None) for name in COLUMNS} | {"date_of_birth": f"{person.born:%d/%m/%Y}"}
    return [str(values[name] or "") for name in COLUMNS]
