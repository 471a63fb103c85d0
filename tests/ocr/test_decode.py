from itertools import groupby, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.ocr.decode import align, beam_search, best_path, joined, log_likelihood, log_likelihoods, part_of
from digitize.ocr.engine import Posterior

SIGNS = ("", "a", "b")
NEVER = ("v", "w", "x", "y", "z")  # the engine knows them, and they are never meant


def posterior(*moments: tuple[float, ...], width: int = 100) -> Posterior:
    meant = np.array(moments, np.float32).reshape(-1, len(SIGNS))
    return Posterior(np.pad(meant, ((0, 0), (0, len(NEVER)))), (*SIGNS, *NEVER), width)


@st.composite
def small_posteriors(draw: st.DrawFn) -> Posterior:
    weights = draw(st.lists(st.tuples(*[st.floats(0.05, 1.0)] * len(SIGNS)), min_size=1, max_size=5))
    return posterior(*[tuple(w / sum(moment) for w in moment) for moment in weights])


def spelled(path: tuple[int, ...]) -> str:
    """What a path of signs spells: repeats are one letter, blanks are none."""
    return "".join(SIGNS[sign] for sign, _ in groupby(path))


def by_enumeration(posterior: Posterior) -> dict[str, float]:
    """Probability of every text, added up over all paths that spell it."""
    texts: dict[str, float] = {}
    for path in product(range(len(SIGNS)), repeat=len(posterior.probabilities)):
        p = float(np.prod([moment[sign] for moment, sign in zip(posterior.probabilities, path, strict=True)]))
        texts[spelled(path)] = texts.get(spelled(path), 0.0) + p
    return texts


A, B, BLANK = (0.1, 0.8, 0.1), (0.1, 0.1, 0.8), (0.8, 0.1, 0.1)


@pytest.mark.parametrize(("moments", "text"), [
    ([A, B], "ab"),
    ([A, A], "a"),
    ([A, BLANK, A], "aa"),
    ([BLANK, BLANK], ""),
    ([B], "b"),
    ([A, A, BLANK, BLANK, A, B, B], "aab"),
])  # fmt: skip
def test_best_path_joins_repeats_and_drops_blanks(moments: list[tuple[float, ...]], text: str) -> None:
    reading = best_path(posterior(*moments))
    assert reading.text == text
    assert len(reading.starts) == len(reading.ends) == len(text)


def test_best_path_tells_where_each_character_stands() -> None:
    reading = best_path(posterior(BLANK, A, A, BLANK, B, width=50))
    assert (reading.starts, reading.ends) == ((10.0, 40.0), (30.0, 50.0))


def test_confidence_is_that_of_the_letters_and_one_doubtful_letter_lowers_it() -> None:
    sure, doubtful = best_path(posterior(A, B)), best_path(posterior(A, (0.3, 0.3, 0.4)))
    assert sure.confidence == pytest.approx(0.8)
    assert doubtful.confidence == pytest.approx((0.8 * 0.4) ** 0.5)
    assert best_path(posterior(BLANK)).confidence == 0.0


def test_nothing_is_read_of_no_moment() -> None:
    assert best_path(posterior()).text == ""


@given(small_posteriors())
def test_likelihood_is_the_sum_over_all_paths(given_posterior: Posterior) -> None:
    for text, probability in by_enumeration(given_posterior).items():
        assert np.exp(log_likelihood(given_posterior, text)) == pytest.approx(probability, rel=1e-4)


@pytest.mark.parametrize("text", ["c", "abc"])
def test_unknown_letters_cannot_be_meant(text: str) -> None:
    assert log_likelihood(posterior(A, B, A), text) == -np.inf


@pytest.mark.parametrize(("text", "moments"), [("ab", 1), ("aa", 2), ("abab", 3)])
def test_texts_too_long_for_the_crop_cannot_be_meant(text: str, moments: int) -> None:
    assert log_likelihood(posterior(*[A] * moments), text) == -np.inf


def test_repeated_letters_need_a_blank_between() -> None:
    assert np.exp(log_likelihood(posterior(A, BLANK, A), "aa")) == pytest.approx(0.8**3)


