"""make bench-ink: the population helps the reading.

Names drawn in pens that nothing was trained on are read; the right person has near namesakes of her year. Counted is
who stands first: by the text alone, and with the ink heard.

python -m benchmarks.match_ink [--cases 400]
"""

import argparse
import json
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from unicodedata import normalize

from benchmarks.match_people import write_extract
from digitize.books.names import TONES
from digitize.books.persons import Person
from digitize.matching.decide import Judged, candidates_of, rank
from digitize.matching.population import Citizen, Population
from digitize.matching.population.extract import open_extract
from digitize.matching.population.load import load_extract
from digitize.matching.weigh.weights import frozen
from digitize.ocr.engine import Engine
from digitize.ocr.extract import read_value
from digitize.ocr.likelihood import packed
from digitize.ocr.paddle import PaddleEngine
from digitize.settings import REPOSITORY
from digitize.workflow.ink import AS_READ, ranked
from drawing.names import GROUPS, invent_name
from training.lines import draw_pen_line
from training.pens import HELD_OUT_PENS, ORNATE_CAPITALS

SEED = 1218
STRANGERS = 20_000  # people beside those who are asked for
DOUBLES = 4  # near namesakes of everybody who is asked for
WEAR = 0.7  # of paper and photograph
PENS = tuple(pen for pen in HELD_OUT_PENS if pen not in ORNATE_CAPITALS)
NEAR_LETTERS = {
    "a": "ăâ",
    "ă": "aâ",
    "â": "aă",
    "o": "ôơ",
    "ô": "oơ",
    "ơ": "oô",
    "u": "ư",
    "ư": "u",
    "e": "ê",
    "ê": "e",
}
DRAWN = {"name": "nksHoTen", "mother_name": "meHoTen", "father_name": "chaHoTen"}


@dataclass(frozen=True, slots=True)
class Case:
    """A child as the reader tells of her, what it saw, and who she is."""

    person: Person
    inks: dict[str, bytes]
    truth: str  # personal ID


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=400)
    count = parser.parse_args().cases
    rng = random.Random(SEED)
    asked = [_citizen(rng, number) for number in range(count)]
    doubles = [
        _double(rng, each, count + number * DOUBLES + n) for number, each in enumerate(asked) for n in range(DOUBLES)
    ]
    strangers = [_citizen(rng, count * (DOUBLES + 1) + number) for number in range(STRANGERS)]
    engine = PaddleEngine(REPOSITORY / "models")
    with tempfile.TemporaryDirectory() as folder:
        load_extract(
            write_extract([*asked, *doubles, *strangers], Path(folder, "people.csv")), Path(folder, "people.db")
        )
        population = open_extract(Path(folder, "people.db"))
        told = _count([_case(rng, engine, each) for each in asked], population)
        population.close()
    print(
        f"{told['cases']} children of {len(asked) + len(doubles) + STRANGERS} people, names drawn in {len(PENS)} pens"
    )
    print(f"right person first by text {told['text_first']:.3f}, with the ink {told['ink_first']:.3f}")
    print(
        f"wrong by text {told['wrong_by_text']}, of these right with the ink {told['mended']}; spoilt {told['spoilt']}"
    )
    print(json.dumps(told))


def _count(cases: list[Case], population: Population) -> dict[str, float]:
    firsts = [_firsts(case, population) for case in cases]
    right = [(text == case.truth, ink == case.truth) for case, (text, ink) in zip(cases, firsts, strict=True)]
    wrong = [ink for text, ink in right if not text]
    return {
        "cases": len(cases),
        "text_first": round(sum(text for text, _ in right) / len(cases), 4),
        "ink_first": round(sum(ink for _, ink in right) / len(cases), 4),
        "wrong_by_text": len(wrong),
        "mended": sum(wrong),
        "mended_share": round(sum(wrong) / max(1, len(wrong)), 4),
        "spoilt": sum(text and not ink for text, ink in right),
    }


