"""A posterior and the kind of its field -> what is written letter for letter, and what is probably meant (pure)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz.distance import Levenshtein

from digitize.ocr.decode import Hypothesis, Language, beam_search, gain_of, log_likelihoods
from digitize.ocr.engine import Posterior
from digitize.ocr.grammar import grammar_of
from digitize.ocr.language import language_of
from digitize.ocr.lexicon import closed_list

OFF = -5.0  # nats for every letter by which a text leaves what its field may say: one letter in 150
FEW_LETTERS = 2  # that may always be doubted; of a longer text a quarter
WIDTH = 12
LEAST_LAWFUL = 1e-7  # what is followed where a grammar says how it may go on: it may demand an unlikely sign
MOST = 8  # hypotheses of each way of reading


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What may be meant, best first, and the reading by the ink alone; `literal` is one of `ranked`."""

    literal: Hypothesis
    ranked: tuple[Hypothesis, ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """Probability of each of `ranked`, were there no others."""
        scores = np.array([hypothesis.score for hypothesis in self.ranked])
        weights = np.exp(scores - scores.max())
        return tuple((weights / weights.sum()).tolist())

    def mapped(self, change: Callable[[str], str]) -> "FieldReading":
        """The reading with every text changed; texts that become the same are one."""
        return _ranked(change(self.literal.text), [replace(each, text=change(each.text)) for each in self.ranked])


def read_field(posterior: Posterior, kind: str) -> FieldReading:
    """Reads a value of this kind: "gender", "date", "place", ...; of a kind without rules of its own any words."""
    free = beam_search(posterior, WIDTH)[:MOST]
    if answers := closed_list(kind):
        inks = log_likelihoods(posterior, list(answers))
        lawful = [Hypothesis(text, float(ink), answers[text]) for text, ink in zip(answers, inks, strict=True)]
        told = _off(free, _best(lawful))
    elif grammar := grammar_of(kind):
        told = _off(free, beam_search(posterior, WIDTH, grammar, LEAST_LAWFUL)[:MOST])
    else:
        told = _in_words(free, posterior, language_of(kind))
    return _ranked(free[0].text, told).mapped(str.strip)


def is_bound(kind: str) -> bool:
    """Whether fields of this kind can say only certain things."""
    return bool(closed_list(kind)) or grammar_of(kind) is not None


def _best(hypotheses: Iterable[Hypothesis]) -> tuple[Hypothesis, ...]:
    possible = [hypothesis for hypothesis in hypotheses if np.isfinite(hypothesis.ink)]
    return tuple(sorted(possible, key=lambda hypothesis: -hypothesis.score)[:MOST])


def _off(free: Sequence[Hypothesis], lawful: Sequence[Hypothesis]) -> list[Hypothesis]:
    """The lawful texts, and the others with what it costs the literal one not to be lawful.

    The cost is the same for all of them, or the shortest would win; and it is bounded, so that an answer
    with hardly a letter in common never takes the place of clear ink.
    """
    literal, texts = free[0].text, {hypothesis.text for hypothesis in lawful}
    away = min((Levenshtein.distance(text, literal) for text in texts), default=len(literal))
    cost = OFF * min(away, max(FEW_LETTERS, len(literal) // 4))
    return [*lawful, *(replace(other, gain=cost) for other in free if other.text not in texts)]


def _in_words(free: Sequence[Hypothesis], posterior: Posterior, language: Language) -> list[Hypothesis]:
    """The texts of a search by ink and of one by ink and words, each with what the words say of it."""
    told = beam_search(posterior, WIDTH, language)[:MOST]
    texts = {hypothesis.text for hypothesis in told}
    others = [hypothesis for hypothesis in free if hypothesis.text not in texts]
    return [*told, *(replace(other, gain=gain_of(language, other.text) or 0.0) for other in others)]


def _ranked(literal: str, hypotheses: Iterable[Hypothesis]) -> FieldReading:
    """Best first, each text once; it keeps the gain of its likeliest hypothesis."""
    merged: dict[str, Hypothesis] = {}
    for each in sorted(hypotheses, key=lambda hypothesis: -hypothesis.score):
        had = merged.get(each.text)
        merged[each.text] = replace(had, ink=float(np.logaddexp(had.ink, each.score - had.gain))) if had else each
    ranked = tuple(sorted(merged.values(), key=lambda hypothesis: -hypothesis.score))
    return FieldReading(merged[literal], ranked)
