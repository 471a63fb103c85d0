"""Drawn lines: what is on them is what they say they are, whatever paper they lie on."""

import csv
import random
import tarfile
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import cv2
import numpy as np
import pytest

from drawing.fonts import PENS, PRINTS, VERSIONS, font, vietnamese_letters
from training import handwriting, pens
from training.carry import pack
from training.hands import Hands
from training.lines import _texts_in_capitals, benchmark_lines, draw, draw_pen_line, draw_print_line, sheet
from training.paper import Crop, lay
from training.pens import Alpha, Ink

WORDS = "Nguyễn Văn Thôn Bình Minh xã Tân Lập Hồ Mai 0 1 2 3 4 5 6 7 8 9 12 253".split()  # noqa: SIM905
REPEATS = 3  # so that the writer has enough words for names and places


@pytest.fixture(autouse=True)
def packaged_face(monkeypatch: pytest.MonkeyPatch) -> None:
    """Noto Serif for every face: the pens are fetched with npm and are not there in a test."""
    serif = files("fontpkg_noto_serif").joinpath("files", "NotoSerif[wdth,wght].ttf")
    monkeypatch.setattr(pens, "font_file", lambda name, *variant: (VERSIONS[name], Path(str(serif)))[1])
    for cached in (pens._font, pens._share_of_x, pens._capital_share, pens._has_dotless_i):
        cached.cache_clear()


@pytest.fixture
def handwriting_folder(tmp_path: Path) -> Path:
    """Two writers, both with all WORDS; each word is as many bars as it has letters."""
    for collection, name in (("kalapa", "001_00.jpg"), ("cinnamon", "0000_samples.jpg")):
        (tmp_path / collection).mkdir()
        (tmp_path / collection / "labels.tsv").write_text(f"{name}\tThôn Bình Minh\n", "utf-8")
    columns = "file text writer baseline ink_rgb source nll_per_letter".split()  # noqa: SIM905
    with zipfile.ZipFile(tmp_path / "words.zip", "w") as archive, (tmp_path / "words.tsv").open("w", newline="") as tsv:
        rows = csv.DictWriter(tsv, columns, delimiter="\t")
        rows.writeheader()
        for number, text in enumerate(WORDS * REPEATS * 2):
            writer = "K001" if number < len(WORDS) * REPEATS else "K002"
            mask = np.zeros((40, 14 * len(text)), np.uint8)
            mask[8:32, 4::14] = mask[8:32, 5::14] = mask[8:32, 6::14] = 255
            archive.writestr(f"w{number}.png", cv2.imencode(".png", mask)[1].tobytes())
            doubt = 9.0 if text == "Mai" else 0.1
            values = (f"w{number}.png", text, writer, 32.0, "20,30,90", f"{number // 5:03}_00.jpg", doubt)
            rows.writerow(dict(zip(columns, values, strict=True)))
    return tmp_path


def bar(height: int, width: int, margin: int) -> Alpha:
    """Ink from column `margin` to as far from the right, on rows 20 to 39."""
    alpha = np.zeros((height, width), np.uint8)
    alpha[20:40, margin : width - margin] = 255
    return alpha


def test_pens_and_prints_that_are_kept_apart_are_never_trained_on() -> None:
    assert {"mali", "dancing-script"} <= set(pens.HELD_OUT_PENS)
    assert not set(pens.HELD_OUT_PENS) & set(pens.TRAINING_PENS)
    assert not set(pens.HELD_OUT_PRINTS) & set(pens.TRAINING_PRINTS)
    assert set(pens.HELD_OUT_PENS) | set(pens.TRAINING_PENS) == set(PENS)
    assert len(PENS) >= 45
    assert len(PRINTS) >= 10


@pytest.mark.parametrize("paint", [draw_pen_line, draw_print_line])
def test_a_drawn_line_is_a_crop_of_a_page(paint: Callable[[random.Random, str, str], np.ndarray]) -> None:
    for seed in range(30):
        image = paint(random.Random(seed), "Nguyễn Thị Ẩm, 05/02/2004", "tinos")
        assert image.dtype == np.uint8
        assert image.shape[2] == 3
        assert 30 <= image.shape[0] <= 110
        assert image.std() > 3  # something is written on it


def test_the_same_seed_draws_the_same_line() -> None:
    assert np.array_equal(
        draw_pen_line(random.Random(4), "Lò A Páo", "mali"), draw_pen_line(random.Random(4), "Lò A Páo", "mali")
    )


def test_the_shortest_texts_are_drawn_too() -> None:
    for text in (".", "-", "i", "Ỷ", "1"):
        assert draw_pen_line(random.Random(1), text, "mali").size


