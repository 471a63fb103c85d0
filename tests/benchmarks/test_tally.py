"""Counting is what every figure rests on: who is paired with whom, what counts as right, what slips through."""

from PIL import Image

from benchmarks.drawn_pages import DrawnPage, Truth, turned
from benchmarks.tally import Tally, judge
from digitize.books.entry import Box, Candidate
from digitize.books.forms import get_form
from digitize.ocr.reader import PageReading

BLANK = Image.new("RGB", (200, 100), "white")


def c(text: str, confidence: float, *box: int) -> Candidate:
    return Candidate(text, text, confidence, Box(*box), ())


def page(*entries: Truth, form: str = "KS-2015") -> DrawnPage:
    return DrawnPage(BLANK, get_form(form), entries)


def test_entries_are_paired_by_where_they_stand() -> None:
    above = Truth({"so": "1"}, {"so": (0, 0, 20, 10)})
    below = Truth({"so": "2"}, {"so": (0, 50, 20, 60)})
    reading = PageReading("KS-1998", ({"so": c("2", 0.9, 0, 50, 20, 60)},), ())
    told = judge(page(above, below, form="KS-1998"), reading)
    assert [(field.truth, field.read, field.right, field.box_right) for field in told.fields] == [
        ("1", "", False, False),
        ("2", "2", True, True),
    ]


def test_a_value_read_where_the_page_says_nothing_is_wrong_and_counts_among_the_sure() -> None:
    truth = Truth({"nksHoTen": "SÙNG A DỜ"}, {"nksHoTen": (0, 0, 20, 10)})
    found = {"nksHoTen": c("SÙNG A DỜ", 0.99, 0, 0, 20, 10), "nksNoiSinh": c("xã", 0.97, 0, 20, 20, 30)}
    tally = Tally([judge(page(truth), PageReading("KS-2015", (found,), ()))])
    kept, wrong = tally.unflagged(0.95)
    assert (kept.n, wrong.n, wrong.part) == (1, 2, 0.5)
    assert tally.exact("names").part == 1.0


def test_the_safe_threshold_is_the_lowest_that_lets_nothing_through() -> None:
    truth = Truth(
        {"meHoTen": "A", "chaHoTen": "B", "nksHoTen": "C"},
        dict.fromkeys(("meHoTen", "chaHoTen", "nksHoTen"), (0, 0, 9, 9)),
    )
    found = {
        "meHoTen": c("A", 0.9, 0, 0, 9, 9),
        "chaHoTen": c("B", 0.7, 0, 0, 9, 9),
        "nksHoTen": c("X", 0.6, 0, 0, 9, 9),
    }
    tally = Tally([judge(page(truth), PageReading("KS-2015", (found,), ()))])
    assert tally.safe_threshold() == 0.7


def test_a_ticked_box_must_be_told_and_an_empty_one_must_not() -> None:
    truth = Truth({"loaiDangKy": "2"}, {"loaiDangKy": (0, 0, 9, 9)})
    reading = PageReading("KH-2015", ({"loaiDangKy": c("1", 1.0, 0, 0, 9, 9)},), ())
    assert judge(page(truth, form="KH-2015"), reading).ticks == (False, False, True)


def test_boxes_turn_with_the_page() -> None:
    drawn = page(Truth({"so": "1"}, {"so": (10, 20, 40, 30)}))
    assert turned(drawn, 1).image.size == (100, 200)
    assert turned(drawn, 1).entries[0].boxes["so"] == (20, 160, 30, 190)
    assert turned(drawn, 2).entries[0].boxes["so"] == (160, 70, 190, 80)
    assert turned(drawn, 4).entries == drawn.entries
