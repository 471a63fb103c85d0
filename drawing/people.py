"""Fictitious people of a fictitious commune, from a seed: families with parents older than their children."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from drawing.names import GROUPS, invent_name

COMMUNE = "xã Suối Mơ, huyện Văn Chấn, tỉnh Yên Bái"
VILLAGES = ("Bản Mơ", "Thôn Nà Khoang", "Thôn Khe Sặt", "Bản Pá Lau", "Thôn Ngòi Vần", "Thôn Đồng Rộc", "Bản Tà Liềng")
ELSEWHERE = (
    "xã Nghĩa Tâm, huyện Văn Chấn, tỉnh Yên Bái",
    "xã Tú Lệ, huyện Văn Chấn, tỉnh Yên Bái",
    "xã Nghĩa An, thị xã Nghĩa Lộ, tỉnh Yên Bái",
    "xã Hưng Khánh, huyện Trấn Yên, tỉnh Yên Bái",
)
BIRTH_PLACES = (
    f"Trạm Y tế {COMMUNE}",
    "Trung tâm Y tế huyện Văn Chấn, tỉnh Yên Bái",
    "Bệnh viện Đa khoa khu vực Nghĩa Lộ, tỉnh Yên Bái",
    "Xã Suối Mơ, huyện Văn Chấn, tỉnh Yên Bái",
)
GROUP_WEIGHTS = (4, 5, 3, 4, 4, 1)


@dataclass(frozen=True, slots=True)
class Person:
    """One fictitious citizen as a population database would know him or her."""

    personal_id: str
    full_name: str
    gender: str  # "Nam" or "Nữ"
    born: date
    ethnicity: str
    place_of_birth: str
    hometown: str
    residence: str
    father_name: str
    mother_name: str
    father_birth_year: int | None
    mother_birth_year: int | None
    nationality: str = "Việt Nam"

    @property
    def surname(self) -> str:
        return self.full_name.split()[0]


@dataclass(frozen=True, slots=True)
class Family:
    """Two parents and their children, the eldest first."""

    father: Person
    mother: Person
    children: tuple[Person, ...]


def invent_personal_id(rng: Random, gender: str, year: int) -> str:
    """Twelve digits: 015 for Yên Bái, century and gender, two of the year, six at random."""
    century_and_gender = (year // 100 - 19) * 2 + (gender == "Nữ")
    return f"015{century_and_gender}{year % 100:02d}{rng.randrange(1_000_000):06d}"


def invent_day(rng: Random, first: date, last: date) -> date:
    """A day from `first` to `last`, both included."""
    return first + timedelta(days=rng.randrange((last - first).days + 1))


def invent_families(rng: Random, count: int, taken: set[str]) -> Iterator[Family]:
    """Families in which no two people share a name (`taken` holds all), so that only planted namesakes collide."""
    for _ in range(count):
        father, mother = invent_couple(rng, (1935, 1994), taken)
        yield Family(father, mother, tuple(_children(rng, father, mother, taken)))


def invent_couple(rng: Random, years: tuple[int, int], taken: set[str], ethnicity: str = "") -> tuple[Person, Person]:
    """A man born in these years (both included) and a woman of about his age, of one ethnic group and one home."""
    ethnicity = ethnicity or rng.choices(GROUPS, GROUP_WEIGHTS)[0]
    home = f"{rng.choice(VILLAGES)}, {COMMUNE}"
    husband = invent_grown_up(rng, "Nam", ethnicity, home, years, taken)
    near = (husband.born.year - 3, min(husband.born.year + 4, years[1]))
    wife = invent_grown_up(rng, "Nữ", ethnicity, home, near, taken)
    while wife.surname == husband.surname:
        wife = invent_grown_up(rng, "Nữ", ethnicity, home, near, taken)
    return husband, wife


def invent_child(rng: Random, father: Person, mother: Person, born: date, taken: set[str]) -> Person:
    """A child of these two."""
    gender = rng.choice(("Nam", "Nữ"))
    return Person(
        personal_id=invent_personal_id(rng, gender, born.year),
        full_name=_unused_name(rng, gender, father.ethnicity, taken, father.surname),
        gender=gender,
        born=born,
        ethnicity=father.ethnicity,
        place_of_birth=rng.choice(BIRTH_PLACES),
        hometown=father.hometown,
        residence=mother.residence,
        father_name=father.full_name,
        mother_name=mother.full_name,
        father_birth_year=father.born.year,
        mother_birth_year=mother.born.year,
    )


def invent_grown_up(
    rng: Random, gender: str, ethnicity: str, residence: str, years: tuple[int, int], taken: set[str]
) -> Person:
    """Somebody born in these years whose parents are known by name only."""
    born = invent_day(rng, date(years[0], 1, 1), date(years[1], 12, 31))
    name = _unused_name(rng, gender, ethnicity, taken)
    hometown = begin_sentence(COMMUNE if rng.random() < 0.8 else rng.choice(ELSEWHERE))
    return Person(
        personal_id=invent_personal_id(rng, gender, born.year),
        full_name=name,
        gender=gender,
        born=born,
        ethnicity=ethnicity,
        place_of_birth=hometown,
        hometown=hometown,
        residence=residence,
        father_name=invent_name(rng, "Nam", ethnicity, name.split()[0]),
        mother_name=invent_name(rng, "Nữ", ethnicity),
        father_birth_year=born.year - rng.randrange(20, 38),
        mother_birth_year=born.year - rng.randrange(18, 36),
    )


def begin_sentence(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[0].upper() + text[1:]


def _unused_name(rng: Random, gender: str, ethnicity: str, taken: set[str], surname: str = "") -> str:
    """A name nobody has yet; where the short lists are used up, with a second given name."""
    name = invent_name(rng, gender, ethnicity, surname)
    while name in taken:
        name = f"{invent_name(rng, gender, ethnicity, surname)} {invent_name(rng, gender, ethnicity).split()[-1]}"
    taken.add(name)
    return name


def _children(rng: Random, father: Person, mother: Person, taken: set[str]) -> Iterator[Person]:
    year = max(father.born.year, mother.born.year) + rng.randrange(18, 24)
    for _ in range(rng.randrange(1, 4)):
        year += rng.randrange(1, 4)
        if year <= 2016:
            yield invent_child(rng, father, mother, invent_day(rng, date(year, 1, 1), date(year, 12, 31)), taken)