def test_ink_is_as_large_as_it_says_and_stands_on_its_baseline() -> None:
    for ink in (pens.write(random.Random(1), "xzx", "mali"), pens.type_out(random.Random(1), "xzx", "tinos")):
        rows = np.flatnonzero((ink.alpha > 100).any(axis=1))
        assert 12 <= ink.x_height <= 21
        assert 0.8 * ink.x_height < np.ptp(rows) < 1.5 * ink.x_height
        assert abs(rows[-1] - ink.baseline) < 0.4 * ink.x_height


def test_a_tone_over_a_hat_can_be_told_from_another() -> None:
    def apart(seed: int) -> float:
        grave, hook, none = (pens.write(random.Random(seed), text, "bad-script").alpha / 255 for text in "ỒỔÔ")
        return float(np.abs(grave - hook).sum() / (np.abs(grave - none).sum() + np.abs(hook - none).sum()))

    assert np.median([apart(seed) for seed in range(40)]) > 0.5  # drawn no larger than it ends up: 0.38


def test_a_pen_that_draws_two_letters_alike_does_not_write_them() -> None:
    assert pens.legible("Ẫ", ("dancing-script", "mali")) == ["mali"]
    assert pens.legible("Ẵ", ("dancing-script", "mali")) == ["dancing-script", "mali"]
    alike = [font("dancing-script", 100).getmask(letter) for letter in "ẪẴ"]
    assert bytes(alike[0]) == bytes(alike[1])  # or this exception is needed no longer


def test_some_hands_write_a_capital_as_a_large_small_letter_and_a_1_as_a_stroke() -> None:
    assert pens._parts("Nam", "NM") == [("N", True), ("am", False)]
    assert pens._parts("ẤN", "NA") == [("Ấ", True), ("N", True)]
    assert pens._parts("Nam", "") == [("Nam", False)]
    habit = pens.Habit(18, 1, 0, 0, 0, 0)
    for text, own in (("Nam", {"enlarged": "N"}), ("11", {"bare_one": True})):
        of_the_face, of_the_hand = (
            pens._set(random.Random(1), text, "tinos", 400, "normal", replace(habit, **shapes)).alpha
            for shapes in ({}, own)
        )
        tall_of_the_face, tall_of_the_hand = (
            np.ptp(np.flatnonzero((ink > 128).any(axis=1))) for ink in (of_the_face, of_the_hand)
        )
        assert not np.array_equal(of_the_face, of_the_hand)
        assert 0.75 < tall_of_the_hand / tall_of_the_face < 1.2  # as high as the capital and the figure are


def test_tone_marks_are_taken_off_letter_by_letter() -> None:
    assert pens._unmarked("Nguyễn", "tinos", hats_too=False) == "Nguyên"
    assert pens._unmarked("Nguyễn", "tinos", hats_too=True) == "Nguyen"
    assert pens._unmarked("đường", "tinos", hats_too=True) == "đương"
    assert pens._unmarked("thì thị mi", "tinos", hats_too=False) == "thı thi mi"


def test_a_crop_wider_than_the_ink_adds_paper_and_a_tighter_one_shaves() -> None:
    ink = Ink(bar(60, 200, 50), 39.0, 15.0)
    wide = [lay(random.Random(s), ink, (80, 30, 20), Crop(80, 80, 100, 300)) for s in range(8)]
    tight = [lay(random.Random(s), ink, (80, 30, 20), Crop(-1, -1, 0, 0)) for s in range(8)]
    assert all(image.shape[1] / image.shape[0] > 2.4 for image in wide)
    assert all(4.5 < image.shape[1] / image.shape[0] < 6.5 for image in tight)


