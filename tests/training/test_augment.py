import random

import numpy as np
import pytest

from training.augment import HEIGHT, WIDEST, fit, moved, vary


def a_line(rows: int, columns: int) -> np.ndarray:
    return np.random.default_rng(0).integers(0, 255, (rows, columns, 3), np.uint8)


@pytest.mark.parametrize("shape", [(72, 1200), (30, 40), (110, 5000), (3, 3)])
def test_every_view_has_the_readers_height_and_a_bounded_width(shape: tuple[int, int]) -> None:
    for seed in range(20):
        for view in (vary(a_line(*shape), random.Random(seed)), moved(a_line(*shape), random.Random(seed))):
            assert view.shape[0] == HEIGHT
            assert 8 <= view.shape[1] <= WIDEST
            assert view.dtype == np.uint8


def test_the_same_seed_gives_the_same_view() -> None:
    line = a_line(72, 300)
    assert np.array_equal(vary(line, random.Random(7)), vary(line, random.Random(7)))
    assert not np.array_equal(vary(line, random.Random(7)), vary(line, random.Random(8)))


def test_fitting_keeps_proportions() -> None:
    assert fit(a_line(96, 400)).shape == (HEIGHT, 200, 3)
