"""A harder population: communes of Mông and Dao families with few names and many namesakes, whole birth entries.

Mother and father are told by name and year as the forms have it, names as they are written and read; half of the
families are not in the extract. Nobody in it is a real person.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from benchmarks.match_people import noisy_name
from digitize.books.persons import Person
from digitize.matching.decide import Outcome, match_person
from digitize.matching.family import match_family
from digitize.matching.population import Citizen
from digitize.matching.population.roster import Roster
from drawing.people import Family, invent_families
from drawing.people import Person as Drawn

COMMUNES, FAMILIES, ENTRIES, SEED = 4, 700, 400, 9004
FOUND = (Outcome.CONSISTENT, Outcome.DISCREPANT)


@dataclass(frozen=True, slots=True)
class Entry:
    """The people of a birth entry and who they are; None for those who are not in the extract."""

    persons: tuple[Person, ...]
    truth: tuple[str | None, ...]


def families() -> None:
    """Prints a line for people looked up one by one and one for families together."""
    rng = Random(SEED)
    drawn = list(_drawn(rng))
    here = [family for family in drawn if rng.random() < 0.5]
    population = Roster(_citizen(person) for family in here for person in _members(family))
    asked = rng.sample([family for family in drawn if family.children], ENTRIES)
    entries = [_entry(family, family in here, rng) for family in asked]
    namesakes = _namesakes(here)
    print(f"families: {population.extract().rows:,} Mông, Dao and other people, {namesakes:.0%} share name and year")
    alone = [[match_person(person, population) for person in entry.persons] for entry in entries]
    together = [match_family(entry.persons, population) for entry in entries]
    for title, answers in (("one by one", alone), ("together", together)):
        for role in ("child", "mother", "father"):
            print(f"    {title:<10} {role:<6} {_told(entries, answers, role)}")


def _drawn(rng: Random) -> Iterator[Family]:
    """Names are drawn anew in each of many hamlets, so that they come again and again."""
    for _ in range(COMMUNES * FAMILIES // 20):
        for family in invent_families(rng, 20, set()):
            home = f"Thôn {rng.randrange(400)}, {family.mother.residence.split(', ', 1)[1]}"
            members = [replace(person, residence=home) for person in _members(family)]
            yield Family(members[0], members[1], tuple(members[2:]))


def _members(family: Family) -> tuple[Drawn, ...]:
    return (family.father, family.mother, *family.children)


def _citizen(person: Drawn) -> Citizen:
    return Citizen(
        personal_id=person.personal_id,
        full_name=person.full_name,
        gender=person.gender,
        date_of_birth=_dotted(person.born),
        ethnicity=person.ethnicity,
        father_name=person.father_name,
        mother_name=person.mother_name,
        father_birth_year=str(person.father_birth_year or ""),
        mother_birth_year=str(person.mother_birth_year or ""),
        residence=person.residence,
    )


def _dotted(day: date) -> str:
    return day.strftime("%d.%m.%Y")


def _entry(family: Family, is_here: bool, rng: Random) -> Entry:
    father, mother = family.father, family.mother
    child = rng.choice(family.children)
    of_parents = {"mother_name": noisy_name(mother.full_name, rng), "father_name": noisy_name(father.full_name, rng)}
    years = {"mother_birth": str(mother.born.year), "father_birth": str(father.born.year)}
    name = noisy_name(child.full_name, rng)
    told = Person("child", name, _dotted(child.born), child.gender, child.ethnicity, **of_parents, **years)
    persons = (
        told,
        Person("mother", of_parents["mother_name"], years["mother_birth"], "2", mother.ethnicity),
        Person("father", of_parents["father_name"], years["father_birth"], "1", father.ethnicity),
    )
    truth = tuple(person.personal_id if is_here else None for person in (child, mother, father))
    return Entry(persons, truth)


def _namesakes(here: Sequence[Family]) -> float:
    told = Counter((person.full_name, person.born.year) for family in here for person in _members(family))
    return sum(count for count in told.values() if count > 1) / sum(told.values())


def _told(entries: Sequence[Entry], answers: Sequence[Sequence[object]], role: str) -> str:
    counts: Counter[str] = Counter()
    for entry, results in zip(entries, answers, strict=True):
        for person, truth, result in zip(entry.persons, entry.truth, results, strict=True):
            if person.role == role:
                linked = result.outcome in FOUND  # type: ignore[attr-defined]
                counts["present"] += truth is not None
                counts["links"] += linked
                counts["right"] += linked and result.personal_id == truth  # type: ignore[attr-defined]
    precision = counts["right"] / max(counts["links"], 1)
    return f"precision {precision:.4f} ({counts['links']} links) recall {counts['right'] / counts['present']:.4f}"
