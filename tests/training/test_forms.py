import random
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from training import forms, pens
from training.alphabet import SIGNS


@pytest.fixture(autouse=True)
def packaged_face(monkeypatch: pytest.MonkeyPatch) -> None:
    """Noto Serif for every face: the pens are fetched with npm and are not there in a test."""
    serif = files("fontpkg_noto_serif").joinpath("files", "NotoSerif[wdth,wght].ttf")
    monkeypatch.setattr(pens, "font_file", lambda *_: Path(str(serif)))
    for cached in (pens._font, pens._share_of_x, pens._has_dotless_i):
        cached.cache_clear()


def test_a_row_reads_labels_and_values_in_order() -> None:
    for seed in range(12):
        row = forms.draw_row(random.Random(seed), ["mali"], ["tinos"])
        assert any(row.text.startswith(label) for label in forms.LABELS)
        assert set(row.text) <= set(SIGNS)
        assert row.image.dtype == np.uint8 and row.image.ndim == 3
        assert row.image.shape[1] > 4 * len(row.text)


def test_the_same_seed_draws_the_same_row() -> None:
    first, again = (forms.draw_row(random.Random(5), ["mali"], ["tinos"]) for _ in range(2))
    assert first.text == again.text
    assert np.array_equal(first.image, again.image)
