from math import exp

import numpy as np
import pytest

from digitize.ocr.decode import beam_search, gain_of
from digitize.ocr.engine import Posterior
from digitize.ocr.language import language_of
from digitize.ocr.ngrams import BEGIN, folded, ngrams


@pytest.mark.parametrize(
    ("usual", "odd"),
    [
        ("Yên Bái", "Yên Bải"),
        ("huyện Văn Chấn", "huyện Vặn Chấn"),
        ("Nguyễn Thị Hoa", "Nguyễn Thi Hoa"),
        ("Thành phố Hồ Chí Minh", "Thành phồ Hồ Chí Minh"),
        ("làm ruộng", "làm ruông"),
    ],
)
def test_what_is_usually_written_gains_more(usual: str, odd: str) -> None:
    assert (gain_of(ngrams(), usual) or 0.0) > (gain_of(ngrams(), odd) or 0.0)


def test_case_figures_and_marks_are_the_inks_to_say() -> None:
    assert gain_of(ngrams(), "tổ 12, YÊN BÁI") == gain_of(ngrams(), "Tổ 98, Yên Bái")


def test_folding_keeps_every_letter_in_its_place() -> None:
    assert folded("Đường Số 19 İ") == "đường số 00 İ"


def test_what_may_follow_adds_up_to_no_more_than_one() -> None:
    model = ngrams()
    letters = {run for run in model.runs if len(run) == 1}
    for before in (BEGIN, "n yên", "zzzzz", "ng th"):
        assert 0.9 < sum(exp(model.nats(before, letter)) for letter in letters) < 1.05, before


def test_a_letter_never_seen_is_unlikely_but_not_forbidden() -> None:
    gain = gain_of(ngrams(), "Yên€Bái")
    assert gain is not None and gain < -2


def test_unclear_ink_is_decided_by_what_is_usual_and_clear_ink_is_not() -> None:
    signs = ("", *"Yên Báải")

    def line(acute: float, hook: float) -> Posterior:
        moments = []
        for letter in ("Y", "ê", "n", " ", "B", None, "i"):
            told = {letter: 1.0} if letter else {"á": acute, "ả": hook}
            moments += [[told.get(sign, 0.0) for sign in signs], [float(sign == "") for sign in signs]]
        return Posterior(np.array(moments, np.float32), signs, 100)

    assert beam_search(line(0.4, 0.6), language=language_of("place"))[0].text == "Yên Bái"
    assert beam_search(line(0.0001, 0.9999), language=language_of("place"))[0].text == "Yên Bải"


def test_that_nothing_is_written_is_for_the_ink_to_say() -> None:
    assert gain_of(ngrams(), "") == 0
