import numpy as np
import pytest

from tests.engines import Silent, posterior_of
from training.confusions import confused, count


@pytest.mark.parametrize(
    ("written", "read", "pairs"),
    [
        ("Mồ Dề", "Mô Dềa", [("ồ", "ô"), ("", "a")]),
        ("Giàng", "Giang", [("à", "a")]),
        ("Páo", "áo", [("P", "")]),
        ("Vừ", "Vừ", []),
    ],
)
def test_letters_that_stand_for_each_other(written: str, read: str, pairs: list[tuple[str, str]]) -> None:
    assert list(confused(written, read, fold=False)) == pairs


def test_case_is_forgiven_where_it_tells_nothing() -> None:
    assert list(confused("Lò Vừ", "lò vừ", fold=True)) == []
    assert list(confused("Lò", "lo", fold=True)) == [("ò", "o")]


def test_a_confusion_is_counted_against_all_occurrences_and_chance_is_left_out() -> None:
    class Reader(Silent):
        texts = iter(["Mô", "Mô", "Mồ", "Lô"])

        def read(self, crops):  # type: ignore[no-untyped-def]
            return [posterior_of(next(self.texts)) for _ in crops]

    crop = np.zeros((48, 100, 3), np.uint8)
    lines = [(crop, text, False) for text in ("Mồ", "Mồ", "Mồ", "Vô")]
    assert count(Reader(), lines) == [("ồ", "ô", 2, 3)]
