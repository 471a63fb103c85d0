import pytest

from digitize.books.ditto import dittos_on_page, is_ditto, meant_by_ditto


@pytest.mark.parametrize("text", ["nt", "NT", "nt.", "- nt -", "như trên", "Như trên", '"', "''", "〃"])
def test_marks_that_point_to_the_row_above(text: str) -> None:
    assert is_ditto(text)


@pytest.mark.parametrize("text", ["", "Nguyễn Thị", "Nam", "1", "thôn trên", "như trên bìa"])
def test_other_texts_are_none(text: str) -> None:
    assert not is_ditto(text)


def test_a_mark_below_a_mark_means_what_the_first_means() -> None:
    rows = [{"nksNoiSinh": "Bản Mơ"}, {"nksNoiSinh": "nt"}, {}, {"nksNoiSinh": "nt", "nksDanToc": "nt"}]
    assert meant_by_ditto(rows) == ({}, {"nksNoiSinh": "Bản Mơ"}, {}, {"nksNoiSinh": "Bản Mơ"})


def test_the_officer_is_told_what_it_stands_for() -> None:
    first, second = dittos_on_page([{"nksNoiSinh": "Bản Mơ"}, {"nksNoiSinh": "nt"}])
    assert first == ()
    assert (second[0].columns, second[0].code) == (("nksNoiSinh",), "ditto")
    assert "Bản Mơ" in second[0].message
