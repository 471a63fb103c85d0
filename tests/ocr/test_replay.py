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


def test_what_was_found_and_read_comes_back_as_it_was(tmp_path: Path) -> None:
    recorder, replayed = Recorder(Garbled(), tmp_path), ReplayEngine(tmp_path)
    assert recorder.find(image()) == replayed.find(image())
    (one,), (other,) = recorder.read([image()]), replayed.read([image()])
    assert best_path(one).text == best_path(other).text
    assert one.signs == other.signs
    np.testing.assert_allclose(one.probabilities, other.probabilities, atol=2e-3)


def test_crops_come_back_in_the_order_asked(tmp_path: Path) -> None:
    crops = [image(10, 40), image(20, 40, 200), image(30, 40)]
    texts = [best_path(p).text for p in Recorder(Garbled(), tmp_path).read(crops)]
    replayed = ReplayEngine(tmp_path).read(crops[::-1])
    assert [best_path(p).text for p in replayed] == texts[::-1]
    assert [p.width for p in replayed] == [300, 200, 300]


def test_a_page_without_lines_is_an_answer_too(tmp_path: Path) -> None:
    Recorder(Silent(), tmp_path).find(image())
    assert ReplayEngine(tmp_path).find(image()) == []


def test_an_image_never_seen_is_told(tmp_path: Path) -> None:
    Recorder(Silent(), tmp_path).find(image())
    with pytest.raises(RecordingMissing, match=fingerprint(image(254))):
        ReplayEngine(tmp_path).find(image(254))
    with pytest.raises(EngineError):
        ReplayEngine(tmp_path).read([image()])


def test_the_same_bytes_in_another_shape_are_another_image() -> None:
    assert fingerprint(image(0, 40, 30)) != fingerprint(image(0, 30, 40))


def test_a_crop_is_known_wherever_it_was_cut_from() -> None:
    page = np.arange(400 * 300 * 3, dtype=np.uint8).reshape(400, 300, 3)
    assert fingerprint(page[50:90, 20:200]) == fingerprint(page[50:90, 20:200].copy())
