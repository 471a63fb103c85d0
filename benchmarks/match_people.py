"""A million drawn citizens, and how a register tells of them: the population and the noise of the design note.

Same seeds and same order of draws as the note, so that figures compare; only the personal ID is cut to the lawful
twelve digits (the note's had thirteen). Nobody in it is a real person.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np

from digitize.books.names import unaccented
from digitize.books.persons import Person
from digitize.matching.population import Citizen

SEED = 7


def words(text: str) -> list[str]:
    """The words of a list written in a line."""
    return text.split()


SURNAMES = words(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Hà Giàng Sùng Vàng Lò Lường Cầm "
    "Mùa Thào Hờ Triệu Bàn Đinh Mai Cao Lương Trịnh Tạ Đào Đoàn Hứa Nông Hoàng Chảo"
)
SURNAME_WEIGHTS = (
    *(32, 11, 9.5, 7, 5, 3, 4.5, 3, 2, 2.1, 2, 1.4, 1.3, 1.3, 1, 1.2, 1.5, 1.6, 1.4, 1.2, 1.5, 1, 0.7, 0.7, 0.6),
    *(0.5, 1.5, 1.2, 0.8, 0.7, 0.6, 1, 0.5, 0.4, 0.6, 0.5, 0.4, 0.8, 0.4, 0.3),
)
MIDDLES_OF_MEN = words("Văn Hữu Đức Quang Minh Công Xuân Ngọc Thanh Đình Trọng Quốc Hoàng Duy Anh A")
MIDDLES_OF_WOMEN = words("Thị Thị Thị Thị Ngọc Thu Thanh Hồng Kim Bích Phương Minh Mai Thùy Diệu Khánh")
GIVEN = words(
    "An Anh Bảo Bình Chi Chiến Cường Dung Dũng Duy Dương Đạt Điệp Đông Đức Giang Hà Hải Hạnh Hằng Hiền Hiếu "
    "Hòa Hoa Hoàng Hồng Hùng Huệ Hương Huy Huyền Hưng Khánh Khoa Kiên Lan Lâm Liên Linh Loan Long Lộc Ly Mai "
    "Mạnh Minh My Nam Nga Ngân Ngọc Nhung Nguyệt Oanh Phong Phúc Phương Quân Quang Quyên Quỳnh Sơn Tâm Tân "
    "Thái Thành Thanh Thảo Thắng Thịnh Thoa Thu Thúy Thủy Thương Tiến Toàn Trang Trí Trung Trường Tú Tuấn Tùng "
    "Tuyết Uyên Vân Việt Vinh Xuân Yến Pao Dê Sử Páo Mỷ Dở Chua Súa"
)
COMMUNES = [
    f"{a} {b}"
    for a in words("Yên Mường Nậm Púng Suối Bản Cát Tân Minh An Đại Phong Khao Lao Hồ Tà")
    for b in words("Bình Lai Có Luông Giàng Mù Thịnh Tiến Sơn Phú")
] + ["Yên Bái", "Nghĩa Lộ"]

CONFUSED = {
    **{"n": "mruh", "m": "nr", "a": "oeu", "o": "ae0", "u": "nv", "i": "l1t", "h": "bn", "g": "qy9", "t": "lf"},
    **{"c": "eo", "e": "co", "d": "cl", "l": "i1", "y": "gv"},
}
BLANK = ""


@dataclass(frozen=True, slots=True)
class Query:
    """A person as a book tells of her, and whom she really is."""

    person: Person
    truth: str  # personal ID


def draw(count: int) -> list[Citizen]:
    """That many citizens, always the same."""
    rng = np.random.default_rng(SEED)
    weights = np.array(SURNAME_WEIGHTS) / sum(SURNAME_WEIGHTS)

    def names(men: np.ndarray, surnames: np.ndarray | None = None) -> tuple[list[str], np.ndarray]:
        first = rng.choice(SURNAMES, count, p=weights) if surnames is None else surnames
        middle = np.where(men == 1, rng.choice(MIDDLES_OF_MEN, count), rng.choice(MIDDLES_OF_WOMEN, count))
        given, second, two = rng.choice(GIVEN, count), rng.choice(GIVEN, count), rng.random(count) < 0.25
        parts = zip(first, middle, given, second, two, strict=True)
        return [f"{a} {b} {c}{f' {d}' if more else ''}" for a, b, c, d, more in parts], first

    men = rng.integers(0, 2, count)
    fathers, surnames = names(np.ones(count, int))
    mothers, _ = names(np.zeros(count, int))
    full_names, _ = names(men, surnames)
    born = (np.datetime64("1945-01-01") + rng.integers(0, 365 * 75, count)).astype(str)
    places = rng.choice(COMMUNES, count)
    rows = zip(range(count), full_names, men, born, places, fathers, mothers, strict=True)
    return [_citizen(*row) for row in rows]


def _citizen(number: int, name: str, man: int, born: str, place: str, father: str, mother: str) -> Citizen:
    year, month, day = born.split("-")
    century = (not man) + 2 * (int(year) >= 2000)
    return Citizen(
        personal_id=f"0{15 + number % 3}{century}{year[2:]}{number:06d}",
        full_name=name,
        gender="Nam" if man else "Nữ",
        date_of_birth=f"{day}.{month}.{year}",
        place_of_birth=str(place),
        father_name=father,
        mother_name=mother,
    )


def queries(
    citizens: Sequence[Citizen], count: int, seed: int, years_off: float = 0.0, least: int = 0
) -> Iterator[Query]:
    """People of the population as a register tells of them; this share of birth years is off by one."""
    rng, off = Random(seed), Random(seed + 1000)
    for _ in range(count):
        citizen = citizens[rng.randrange(least, len(citizens))]
        shift = off.choice((-1, 1)) if off.random() < years_off else 0
        yield Query(noisy(citizen, rng, shift), citizen.personal_id)


def noisy(citizen: Citizen, rng: Random, shift: int = 0) -> Person:
    """40 % without diacritics, 35 % one and 15 % two wrong letters a name; dates wrong, swapped or a bare year in 23 %;
    the mother missing in 25 %."""
    day, month, year = citizen.date_of_birth.split(".")
    habit = rng.random()
    if habit < 0.06:
        day = f"{rng.randint(1, 28):02d}"
    elif habit < 0.10:
        month = f"{rng.randint(1, 12):02d}"
    elif habit < 0.15 and int(day) <= 12:
        day, month = month, day
    elif habit < 0.23:
        day = month = BLANK
    name = noisy_name(citizen.full_name, rng)
    mother = noisy_name(citizen.mother_name, rng) if rng.random() > 0.25 else BLANK
    born = ".".join(filter(None, (day, month, str(int(year) + shift))))
    return Person("child", name, born, citizen.gender, mother_name=mother)


def noisy_name(name: str, rng: Random) -> str:
    """A name as it was written down and read."""
    if rng.random() < 0.4:
        name = unaccented(name).title()
    luck = rng.random()
    return _misread(name, rng, 1 if luck < 0.35 else 2) if luck < 0.5 else name


def _misread(name: str, rng: Random, letters: int) -> str:
    signs = list(name)
    for _ in range(letters):
        at, slip = rng.randrange(len(signs)), rng.random()
        if slip < 0.7:
            signs[at] = rng.choice(CONFUSED.get(unaccented(signs[at]), "aeiou"))
        elif slip < 0.85:
            del signs[at]
        else:
            signs.insert(at, rng.choice("aeintuh"))
    return "".join(signs)


def write_extract(citizens: Sequence[Citizen], path: Path) -> Path:
    """The extract as CSV."""
    columns = list(Citizen.__dataclass_fields__)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([getattr(citizen, column) for column in columns] for citizen in citizens)
    return path
