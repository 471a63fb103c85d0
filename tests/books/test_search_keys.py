"""However somebody types it, the entry's keys begin with what she asks for."""

import pytest

from digitize.books.search_keys import asked, search_keys

KEYS = search_keys(
    {
        "so": "045/2017",
        "quyenSo": "01/2017",
        "nksHoTen": "NGUYỄN THỊ HOÀ",
        "nksNgaySinh": "ngày 3 tháng 2 năm 2017",
        "meNgaySinh": "1988",
        "nksSoDinhDanh": "015 198 000 123",
        "nycSoGiayToTuyThan": "B1234567",
        "ghiChu": "12345678",
    }
)


def fits(text: str) -> bool:
    return any(
        what == way.what and (key == way.key if way.whole else key.startswith(way.key))
        for way in asked(text)
        for what, key in KEYS
    )


@pytest.mark.parametrize(
    "text",
    [
        *("nguyen thi hoa", "Nguyễn Thị Hòa", "NGUYỄN THỊ HOÀ", "thi hoa", "hoa", "  nguyen   thi", "nguyễn t"),
        *("3/2/2017", "03.02.2017", "03-02-2017", "ngày 3 tháng 2 năm 2017", "2/2017", "tháng 2/2017", "2017", "1988"),
        *("45", "045", "45/2017", "số 45", "015198000123", "015198", "015 198 000", "B1234567", "b 1234567"),
    ],
)
def test_what_fits_is_found(text: str) -> None:
    assert fits(text)


@pytest.mark.parametrize(
    "text",
    ["nguyen hoa", "oa", "4/2/2017", "3/2017", "2016", "4", "4/2017", "198000123", "12345678", "!", "", "01/2017"],
)
def test_what_does_not_fit_is_not(text: str) -> None:
    assert not fits(text)


def test_a_text_that_says_nothing_asks_for_nothing() -> None:
    assert asked(" .,- ") == ()
