"""Special values are told from what the book says, whatever the officer notes."""

import pytest

from digitize.books.special import Special, special_of, stated, written


@pytest.mark.parametrize("special", Special)
@pytest.mark.parametrize("note", ["", "mực nhòe", "hai chữ [sic]", "dòng 1\ndòng 2"])
def test_what_is_written_is_told_again(special, note):
    assert special_of(written(special, note)) == (special, note)
    assert stated(written(special, note)) == ""


def test_a_note_typed_without_a_colon_counts():
    assert special_of("[gạch bỏ hai gạch, ký bên cạnh]") == (Special.STRUCK, "hai gạch, ký bên cạnh")


@pytest.mark.parametrize("text", ["", "NÔNG THỊ HOA", "để trống", "[?]", "[để trống] Nà Mạ", "xã [gạch bỏ] Suối Mơ"])
def test_everything_else_is_what_the_book_says(text):
    assert special_of(text) is None
    assert stated(text) == text
