import pytest

from digitize.books.entry import Alternative, Candidate
from digitize.books.rules import Weight
from digitize.ocr.agree import MOST, held_in_order, held_together, with_dittos

DOUBT, HINT = MOST[Weight.CONTRADICTION], MOST[Weight.HINT]
BORN, WORDS = "nksNgaySinh", "nksNgaySinhBangChu"
IN_WORDS = "Ngày năm tháng hai năm hai nghìn không trăm linh bốn"


def held(**texts: str) -> dict[str, Candidate]:
    return held_together({column: Candidate(text, text, 0.9, None) for column, text in texts.items()})


def confidences(**texts: str) -> dict[str, float]:
    return {column: candidate.confidence for column, candidate in held(**texts).items()}


def test_a_date_that_its_words_repeat_is_surer() -> None:
    assert confidences(nksNgaySinh="5/2/2004", nksNgaySinhBangChu=IN_WORDS) == {BORN: 0.99, WORDS: 0.9}


def test_a_date_that_its_words_contradict_is_doubted_and_so_are_they() -> None:
    assert confidences(nksNgaySinh="6/2/2004", nksNgaySinhBangChu=IN_WORDS) == {BORN: DOUBT, WORDS: DOUBT}


@pytest.mark.parametrize("words", ["", "không đọc được"])
def test_words_that_tell_no_date_change_nothing(words: str) -> None:
    assert confidences(nksNgaySinh="6/2/2004", nksNgaySinhBangChu=words) == {BORN: 0.9, WORDS: 0.9}


@pytest.mark.parametrize(
    ("texts", "doubted"),
    [
        ({"ngayDangKy": "1/2/2017", BORN: "3/2/2017"}, {"ngayDangKy", BORN}),
        ({"ngayDangKy": "3/2/2017", BORN: "3/2/2017"}, set()),
        ({"ngayDangKy": "2017", BORN: "3/2/2017"}, set()),
        ({"ngayDangKy": "3/2/2017", "nktNgayChet": "2018"}, {"ngayDangKy", "nktNgayChet"}),
        ({"ngayDangKy": "3/2/2017", "quyenSo": "01/2016"}, {"ngayDangKy", "quyenSo"}),
        ({"ngayDangKy": "3/2/2017", "quyenSo": "01/2017"}, set()),
        ({"ngayDangKy": "3/2/2017", "quyenSo": "01"}, set()),
        ({"ngayDangKy": "3/2/2017", "quyenSo": "01-TP/HT-2016"}, {"ngayDangKy", "quyenSo"}),
        ({"ngayDangKy": "3/2/2017", "meNgaySinh": "2018"}, {"ngayDangKy", "meNgaySinh"}),
        ({"nktNgayChet": "3/2/2017", "nktNgaySinh": "4/2/2017"}, {"nktNgayChet", "nktNgaySinh"}),
        ({"voSoGiayToTuyThan": "015085000123", "voNgaySinh": "1985"}, {"voSoGiayToTuyThan"}),
        ({"voSoGiayToTuyThan": "015185000123", "voNgaySinh": "1985"}, set()),
        ({"voSoGiayToTuyThan": "060345678", "voNgaySinh": "1985"}, set()),
        ({"chongNgaySinh": "1/1/2000", "ngayDangKy": "31/12/2017"}, set()),
        ({"nksSoDinhDanh": "015304000123", "nksGioiTinh": "Nam", BORN: "5/2/2004"}, {"nksSoDinhDanh"}),
        ({"nksSoDinhDanh": "015304000123", "nksGioiTinh": "Nữ", BORN: "5/2/2004"}, set()),
    ],
)
def test_what_cannot_be_is_doubted(texts: dict[str, str], doubted: set[str]) -> None:
    assert {column for column, sure in confidences(**texts).items() if sure == DOUBT} == doubted


@pytest.mark.parametrize(
    ("name", "gender", "sure"),
    [
        ("LÒ THỊ DỞ", "Nam", HINT),
        ("LÒ THỊ DỞ", "Nữ", 0.9),
        ("Vàng Văn Chu", "Nữ", HINT),
        ("Vàng A Chu", "Nữ", 0.9),
        ("Nguyễn Thị Văn Anh", "Nam", 0.9),
        ("Lò Văn", "Nữ", 0.9),
    ],
)
def test_a_middle_name_is_a_hint_of_the_gender(name: str, gender: str, sure: float) -> None:
    assert confidences(nktHoTen=name, nktGioiTinh=gender)["nktGioiTinh"] == sure


def test_no_text_is_changed() -> None:
    found = held(nksNgaySinh="6/2/2004", nksNgaySinhBangChu=IN_WORDS, ngayDangKy="1/1/1990", quyenSo="01/2016")
    assert [candidate.text for candidate in found.values()] == ["6/2/2004", IN_WORDS, "1/1/1990", "01/2016"]


def test_numbers_of_a_page_run_on_and_one_that_does_not_is_doubted() -> None:
    entries = [{"so": Candidate(number, number, 0.9, None)} for number in ("05", "06/2001", "77", "08", "09")]
    assert [entry["so"].confidence for entry in held_in_order(entries)] == [0.99, 0.99, DOUBT, 0.99, 0.99]


def test_an_entry_without_a_number_or_without_neighbours_stays_as_it_is() -> None:
    alone = [{"so": Candidate("05", "05", 0.9, None)}]
    assert held_in_order(alone) == tuple(alone)
    assert held_in_order([*alone, {}])[0]["so"].confidence == 0.9


def test_what_a_ditto_mark_stands_for_is_offered_and_the_mark_stays() -> None:
    rows = [{"nksNoiSinh": Candidate(text, text, 0.9, None)} for text in ("Bản Mơ", "nt", "Như trên")]
    first, *others = (row["nksNoiSinh"] for row in with_dittos(rows))
    assert first.alternatives == ()
    assert [other.text for other in others] == ["nt", "Như trên"]
    assert [other.alternatives for other in others] == [(Alternative("Bản Mơ", 0.0),)] * 2
    assert all(other.literal == other.text for other in others)
