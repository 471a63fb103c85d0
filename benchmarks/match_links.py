"""Links with probabilities, however they came about: the threshold of a task, and what it brings on another."""

from collections.abc import Sequence
from dataclasses import dataclass

DEMANDED = 0.9995  # precision that the tuning queries must show, above what is promised
LEAST = 0.5  # whoever is less likely than not is never linked


@dataclass(frozen=True, slots=True)
class Link:
    """The best candidate of a query. `present`: whether the right person is in the extract at all."""

    present: bool
    right: bool
    probability: float


def threshold(links: Sequence[Link], demanded: float = DEMANDED) -> float:
    """The lowest probability from which the links are precise enough."""
    best, right = 1.0, 0
    ranked = sorted((link for link in links if link.probability >= LEAST), key=lambda link: -link.probability)
    for number, link in enumerate(ranked, start=1):
        right += link.right
        if right / number >= demanded:
            best = link.probability
    return best


def precision_and_recall(links: Sequence[Link], least: float) -> tuple[float, float]:
    """Of the links from this probability on; recall over the people who are present."""
    made = [link for link in links if link.probability >= least]
    present = sum(link.present for link in links)
    right = sum(link.right for link in made)
    return (right / len(made) if made else 0.0), (right / present if present else 0.0)
