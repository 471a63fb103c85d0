"""The simulated clerk counts the keys that a person presses."""

import pytest

from benchmarks.desk.clerk import correction, readings, telex
from digitize.books.entry import Alternative, Candidate

READ = Candidate("NÔNG THỊ HOA", "", 0.4, None, (Alternative("NÔNG THỊ HOÀ", 0.3), Alternative("NÔNG THỊ HOA", 0.2)))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", 0),
        ("Nam", 3),
        ("Nguyễn", 8),  # nguyeenx
        ("Đặng", 7),  # ddawngj
        ("trường", 8),  # truwongf
        ("09/01/2017", 10),
    ],
)
def test_letters_marks_and_tones_are_keys(text, keys):
    assert telex(text) == keys


@pytest.mark.parametrize(
    ("read", "wanted", "keys"),
    [
        (READ, "NÔNG THỊ HOA", 0),
        (READ, "NÔNG THỊ HOÀ", 2),  # Alt 2
        (READ, "", 1),  # Delete
        (READ, "LÒ", 3),
        (None, "", 0),
        (None, "Tày", 4),
    ],
)
def test_a_field_is_made_right_by_the_shortest_way(read, wanted, keys):
    assert correction(read, wanted) == keys


def test_number_keys_take_each_text_once():
    assert readings(READ) == ["NÔNG THỊ HOA", "NÔNG THỊ HOÀ"]
