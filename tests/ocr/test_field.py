"""What a field may say helps where the ink is in doubt, and never hides what the ink says."""

import numpy as np
import pytest

from digitize.ocr.calibrate import confidence_of
from digitize.ocr.engine import Posterior
from digitize.ocr.field import is_bound, read_field
from tests.engines import LETTERS, posterior_of


def doubtful(text: str, rival: str, sure: float = 0.45) -> Posterior:
    """The ink of `rival`, which at every letter in which it differs could nearly as well be that of `text`."""
    posterior = posterior_of(rival, sure=0.95)
    for place, (meant, seen) in enumerate(zip(text, rival, strict=True)):
        if meant != seen:
            posterior.probabilities[2 * place, LETTERS.index(seen)] = 1 - sure - 0.05
            posterior.probabilities[2 * place, LETTERS.index(meant)] = sure
    return posterior


@pytest.mark.parametrize(("kind", "text", "rival"), [
    ("ethnic", "Mèo", "Mào"),
    ("gender", "Nữ", "Nừ"),
    ("nationality", "Việt Nam", "Viột Nam"),
    ("date", "02/06/2017", "02/06/201/"),
    ("date_words", "Ngày năm tháng tư năm hai nghìn", "Ngày năm tháng tư nấm hai nghìn"),
    ("pid12", "015302000123", "0153020o0123"),
    ("name_upper", "LÒ THỊ HOA", "LÒ THỊ HQA"),
    ("place", "xã Mồ Dề, huyện Mù Cang Chải", "xã Mồ Dề, huyện Mù Cang Chảl"),
    ("signer", "Phó Chủ tịch", "Phó Chủ tịeh"),
])  # fmt: skip
def test_sense_decides_where_the_ink_is_in_doubt(kind: str, text: str, rival: str) -> None:
    reading = read_field(doubtful(text, rival), kind)
    assert reading.literal.text == rival
    assert reading.ranked[0].text == text
    assert reading.literal in reading.ranked


@pytest.mark.parametrize(("kind", "text"), [
    ("ethnic", "Xơ Teng"),
    ("gender", "Không rõ"),
    ("nationality", "Liên Xô"),
    ("date", "Khoảng năm 1950"),
    ("date", "30/02/20155"),
    ("date_words", "Ngày năm tháng tư năm Nhâm Thìn"),
    ("pid12", "01530200012"),
    ("entry_no", "Số 7 bis"),
    ("name_upper", "GIÀNG A Dzơ"),
    ("place", "buôn Kpă Klơng"),
])  # fmt: skip
def test_clear_ink_is_believed_whatever_the_field_may_say(kind: str, text: str) -> None:
    reading = read_field(posterior_of(text, sure=0.999), kind)
    assert reading.ranked[0].text == reading.literal.text == text


@pytest.mark.parametrize(("kind", "seen", "meant"), [
    ("year_or_date", "1g44", "1944"),
    ("pid12", "0153O20001l3", "015302000113"),
    ("date", "O2/06/20S7", "02/06/2057"),
])  # fmt: skip
def test_a_letter_among_figures_is_the_figure_that_looks_like_it(kind: str, seen: str, meant: str) -> None:
    reading = read_field(posterior_of(seen, sure=0.9999), kind)
    assert (reading.ranked[0].text, reading.literal.text) == (meant, seen)
    assert reading.shares[0] < 0.97  # for a person to look at


def test_shares_are_probabilities_best_first() -> None:
    reading = read_field(doubtful("Tày", "Táy"), "ethnic")
    assert sum(reading.shares) == pytest.approx(1.0)
    assert list(reading.shares) == sorted(reading.shares, reverse=True)


def test_texts_that_become_the_same_are_one_and_keep_their_probability() -> None:
    reading = read_field(doubtful("Tày", "Táy"), "text")
    merged = reading.mapped(lambda text: text[:1])
    assert merged.literal.text == "T"
    assert len({each.text for each in merged.ranked}) == len(merged.ranked)
    assert (
        merged.shares[0]
        >= sum(s for s, each in zip(reading.shares, reading.ranked, strict=True) if each.text[0] == "T") - 1e-6
    )


@pytest.mark.parametrize("kind", ["ethnic", "date", "place"])
def test_blank_paper_and_noise_are_read_without_certainty(kind: str) -> None:
    assert read_field(posterior_of(""), kind).literal.text == ""
    noise = Posterior(np.full((40, len(LETTERS)), 1 / len(LETTERS), np.float32), LETTERS, 300)
    assert confidence_of(noise, read_field(noise, kind), kind) < 0.5


def test_which_kinds_are_bound() -> None:
    assert [is_bound(kind) for kind in ("gender", "date", "name", "text")] == [True, True, False, False]
