from pathlib import Path

import numpy as np
import pytest

from digitize.errors import EngineError, RecordingMissing
from digitize.ocr.decode import best_path
from digitize.ocr.engine import Image
from digitize.ocr.replay import Recorder, ReplayEngine, fingerprint
from tests.engines import Garbled, Silent


def image(grey: int = 255, height: int = 400, width: int = 300) -> Image:
    return np.full((height, width, 3), grey, np.uint8)


def test_lines_come_back_as_they_were(tmp_path: Path) -> None:
    recorded = Recorder(Garbled(), tmp_path).lines(image())
    replayed = ReplayEngine(tmp_path).lines(image())
    assert [line.box for line in replayed] == [line.box for line in recorded]
    for one, other in zip(recorded, replayed, strict=True):
        assert best_path(one.posterior).text == best_path(other.posterior).text
        assert one.posterior.signs == other.posterior.signs
        np.testing.assert_allclose(one.posterior.probabilities, other.posterior.probabilities, atol=2e-3)


def test_crops_come_back_in_the_order_asked(tmp_path: Path) -> None:
    crops = [image(10, 40), image(20, 40, 200), image(30, 40)]
    texts = [best_path(p).text for p in Recorder(Garbled(), tmp_path).read(crops)]
    replayed = ReplayEngine(tmp_path).read(crops[::-1])
    assert [best_path(p).text for p in replayed] == texts[::-1]
    assert [p.width for p in replayed] == [300, 200, 300]


def test_a_page_without_lines_is_an_answer_too(tmp_path: Path) -> None:
    Recorder(Silent(), tmp_path).lines(image())
    assert ReplayEngine(tmp_path).lines(image()) == []


def test_an_image_never_seen_is_told(tmp_path: Path) -> None:
    Recorder(Silent(), tmp_path).lines(image())
    with pytest.raises(RecordingMissing, match=fingerprint(image(254))):
        ReplayEngine(tmp_path).lines(image(254))
    with pytest.raises(EngineError):
        ReplayEngine(tmp_path).read([image()])


def test_the_same_bytes_in_another_shape_are_another_image() -> None:
    assert fingerprint(image(0, 40, 30)) != fingerprint(image(0, 30, 40))


def test_a_crop_is_known_wherever_it_was_cut_from() -> None:
    page = np.arange(400 * 300 * 3, dtype=np.uint8).reshape(400, 300, 3)
    assert fingerprint(page[50:90, 20:200]) == fingerprint(page[50:90, 20:200].copy())