def test_ink_stands_out_from_any_paper() -> None:
    ink = Ink(bar(60, 240, 20), 39.0, 15.0)
    for seed in range(60):
        image = lay(random.Random(seed), ink, (190, 190, 190), Crop(6, 6, 8, 8))
        grey = np.sort(image.mean(axis=2).ravel())
        assert grey[-grey.size // 8] - grey[grey.size // 4] > 20


def test_hands_open_only_the_words_of_the_writers_they_were_given(handwriting_folder: Path) -> None:
    hands = Hands(handwriting_folder, {"K001"})
    lines = [hands.draw_line(random.Random(seed)) for seed in range(60)]
    assert {line.source for line in lines} == {"hand:K001"}
    with pytest.raises(ValueError, match="No trusted word"):
        Hands(handwriting_folder, {"K009"})


def test_a_hand_line_says_what_its_crops_say_and_no_doubtful_word(handwriting_folder: Path) -> None:
    hands = Hands(handwriting_folder, {"K001", "K002"})
    known = set(WORDS) - {"Mai"}
    kinds = set()
    for seed in range(150):
        line = hands.draw_line(random.Random(seed))
        kinds.add(line.kind)
        assert line.text == unicodedata.normalize("NFC", line.text)
        if line.kind in ("date", "number"):
            assert set(line.text) <= set("0123456789/.-")
        else:
            assert {word.strip(",") for word in line.text.split()} <= known
    assert kinds == {"short", "run", "place", "name", "date", "number"}


def test_what_is_carried_away_is_read_there_as_here(handwriting_folder: Path, tmp_path_factory) -> None:
    for line in handwriting.lines(handwriting_folder):
        cv2.imwrite(str(line.path), np.full((72, 300, 3), 230, np.uint8))
    there = tmp_path_factory.mktemp("there")
    face = there / "mali-400.ttf"
    face.write_bytes(b"face")
    pack(handwriting_folder, [face], there / "carry.tar.xz")
    with tarfile.open(there / "carry.tar.xz") as archive:
        archive.extractall(there, filter="data")
    assert (there / "fonts" / "mali-400.ttf").read_bytes() == b"face"
    lines = handwriting.lines(there / "handwriting")
    assert [line.text for line in lines] == [line.text for line in handwriting.lines(handwriting_folder)]
    assert [cv2.imread(str(line.path)).shape for line in lines] == [(60, 250, 3)] * len(lines)
    trusted = [word for word in handwriting.words(handwriting_folder) if word.text != "Mai"]
    assert handwriting.words(there / "handwriting") == trusted
    drawn = (
        Hands(root, {"K001"}).draw_line(random.Random(1)).image for root in (handwriting_folder, there / "handwriting")
    )
    assert np.array_equal(*drawn)  # the ink of words is kept to the pixel


def test_longer_figures_are_cut_into_their_digits(handwriting_folder: Path) -> None:
    digits = Hands(handwriting_folder, {"K001"})._digits_of("K001")
    assert len(digits["5"]) == 2 * REPEATS  # from "5" and from "253"
    assert all(piece.alpha.shape[1] < 14 for piece in digits["5"] if piece.alpha.shape[1] != 14)


def test_draw_mixes_all_inks(handwriting_folder: Path) -> None:
    hands = Hands(handwriting_folder, {"K001"})
    rng = random.Random(3)
    sources = {draw(rng, ("mali", "tinos"), hands).source for _ in range(40)}
    assert sources == {"pen:mali", "print:tinos", "hand:K001"}


@pytest.mark.parametrize("kind", ["drawn", "printed", "digits", "short"])
def test_benchmark_lines_are_the_same_each_time_and_of_inks_kept_apart(kind: str, handwriting_folder: Path) -> None:
    hands = Hands(handwriting_folder, {"K002"})
    once, again = (benchmark_lines(kind, 15, 7, hands) for _ in range(2))
    assert [line.text for line in once] == [line.text for line in again]
    assert all(np.array_equal(a.image, b.image) for a, b in zip(once, again, strict=True))
    apart = {f"pen:{n}" for n in pens.HELD_OUT_PENS} | {f"print:{n}" for n in pens.HELD_OUT_PRINTS} | {"hand:K002"}
    assert {line.source for line in once} <= apart
    if kind == "digits":
        assert all(set(line.text) <= set("0123456789/.- ") for line in once)


def test_every_accented_capital_stands_equally_often_in_the_lines_of_capitals() -> None:
    written = "".join(_texts_in_capitals(random.Random(7), 1000))
    capitals = [letter for letter in vietnamese_letters() if letter.isupper()]
    assert len(capitals) == 67
    assert min(written.count(letter) for letter in capitals) >= 4 * 1000 // 67


def test_benchmark_lines_of_no_such_kind_are_refused() -> None:
    for kind, count in (("short", 5), ("capitals", 16), ("poems", 5)):
        with pytest.raises(ValueError):
            benchmark_lines(kind, count, 1)


def test_a_sheet_shows_all_lines() -> None:
    lines = [draw(random.Random(seed), ("mali",)) for seed in range(5)]
    assert sheet(lines).shape[1] == 1400


def test_held_out_words_and_lines_are_told_apart(handwriting_folder: Path) -> None:
    assert len(handwriting.words(handwriting_folder)) == 2 * REPEATS * len(WORDS)


def test_wanted_words_are_written_by_somebody_who_has_them_all(handwriting_folder: Path) -> None:
    hands = Hands(handwriting_folder, {"K001", "K002"})
    written = hands.write(random.Random(1), "Nguyễn Văn Hồ")
    assert written is not None
    assert written.text == "Nguyễn Văn Hồ"
    assert written.ink.alpha.max() > 200
    assert hands.write(random.Random(1), "Nguyễn Mai") is None  # no trusted "Mai"
