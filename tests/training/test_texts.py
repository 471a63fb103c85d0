"""What the recogniser is taught to read: signs it knows, every letter often, dates that mean what they say."""

import unicodedata
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from digitize.books.dates import parse_date, parse_date_words
from drawing.fonts import vietnamese_letters
from training.alphabet import SIGNS
from training.texts import KINDS, LONGEST, invent
from training.texts.dates import below_hundred_in_words, in_digits, in_words, some_date, some_day
from training.texts.lists import WORDS
from training.texts.syllables import syllables


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_is_one_line_of_signs_the_recogniser_knows(kind: str) -> None:
    for seed in range(300):
        written = invent(Random(seed), kind)
        assert written.kind == kind
        assert set(written.text) <= set(SIGNS), written
        assert 0 < len(written.text) <= LONGEST
        assert written.text == unicodedata.normalize("NFC", written.text) == " ".join(written.text.split())


def test_every_accented_letter_in_both_cases_comes_often() -> None:
    rng = Random(7)
    met = Counter("".join(invent(rng).text for _ in range(5000)))
    assert {letter: met[letter] for letter in vietnamese_letters() if met[letter] < 12} == {}


def test_texts_are_diverse_and_short_fields_frequent() -> None:
    rng = Random(7)
    texts = [invent(rng).text for _ in range(5000)]
    words = {word.strip(".,;:()-").casefold() for text in texts for word in text.split() if word.isalpha()}
    assert len(set(texts)) > 4000
    assert len(words) > 3000
    assert 0.4 < sum(len(text.split()) <= 3 for text in texts) / len(texts) < 0.75


def test_the_same_seed_gives_the_same_texts_and_names_need_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIGITIZE_NAMES", str(tmp_path))
    first, second = Random(3), Random(3)
    assert [invent(first) for _ in range(200)] == [invent(second) for _ in range(200)]


def test_dates_in_digits_and_in_words_mean_the_day_they_were_written_for() -> None:
    rng = Random(5)
    for _ in range(2000):
        day = some_date(rng)
        assert parse_date_words(in_words(rng, day)) == day
        digits = in_digits(rng, some := some_day(rng))
        assert parse_date(digits.replace("ng.", "ngày")) == some, digits


def test_numbers_below_a_hundred_in_words() -> None:
    assert [below_hundred_in_words(n) for n in (10, 15, 21, 44)] == ["mười", "mười lăm", "hai mươi mốt", "bốn mươi tư"]


def test_syllables_are_spelled_as_vietnamese_is() -> None:
    known = (
        "nguyễn quý quỳnh quốc giếng gì gia nghĩa khuỷu thúy hòa hoàn yến mỵ kỳ ghế ngoẵng thuở rượu xoong toòng uống"
    )
    assert set(known.split()) <= set(syllables())
    wrong = "ngĩa cỳ kà gé hoà thuý iến đồt cỏc giiếng quúy"
    assert not set(wrong.split()) & set(syllables())


def test_lists_are_nfc_without_blank_lines_or_stray_spaces() -> None:
    for path in sorted(WORDS.iterdir()):
        text = path.read_text("utf-8")
        assert text == unicodedata.normalize("NFC", text), path.name
        assert all(
            line and line == " ".join(line.split(" ")).strip(" ") for line in text.splitlines() if path.suffix == ".txt"
        )
