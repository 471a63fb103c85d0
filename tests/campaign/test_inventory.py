"""What a volume holds, read from a line of a table."""

import pytest

from digitize.books.kinds import BookKind
from digitize.campaign import inventory_sheet as sheet
from digitize.campaign.inventory import Condition, Period, Stock, period_of
from digitize.campaign.units import Level, keepers_on, level_of
from digitize.errors import InputError

LINE = {sheet.UNIT: "4468", sheet.KIND: "khai sinh", sheet.YEAR: "1998", sheet.VOLUME: "1"}


@pytest.mark.parametrize(
    ("year", "period"),
    [
        (1950, Period.TO_1975),
        (1975, Period.TO_1975),
        (1976, Period.TO_1998),
        (2005, Period.TO_2005),
        (2016, Period.FROM_2016),
    ],
)
def test_periods_are_those_of_the_forms(year, period):
    assert period_of(year) is period


def test_a_line_is_read_as_people_type_it():
    line = sheet.line_of(LINE | {sheet.CONDITIONS: "Rách; ẩm mốc", sheet.FIRST: "1", sheet.LAST: "96"})
    assert (line.unit_code, line.kind, line.volume) == ("04468", BookKind.BIRTH, "01")
    assert line.stock == Stock(1, 96, conditions=frozenset({Condition.TORN, Condition.MOULDY}))
    assert sheet.line_of(LINE | {sheet.ELECTRONIC: "Có"}).stock.electronic


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({sheet.YEAR: ""}, "Thiếu «Năm»"),
        ({sheet.YEAR: "98"}, "bốn chữ số"),
        ({sheet.KIND: "khai bậy"}, "Không có loại sổ"),
        ({sheet.FIRST: "mười"}, "phải là số"),
        ({sheet.FIRST: "9", sheet.LAST: "3"}, "lớn hơn"),
        ({sheet.CONDITIONS: "tốt, rách"}, "không chọn cả hai"),
        ({sheet.CONDITIONS: "cháy"}, "không có «cháy»"),
        ({sheet.ELECTRONIC: "chắc"}, "chỉ ghi"),
    ],
)
def test_a_bad_line_says_what_is_wrong_with_it(cells, told):
    with pytest.raises(InputError, match=told):
        sheet.line_of(LINE | cells)


def test_the_three_levels():
    assert [level_of(code) for code in ("15", "137", "04468", "24999")] == [
        Level.PROVINCE, Level.DISTRICT, Level.COMMUNE, Level.COMMUNE,
    ]  # fmt: skip
    assert len(keepers_on()) == 1 + 9 + 173