@given(small_posteriors())
def test_beam_finds_the_likeliest_text_and_ranks_as_enumeration_does(given_posterior: Posterior) -> None:
    exact = by_enumeration(given_posterior)
    beams = beam_search(given_posterior, width=64)
    assert exact[beams[0].text] == pytest.approx(max(exact.values()), rel=1e-3)
    found = {beam.text: np.exp(beam.ink) for beam in beams}
    assert [found.get(text, 0.0) for text in exact] == pytest.approx(list(exact.values()), abs=1e-3)


@given(small_posteriors())
def test_a_narrow_beam_gives_distinct_texts_best_first(given_posterior: Posterior) -> None:
    beams = beam_search(given_posterior, width=3)
    scores = [beam.score for beam in beams]
    assert len(beams) <= 3
    assert len({beam.text for beam in beams}) == len(beams)
    assert scores == sorted(scores, reverse=True)


class Ends:
    """A language whose texts end in "b"; every "a" costs half a nat."""

    start = ""

    def after(self, state: str, letter: str) -> tuple[str, float]:
        return letter, -0.5 if letter == "a" else 0.0

    def end(self, state: str) -> float | None:
        return 0.0 if state == "b" else None


@given(small_posteriors())
def test_a_language_forbids_and_weighs(given_posterior: Posterior) -> None:
    wanted = {text: np.log(p) - 0.5 * text.count("a") for text, p in by_enumeration(given_posterior).items()}
    lawful = {text: score for text, score in wanted.items() if text.endswith("b")}
    beams = beam_search(given_posterior, 64, Ends(), least=1e-9)
    assert beams[0].score == pytest.approx(max(lawful.values()), abs=1e-3)
    assert all(beam.text.endswith("b") for beam in beams)


def test_a_language_that_the_ink_cannot_spell_gives_nothing() -> None:
    assert beam_search(posterior((1.0, 0.0, 0.0)), language=Ends()) == ()


@given(small_posteriors())
def test_many_texts_are_weighed_as_one_by_one(given_posterior: Posterior) -> None:
    texts = ["", "a", "bb", "abab", "c"]
    assert log_likelihoods(given_posterior, texts) == pytest.approx([log_likelihood(given_posterior, t) for t in texts])


@given(small_posteriors())
def test_aligning_the_best_path_finds_it_again(given_posterior: Posterior) -> None:
    best = best_path(given_posterior)
    aligned = align(given_posterior, best.text)
    assert aligned.text == best.text
    assert aligned.sureness == pytest.approx(best.sureness, abs=0.51)


def test_a_text_that_the_ink_does_not_hold_is_aligned_with_doubt_or_not_at_all() -> None:
    assert align(posterior(A, BLANK, B), "bb").confidence < 0.5
    assert align(posterior(A), "ab").text == align(posterior(A), "ü").text == align(posterior(A), "").text == ""


def test_a_part_keeps_its_moments_and_its_share_of_the_width() -> None:
    whole = posterior(BLANK, A, BLANK, B, B, BLANK, A, width=70)
    part = part_of(whole, best_path(whole), 1, 2)
    assert (best_path(part).text, len(part.probabilities), part.width) == ("b", 4, 40)


def test_lines_are_joined_with_a_blank_between() -> None:
    signs = ("", "a", " ")
    line = Posterior(np.array([(0.1, 0.9, 0.0)], np.float32), signs, 10)
    both = joined([line, line])
    assert (best_path(both).text, both.width) == ("a a", 20)
    assert joined([line]) is line


def test_beam_hears_what_the_best_path_misses() -> None:
    """Two blanks are the likeliest path, but three paths spell "a"."""
    unsure = posterior((0.6, 0.4, 0.0), (0.6, 0.4, 0.0))
    assert best_path(unsure).text == ""
    assert beam_search(unsure)[0].text == "a"


def test_long_lines_do_not_run_into_zero() -> None:
    best = beam_search(posterior(*[(0.0005, 0.999, 0.0005), (0.999, 0.0005, 0.0005)] * 400))[0]
    assert best.text == "a" * 400
    assert -100 < best.ink < 0
