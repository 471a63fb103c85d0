"""Narrow writing is drawn out and read again, and the more certain reading stays."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from digitize.books.entry import Box
from digitize.ocr.decode import best_path
from digitize.ocr.engine import Image, Posterior
from digitize.ocr.narrow import COMFORTABLE, read_narrow_again
from tests.engines import posterior_of


class SecondLook:
    """Answers every crop with one text, and remembers how wide the crops were."""

    def __init__(self, text: str, sure: float) -> None:
        self.posterior, self.widths = posterior_of(text, sure=sure), list[int]()

    def find(self, page: Image, closely: bool = False) -> list[Box]:
        return []

    def read(self, crops: Sequence[Image]) -> list[Posterior]:
        self.widths += [crop.shape[1] for crop in crops]
        return [self.posterior for _ in crops]

    def skim(self, crops: Sequence[Image]) -> list[Posterior]:
        return self.read(crops)


def _dense(text: str, sure: float = 0.9) -> Posterior:
    """A posterior with hardly more moments than letters: the text's own moments without the blanks between."""
    roomy = posterior_of(text, sure=sure)
    inked = roomy.probabilities.argmax(axis=1) != 0
    return replace(roomy, probabilities=roomy.probabilities[inked], width=80)


CROP = np.full((48, 80, 3), 255, np.uint8)


def test_a_dense_line_is_read_again_wider_and_the_surer_text_stays() -> None:
    engine = SecondLook("Thanh", sure=0.95)
    (kept,) = read_narrow_again(engine, [CROP], [_dense("Thnh", sure=0.6)])
    assert best_path(kept).text == "Thanh"
    assert kept.width == 80  # still pixels of the crop as it was
    assert engine.widths == [round(80 * 1.0 / COMFORTABLE)]


def test_a_less_certain_second_reading_is_dropped() -> None:
    (kept,) = read_narrow_again(SecondLook("Thinh", sure=0.6), [CROP], [_dense("Thanh")])
    assert best_path(kept).text == "Thanh"


@pytest.mark.parametrize("text", ["", "Thanh"])
def test_a_roomy_line_is_not_read_again(text: str) -> None:
    engine = SecondLook("x", sure=0.95)
    roomy = posterior_of(text)
    assert read_narrow_again(engine, [CROP], [roomy]) == [roomy]
    assert engine.widths == []
