from digitize.books.doubts import Doubt
from digitize.books.entry import Box, Candidate
from digitize.books.forms import get_form
from digitize.ocr.aside import COVERED, under_stamps
from digitize.review.fields import SURE

BIRTH = get_form("KS-2015")
STAMP = Box(100, 100, 300, 300)


def read(box: Box | None, confidence: float = 0.999) -> Candidate:
    return Candidate("LÒ", "LÒ", confidence, box)


def test_a_value_under_a_stamp_is_doubtful_and_the_officer_is_told() -> None:
    entry = {"nksHoTen": read(Box(250, 200, 500, 240)), "meHoTen": read(Box(250, 310, 500, 350)), "so": read(None)}
    (marked,), (problem,) = under_stamps(BIRTH, [entry], [STAMP])
    assert marked["nksHoTen"].confidence == COVERED < SURE
    assert marked["nksHoTen"].doubts == (Doubt.STAMP,)
    assert (marked["meHoTen"], marked["so"]) == (entry["meHoTen"], entry["so"])
    assert problem.code == "under_stamp"
    assert BIRTH.label_of("nksHoTen") in problem.message and BIRTH.label_of("meHoTen") not in problem.message


def test_what_was_doubtful_before_is_not_made_surer() -> None:
    (marked,), _ = under_stamps(BIRTH, [{"nksHoTen": read(STAMP, 0.2)}], [STAMP])
    assert marked["nksHoTen"].confidence == 0.2


def test_a_stamp_beside_the_writing_is_not_told() -> None:
    entry = {"nksHoTen": read(Box(400, 100, 500, 140))}
    assert under_stamps(BIRTH, [entry], [STAMP]) == ((entry,), ())
