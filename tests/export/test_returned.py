"""A returned file against what was handed over: each entry and each row told once."""

import pytest

from digitize.books.handover import ResultOutcome
from digitize.errors import InputError
from digitize.export.check.opened import Row
from digitize.export.returned import Fit, reconcile

OURS = {
    7: {"so": "01", "ngayDangKy": "03.02.2017", "nksHoTen": "GIÀNG A SỬ", "nksSoDinhDanh": ""},
    8: {"so": "02", "ngayDangKy": "04.02.2017", "nksHoTen": "LÒ THỊ SAO", "nksSoDinhDanh": "015317000001"},
}


def row(number: int, like: int, **more: str) -> Row:
    return Row(number, OURS[like] | more)


@pytest.mark.parametrize(
    ("rows", "fits"),
    [
        ([row(2, 7), row(3, 8)], [Fit.SAME, Fit.SAME]),
        ([row(2, 7, so="1/2017", ngayDangKy="3/2/2017"), row(3, 8)], [Fit.SAME, Fit.SAME]),  # other habits of writing
        ([row(2, 7, nksHoTen="GIÀNG A SÚ"), row(3, 8)], [Fit.DIFFERENT, Fit.SAME]),
        ([row(2, 7, nksSoDinhDanh="015217000009"), row(3, 8)], [Fit.SAME, Fit.SAME]),  # what the way back is for
        ([row(2, 7), row(3, 8, nksSoDinhDanh="015317000002")], [Fit.SAME, Fit.CONFLICT]),
        ([row(2, 7, nksSoDinhDanh="15")], [Fit.CONFLICT, Fit.MISSING]),
        ([row(2, 7), row(3, 7), row(4, 8)], [Fit.DOUBLED, Fit.SAME]),
        ([row(2, 7), row(3, 8), row(4, 8, so="99")], [Fit.SAME, Fit.SAME, Fit.UNKNOWN]),
        ([], [Fit.MISSING, Fit.MISSING]),
    ],
)
def test_how_rows_and_entries_stand(rows: list[Row], fits: list[Fit]) -> None:
    assert [each.fit for each in reconcile(rows, OURS)] == fits


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ("Thành công", ResultOutcome.ACCEPTED), ("", ResultOutcome.ACCEPTED), ("Đã tồn tại", ResultOutcome.DOUBLED),
        ("Từ chối", ResultOutcome.REFUSED), ("Lỗi dữ liệu", ResultOutcome.REFUSED),
    ],
)  # fmt: skip
def test_what_a_row_says_became_of_it(said: str, outcome: ResultOutcome) -> None:
    told = reconcile([row(2, 7, **{"Kết quả": said, "Lý do": "thiếu ngày"})], OURS)
    assert (told[0].outcome, told[0].note) == (outcome, "thiếu ngày")


def test_a_file_without_numbers_cannot_be_set_against_anything() -> None:
    with pytest.raises(InputError, match="so hoặc ngayDangKy"):
        reconcile([Row(2, {"nksHoTen": "X"})], OURS)
