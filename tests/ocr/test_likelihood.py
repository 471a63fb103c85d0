import numpy as np
import pytest

from digitize.ocr.decode import log_likelihood
from digitize.ocr.engine import Posterior
from digitize.ocr.likelihood import fits, packed, unpacked, writings_of

SIGNS = ("", "P", "á", "a", "à", "o", "x")


def seen(*moments: dict[str, float]) -> Posterior:
    rows = [[moment.get(sign, 0.0) for sign in SIGNS] for moment in moments]
    return Posterior(np.array(rows, np.float32), SIGNS, 40)


PAO = seen({"P": 0.98, "": 0.02}, {"á": 0.5, "a": 0.4, "à": 0.1}, {"": 0.9, "o": 0.1}, {"o": 0.95, "": 0.05})


def test_what_is_unpacked_says_the_same_as_what_was_packed() -> None:
    again = unpacked(packed(PAO))
    assert "x" not in again.signs and again.width == 40
    for text in ("Páo", "Pao", "Pào"):
        assert log_likelihood(again, text) == pytest.approx(log_likelihood(PAO, text), abs=0.15)


def test_the_ink_fits_one_name_so_much_better_than_another() -> None:
    told = dict(zip(("Páo", "Pào", "Pxo"), fits(packed(PAO), ("Páo", "Pào", "Pxo")), strict=True))
    assert np.exp(told["Páo"] - told["Pào"]) == pytest.approx(5, rel=0.1)
    assert told["Pxo"] < told["Pào"] - 5  # never seen there, and still to be compared


def test_capitals_and_the_place_of_the_tone_do_not_count() -> None:
    assert fits(packed(PAO), ["PÁO"]) == fits(packed(PAO), ["páo"])
    assert set(writings_of("Lò Thị Hoà")) >= {"LÒ THỊ HÒA", "Lò Thị Hòa", "LÒ THỊ HOÀ"}


def test_a_date_is_tried_in_the_habits_of_the_books() -> None:
    assert set(writings_of("04.08.2017")) == {
        *("04/08/2017", "4/8/2017", "04.08.2017", "4.8.2017", "04-08-2017", "4-8-2017"),
    }
    assert writings_of("1990") == ("1990",)


def test_nothing_fits_no_text_at_all() -> None:
    assert fits(packed(PAO), [""]) == [float("-inf")]
