"""The invented people hang together."""

from datetime import date
from random import Random

from digitize.books.codelists import ethnic_group, gender_code
from digitize.books.dates import PartialDate
from digitize.books.personal_id import personal_id_problems, province_of
from digitize.books.places import units_valid_on
from drawing.names import SURNAMES
from drawing.people import Family, Person, invent_families


def families(seed: int = 7) -> tuple[Family, ...]:
    return tuple(invent_families(Random(seed), 60, set()))


def everybody() -> list[Person]:
    return [person for family in families() for person in (family.father, family.mother, *family.children)]


def test_same_seed_same_people() -> None:
    assert families() == families()
    assert families() != families(8)


def test_no_two_people_share_a_name_or_a_number() -> None:
    people = everybody()
    assert len({person.full_name for person in people}) == len(people)
    assert len({person.personal_id for person in people}) == len(people)


def test_personal_ids_are_of_yen_bai_and_fit_birth_and_gender() -> None:
    for person in everybody():
        born = PartialDate(person.born.day, person.born.month, person.born.year)
        assert personal_id_problems(person.personal_id, born, gender_code(person.gender)) == ()
        assert province_of(person.personal_id) == "Yên Bái"


def test_surnames_fit_the_ethnic_group() -> None:
    for person in everybody():
        assert person.surname in SURNAMES[person.ethnicity]
        assert ethnic_group(person.ethnicity) is not None


def test_parents_are_old_enough_and_named_as_the_child_says() -> None:
    for family in families():
        for child in family.children:
            assert child.born.year - max(family.father.born.year, family.mother.born.year) >= 15
            assert (child.father_name, child.mother_name) == (family.father.full_name, family.mother.full_name)
            assert child.surname == family.father.surname


def test_the_commune_is_no_real_one() -> None:
    assert "Suối Mơ" not in {unit.name for unit in units_valid_on(date(2023, 4, 10))}
