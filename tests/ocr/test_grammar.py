from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.books.dates import PartialDate, date_in_words, parse_date, parse_date_words
from digitize.ocr.decode import gain_of
from digitize.ocr.grammar import automaton, either, grammar_of, maybe, then, upto


def accepts(kind: str, text: str) -> bool:
    grammar = grammar_of(kind)
    assert grammar is not None
    return gain_of(grammar, text) == 0.0


def test_patterns_are_joined_chosen_left_out_and_repeated() -> None:
    language = automaton(then("x", maybe("y"), upto(either("1", "12"), 1, 2)))
    told = ["x", "x1", "xy1", "xy12", "x112", "x1212", "x111", "y1", "X1"]
    assert [text for text in told if gain_of(language, text) == 0.0] == ["x1", "xy1", "xy12", "x112", "x1212", "X1"]


@pytest.mark.parametrize("text", [
    "5/2/2004", "05/02/2004", "05.02.2004", "05-02-2004", "5 / 2 / 2004", "05 02 2004", "5/2004", "2004", "Năm 2004",
    "ngày 5 tháng 2 năm 2004", "Ngày 05, tháng 02, năm 2004", "tháng 3 năm 1999", "Ngày 5/2/2004", "5-2-04",
])  # fmt: skip
def test_dates_are_written_in_every_habit(text: str) -> None:
    assert accepts("date", text)
    assert text == "5-2-04" or parse_date(text)


@pytest.mark.parametrize("text", ["32/1/2004", "5/13/2004", "5/2.2004", "0502.2004", "5/2/204", "hôm qua", ""])
def test_what_is_no_date_is_not_accepted(text: str) -> None:
    assert not accepts("date", text)


@given(st.dates(date(1900, 1, 1), date(2030, 12, 31)))
def test_every_date_in_words_is_accepted_in_each_case(day: date) -> None:
    words = date_in_words(PartialDate(day.day, day.month, day.year))
    assert accepts("date_words", words)
    assert accepts("date_words", words.lower())
    assert accepts("date_words", words.title())
    assert accepts("date_words", words.upper())


@pytest.mark.parametrize("text", [
    "Ngày mùng năm tháng hai năm hai nghìn không trăm linh tư",
    "ngày mồng mười tháng chạp năm một ngàn chín trăm tám mươi nhăm",
    "Ngày hai mốt, tháng tư, năm hai nghìn lẻ bốn",
    "Năm một nghìn chín trăm năm mươi",
])  # fmt: skip
def test_words_have_their_variants(text: str) -> None:
    assert accepts("date_words", text)
    assert parse_date_words(text)


def test_a_date_in_words_holds_no_other_words() -> None:
    assert not accepts("date_words", "Ngày bốn mươi tháng hai năm hai nghìn")
    assert not accepts("date_words", "Ngày năm tháng mười ba năm hai nghìn")


@pytest.mark.parametrize(("kind", "right", "wrong"), [
    ("pid12", "015 302 000 123", "01530200012"),
    ("id_number", "068342682", "0683426825"),
    ("entry_no", "15/2004", "15/204"),
    ("paper_no", "114/GBT-BV", "114/GBT-"),
    ("paper_no", "05/2019/GBT", "GBT/05"),
    ("volume", "01/2017", "01/02/2017"),
    ("number", "125", "12a"),
])  # fmt: skip
def test_numbers_have_their_digits(kind: str, right: str, wrong: str) -> None:
    assert accepts(kind, right)
    assert not accepts(kind, wrong)


def test_other_kinds_have_no_grammar() -> None:
    assert grammar_of("name") is None