def _firsts(case: Case, population: Population) -> tuple[str, str]:
    judged = candidates_of(case.person, population)
    by_text = rank(judged, population.extract().rows, frozen())
    with_ink = ranked(case.person, judged, case.inks, population.shares(), AS_READ)
    return _number(by_text[0] if by_text else None), _number(with_ink[0][0] if with_ink else None)


def _number(judged: Judged | None) -> str:
    return judged.citizen.personal_id if judged else ""


def _case(rng: random.Random, engine: Engine, citizen: Citizen) -> Case:
    """Name and parents read off drawn lines; of the birth the book has the year."""
    texts, inks = {}, {}
    for field, name in zip(DRAWN, (citizen.full_name, citizen.mother_name, citizen.father_name), strict=True):
        written = name.upper() if rng.random() < 0.5 else name
        (posterior,) = engine.read([draw_pen_line(rng, written, rng.choice(PENS), WEAR)])
        read = read_value([posterior], "name_upper")
        if read:
            ink, reading = read
            texts[field], inks[DRAWN[field]] = reading.ranked[0].text, packed(ink)
    person = Person("child", birth=citizen.date_of_birth[-4:], gender=citizen.gender, **({"name": "?"} | texts))
    return Case(person, inks, citizen.personal_id)


def _citizen(rng: random.Random, number: int) -> Citizen:
    gender, people, year = rng.choice(("Nam", "Nữ")), rng.choice(GROUPS), rng.randint(1960, 2020)
    father = invent_name(rng, "Nam", people)
    name = invent_name(rng, gender, people, father.split()[0])
    born = f"{rng.randint(1, 28):02d}.{rng.randint(1, 12):02d}.{year}"
    century = (gender == "Nữ") + 2 * (year >= 2000)
    return Citizen(
        f"015{century}{year % 100:02d}{number:06d}", name, gender, born, father_name=father,
        mother_name=invent_name(rng, "Nữ", rng.choice(GROUPS)),
    )  # fmt: skip


def _double(rng: random.Random, citizen: Citizen, number: int) -> Citizen:
    """Another person of the same year whose name, and whose parents' names, are written nearly so."""
    names = {"full_name": citizen.full_name, "mother_name": citizen.mother_name, "father_name": citizen.father_name}
    changed = [field for field in names if rng.random() < 0.6] or [rng.choice(list(names))]
    names |= {field: next(_near(rng, names[field])) for field in changed}
    born = f"{rng.randint(1, 28):02d}.{rng.randint(1, 12):02d}{citizen.date_of_birth[5:]}"
    return replace(citizen, personal_id=f"{citizen.personal_id[:6]}{number:06d}", date_of_birth=born, **names)


def _near(rng: random.Random, name: str) -> Iterator[str]:
    """The name with another tone or another vowel mark in one word that is not the surname."""
    words = name.split()
    while True:
        at = rng.randrange(1, len(words))
        word = _retoned(rng, words[at]) if rng.random() < 0.5 else _revowelled(rng, words[at])
        if word != words[at]:
            yield " ".join([*words[:at], word, *words[at + 1 :]])


def _retoned(rng: random.Random, word: str) -> str:
    letters = normalize("NFD", word)
    bare = "".join(letter for letter in letters if letter not in TONES)
    vowels = [place for place, letter in enumerate(bare) if letter.lower() in "aeiouy"]
    at = vowels[0] + 1 if vowels else len(bare)
    while at < len(bare) and not bare[at].isalpha():  # behind the marks of the vowel
        at += 1
    return normalize("NFC", bare[:at] + rng.choice(["", *TONES]) + bare[at:])


def _revowelled(rng: random.Random, word: str) -> str:
    tone = next((letter for letter in normalize("NFD", word) if letter in TONES), "")
    bare = normalize("NFC", "".join(letter for letter in normalize("NFD", word) if letter not in TONES))
    places = [place for place, letter in enumerate(bare) if letter in NEAR_LETTERS]
    if not places:
        return word
    at = rng.choice(places)
    return normalize("NFC", bare[:at] + rng.choice(NEAR_LETTERS[bare[at]]) + tone + bare[at + 1 :])


if __name__ == "__main__":
    main()
