"""A posterior and the kind of its field -> what is written letter for letter, and what is probably meant (pure)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from rapidfuzz.distance import Levenshtein

from digitize.ocr.decode import Hypothesis, beam_search, best_path, gain_of, log_likelihood, log_likelihoods
from digitize.ocr.engine import Posterior
from digitize.ocr.grammar import grammar_of
from digitize.ocr.language import language_of
from digitize.ocr.lexicon import closed_list

OFF = -5.0  # nats for every letter by which a text leaves what its field may say: one letter in 150
FEW_LETTERS = 2  # that may always be doubted; of a longer text a quarter
WIDTH = 12
LEAST_LAWFUL = 1e-6  # where a grammar may demand an unlikely sign; above FLOOR, or every sign is tried at each moment
LIKE_FIGURES = {"0": "OoQD", "1": "lI", "5": "Ss", "8": "B", "9": "gq"}  # letters that a pen writes like a figure
TAKEN = 0.01  # how often the reader takes the figure for such a letter, for all that it is sure: a little above OFF
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
    spelled = best_path(posterior).text
    literal = Hypothesis(spelled, log_likelihood(posterior, spelled))
    if answers := closed_list(kind):
        inks = log_likelihoods(posterior, list(answers))
        lawful = [Hypothesis(text, float(ink), answers[text]) for text, ink in zip(answers, inks, strict=True)]
        told = _off(literal, _best(lawful))
    elif grammar := grammar_of(kind):
        told = _off(literal, beam_search(_with_figures(posterior), WIDTH, grammar, LEAST_LAWFUL)[:MOST])
    else:
        language = language_of(kind)
        usual = beam_search(posterior, WIDTH, language)[:MOST]
        told = _beside(literal, usual, gain_of(language, spelled) or 0.0)
    return _ranked(spelled, told).mapped(str.strip)


def _with_figures(posterior: Posterior) -> Posterior:
    """The posterior in which a letter may be the figure that looks like it."""
    index = {sign: i for i, sign in enumerate(posterior.signs)}
    seen = posterior.probabilities.copy()
    for figure, letters in LIKE_FIGURES.items():
        if figure in index:
            alike = [index[letter] for letter in letters if letter in index]
            seen[:, index[figure]] += TAKEN * posterior.probabilities[:, alike].sum(axis=1)
    return replace(posterior, probabilities=seen)


def is_bound(kind: str) -> bool:
    """Whether fields of this kind can say only certain things."""
    return bool(closed_list(kind)) or grammar_of(kind) is not None


def _best(hypotheses: Iterable[Hypothesis]) -> tuple[Hypothesis, ...]:
    possible = [hypothesis for hypothesis in hypotheses if np.isfinite(hypothesis.ink)]
    return tuple(sorted(possible, key=lambda hypothesis: -hypothesis.score)[:MOST])


def _off(literal: Hypothesis, lawful: Sequence[Hypothesis]) -> list[Hypothesis]:
    """The lawful texts, and the literal one with what it costs not to be lawful.

    The cost is bounded, so that an answer with hardly a letter in common never takes the place of clear ink.
    """
    length = len(literal.text)
    away = min((Levenshtein.distance(each.text, literal.text) for each in lawful), default=length)
    return _beside(literal, lawful, OFF * min(away, max(FEW_LETTERS, length // 4)))


def _beside(literal: Hypothesis, others: Sequence[Hypothesis], gain: float) -> list[Hypothesis]:
    """The others, and the literal text with this gain where it is none of them."""
    is_told = any(each.text == literal.text for each in others)
    return [*others] if is_told else [*others, replace(literal, gain=gain)]


def _ranked(literal: str, hypotheses: Iterable[Hypothesis]) -> FieldReading:
    """Best first, each text once; it keeps the gain of its likeliest hypothesis."""
    merged: dict[str, Hypothesis] = {}
    for each in sorted(hypotheses, key=lambda hypothesis: -hypothesis.score):
        had = merged.get(each.text)
        merged[each.text] = replace(had, ink=float(np.logaddexp(had.ink, each.score - had.gain))) if had else each
    ranked = tuple(sorted(merged.values(), key=lambda hypothesis: -hypothesis.score))
    return FieldReading(merged[literal], ranked)
