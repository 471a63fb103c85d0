import pytest

from digitize.books.forms import all_forms, get_form
from digitize.ocr.fitting import recognise
from tests.ocr.factory import rows

FORMS = list(all_forms().values())
PAGE_FORMS = [form for form in FORMS if form.family == "page"]


def printed(form_id: str) -> list[str]:
    """A form's printed rows as they would be read of a page that nobody wrote in."""
    lines = [" ".join(item.label for item in row if item.printed) for row in get_form(form_id).printed_rows]
    return [line for line in lines if line]


@pytest.mark.parametrize("form_id", [form.form_id for form in PAGE_FORMS])
def test_a_whole_page_is_recognised_as_its_form(form_id: str) -> None:
    seen = recognise(PAGE_FORMS, rows(*printed(form_id)))
    assert seen
    assert (seen.fit.form.form_id, seen.is_part) == (form_id, False)


@pytest.mark.parametrize("form_id", ["KS-2015", "KT-2015"])
def test_the_upper_half_of_a_page_is_a_part_of_its_form(form_id: str) -> None:
    page = printed(form_id)
    seen = recognise(PAGE_FORMS, rows(*page[: len(page) // 2]))
    assert seen
    assert (seen.fit.form.form_id, seen.is_part) == (form_id, True)


def test_a_page_that_lost_the_labels_at_its_right_is_a_part() -> None:
    labels = [row[0].label for row in get_form("KS-2015").printed_rows if row[0].printed]
    seen = recognise(PAGE_FORMS, rows(*labels))
    assert seen
    assert seen.is_part


def test_a_part_that_two_forms_share_is_neither() -> None:
    both = {item.label for item in get_form("KS-2015").items()} & {item.label for item in get_form("KT-2015").items()}
    shared = [row[0].label for row in get_form("KT-2015").printed_rows if row[0].label in both]
    assert shared
    assert recognise(PAGE_FORMS, rows(*shared)) is None


def test_a_few_labels_on_a_page_of_another_kind_are_no_part_of_a_form() -> None:
    assert recognise(PAGE_FORMS, rows("Họ, chữ đệm, tên:", "Nghề nghiệp:", "Nơi sinh:", "Kính gửi:", "Lý do:")) is None


def test_a_letter_and_an_empty_page_are_no_form() -> None:
    letter = rows("Kính gửi Ủy ban nhân dân xã", "Tôi viết thư này để hỏi về việc học của con tôi", "Trân trọng")
    assert recognise(PAGE_FORMS, letter) is None
    assert recognise(PAGE_FORMS, []) is None


def test_a_form_that_a_person_named_is_taken_from_fewer_labels() -> None:
    page = rows(*printed("KT-2015")[7:])
    told = recognise([get_form("KT-2015")], page)
    assert told
    assert told.is_part
