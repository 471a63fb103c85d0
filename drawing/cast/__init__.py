"""Who stands on which sample page, what each page shows, and what matching should find for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from drawing.commune import Commune
from drawing.draft import Registration
from drawing.habits import DATE_HABITS, PAPER_HABITS, SIGNER_HABITS, Habits
from drawing.people import Person, invent_child
from drawing.writing import Writing

CONSISTENT, DISCREPANT, NOT_FOUND, SEVERAL = "consistent", "discrepant", "not_found", "several"
CHAIRMAN, DEPUTY = ("Hà Văn Bình", "Chủ tịch"), ("Lò Thị Hương", "Phó Chủ tịch")
CLERK = "Nông Thị Hạnh"


@dataclass(frozen=True, slots=True)
class Case:
    """One page to draw. `expected`: role -> outcome of matching."""

    writing: Writing
    shows: str
    expected: Mapping[str, str]


def registration(
    volume: str, number: int, day: date, signer: tuple[str, str], habits: tuple[int, int, int], note: str = ""
) -> Registration:
    """`habits` picks this clerk's way of writing dates, papers and signers from drawing.habits."""
    hand = Habits(DATE_HABITS[habits[0]], PAPER_HABITS[habits[1]], SIGNER_HABITS[habits[2]])
    return Registration(f"{number:02d}", volume, str(number), day, *signer, CLERK, hand, note)


def newborn(town: Commune, parents: tuple[Person, Person], born: date) -> Person:
    """A child of these two, in the population database."""
    child = invent_child(town.rng, *parents, born, town.taken)
    town.enrol(child)
    return child
