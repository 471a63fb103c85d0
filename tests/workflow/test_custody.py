"""A book is lent, received, scanned and given back; every other way is refused."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pypdfium2
import pytest
from docx import Document
from PIL import Image

from digitize.access.actor import Actor, Agency, Role, setup_actor
from digitize.books.kinds import BookKind
from digitize.campaign.custody import Direction, Place, office_of
from digitize.campaign.inventory import Condition, Stock
from digitize.errors import AccessDenied, BookNotAtHand, InputError, NotFound, ScanOfAnotherBook, StepNotLawful
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace, verify_journal
from digitize.workflow import custody, inventory
from digitize.workflow.take_in import replace_scan, take_in
from tests.lending import GIVER, GOOD, PARTIES, RECEIVER, lend

OPERATOR = Actor("operator", Agency.POLICE, "04468", frozenset({Role.OPERATOR}), frozenset({"04468"}))
TORN = frozenset({Condition.TORN})
FIRST, SECOND, ELSEWHERE = 1, 2, 3


@pytest.fixture
def workspace(tmp_path):
    opened = Workspace.open(Settings(workspace=tmp_path))
    with opened.unit_of_work(setup_actor()) as work:
        for kind, unit, district in (
            (BookKind.BIRTH, "04468", "137"), (BookKind.MARRIAGE, "04468", "137"), (BookKind.BIRTH, "04249", "132"),
        ):  # fmt: skip
            work.books.add(kind, unit, "xã Mồ Dề", district, "UBND xã Mồ Dề", 1998, "01")
    yield opened
    opened.close()


def give(workspace, direction=Direction.LEND, books=(FIRST,), actor=GIVER, due=date(2026, 1, 31)):
    conditions = dict.fromkeys(books, GOOD)
    return custody.give(workspace, actor, direction, conditions, *PARTIES, due=due)


def places(workspace, actor=GIVER):
    return {each.book.book_id: each.place for each in custody.whereabouts(workspace, actor)}


def picture(shade):
    file = BytesIO()
    Image.new("RGB", (500, 700), (shade,) * 3).save(file, "PNG")
    return BytesIO(file.getvalue())


def test_a_book_goes_and_comes_back(workspace):
    minutes = give(workspace, books=(FIRST, SECOND))
    assert (minutes.number, minutes.direction, len(minutes.books)) == (1, Direction.LEND, 2)
    assert places(workspace) == {FIRST: Place.GOING, SECOND: Place.GOING, ELSEWHERE: Place.AT_HOME}
    received = custody.receive(workspace, RECEIVER, minutes.handover_id, {FIRST: GOOD, SECOND: TORN})
    assert [book.is_changed for book in received.books] == [False, True]
    assert places(workspace)[FIRST] is Place.LENT
    (late,) = [each for each in custody.whereabouts(workspace, GIVER) if each.book.book_id == FIRST]
    assert (late.days_late(date(2026, 2, 3)), late.days_late(date(2026, 1, 31))) == (3, 0)
    back = give(workspace, Direction.RETURN, actor=RECEIVER)
    assert (back.number, back.due) == (2, None)
    custody.receive(workspace, GIVER, back.handover_id, {FIRST: GOOD})
    assert places(workspace) == {FIRST: Place.AT_HOME, SECOND: Place.LENT, ELSEWHERE: Place.AT_HOME}
    assert verify_journal(workspace, setup_actor()) is None


def test_what_contradicts_where_a_book_is_is_refused(workspace):
    with pytest.raises(StepNotLawful):
        give(workspace, Direction.RETURN, actor=RECEIVER)
    minutes = give(workspace)
    with pytest.raises(StepNotLawful):
        give(workspace)
    with pytest.raises(AccessDenied):
        custody.receive(workspace, GIVER, minutes.handover_id, {FIRST: GOOD})
    with pytest.raises(AccessDenied):
        give(workspace, actor=RECEIVER, books=(SECOND,))
    with pytest.raises(InputError):
        custody.receive(workspace, RECEIVER, minutes.handover_id, {})
    with pytest.raises(InputError, match="một đơn vị"):
        give(workspace, books=(SECOND, ELSEWHERE))
    with pytest.raises(InputError, match="họ tên"):
        custody.give(workspace, GIVER, Direction.LEND, {SECOND: GOOD}, replace(PARTIES[0], name=" "), PARTIES[1])
    custody.cancel(workspace, GIVER, minutes.handover_id, "ghi nhầm")
    with pytest.raises(StepNotLawful):
        custody.receive(workspace, RECEIVER, minutes.handover_id, {FIRST: GOOD})
    assert places(workspace)[FIRST] is Place.AT_HOME
    assert give(workspace).number == 2  # numbers are not given twice


def test_only_a_lent_book_can_be_scanned(workspace):
    def scan(shade=200):
        return list(take_in(workspace, OPERATOR, FIRST, [("a.png", picture(shade))]))

    with pytest.raises(BookNotAtHand, match="Ở cơ quan"):
        scan()
    lend(workspace, FIRST)
    assert [taken.pages for taken in scan()] == [1]
    back = give(workspace, Direction.RETURN, actor=RECEIVER)
    for act in (scan, lambda: replace_scan(workspace, OPERATOR, 1, "b.png", picture(210))):
        with pytest.raises(BookNotAtHand, match="Đã trả"):
            act()
    custody.receive(workspace, GIVER, back.handover_id, {FIRST: GOOD})


def test_a_book_whose_data_are_there_is_neither_lent_nor_scanned(workspace):
    lend(workspace, FIRST)
    for book_id in (FIRST, SECOND):
        inventory.count(workspace, GIVER, book_id, Stock(electronic=True))
    with pytest.raises(BookNotAtHand, match="CSDL hộ tịch điện tử"):
        list(take_in(workspace, OPERATOR, FIRST, []))
    with pytest.raises(StepNotLawful):
        give(workspace, books=(SECOND,))
    assert set(places(workspace)) == {ELSEWHERE}


def test_books_before_their_turn_are_told(workspace):
    everything = custody.whereabouts(workspace, OPERATOR)
    marriages = [each for each in everything if each.book.kind is BookKind.MARRIAGE]
    assert [book.book_id for book in custody.first_by_the_plan(marriages, everything)] == [FIRST]
    assert custody.first_by_the_plan(everything, everything) == ()


def pages_of(pdf, dpi=200):
    return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(pdf)]


def test_cover_sheets_tell_whose_pages_follow(workspace):
    lend(workspace, FIRST, SECOND)
    first, second = pages_of(custody.covers(workspace, GIVER, [FIRST, SECOND]))
    stack = [first.rotate(3, fillcolor="white"), *(Image.new("RGB", first.size, (s, s, s)) for s in (200, 180)), second]
    file = BytesIO()
    stack[0].save(file, "TIFF", save_all=True, append_images=stack[1:])
    files = [("scan.tif", BytesIO(file.getvalue())), ("sau.png", picture(150))]
    taken = list(take_in(workspace, OPERATOR, None, files))
    assert [(each.book_id, each.pages, each.error) for each in taken] == [
        (FIRST, 2, None), (SECOND, 0, None), (SECOND, 1, None),
    ]  # fmt: skip


def test_a_cover_sheet_of_another_book_stops_the_file(workspace):
    lend(workspace, FIRST, SECOND)
    (cover,) = pages_of(custody.covers(workspace, GIVER, [SECOND]))
    file = BytesIO()
    cover.save(file, "PNG")
    (taken,) = take_in(workspace, OPERATOR, FIRST, [("a.png", BytesIO(file.getvalue()))])
    assert isinstance(taken.error, ScanOfAnotherBook) and taken.pages == 0
    (taken,) = take_in(workspace, OPERATOR, None, [("b.png", picture(150))])
    assert isinstance(taken.error, ScanOfAnotherBook)
    (cover,) = pages_of(custody.covers(workspace, GIVER, [ELSEWHERE]))  # not in the operator's scope
    file = BytesIO()
    cover.save(file, "PNG")
    (taken,) = take_in(workspace, OPERATOR, None, [("c.png", BytesIO(file.getvalue()))])
    assert isinstance(taken.error, ScanOfAnotherBook)


def test_the_minutes_say_who_gave_what_to_whom(workspace):
    inventory.count(workspace, GIVER, FIRST, Stock(1, 96, None, 1100, TORN))
    number = give(workspace, books=(FIRST, SECOND)).handover_id
    document = Document(BytesIO(custody.minutes(workspace, GIVER, number, "docx")))
    head, books, signatures = document.tables
    told = [[cell.text for cell in row.cells] for row in books.rows]
    assert told[1][1:7] == ["Khai sinh", "1998", "01", "1 - 96", "1.100", "96"]
    assert told[-1][1] == "Cộng: 2 quyển" and told[-1][5:7] == ["1.100", "96"]
    assert "UBND HUYỆN MÙ CANG CHẢI" in head.rows[0].cells[0].text
    assert "Lò Thị Sao" in signatures.rows[0].cells[0].text and "Hà Văn Tú" in signatures.rows[0].cells[1].text
    pdf = pypdfium2.PdfDocument(custody.minutes(workspace, GIVER, number, "pdf"))
    text = pdf[0].get_textpage().get_text_bounded()
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Cộng: 2 quyển", "31/01/2026"):
        assert words in " ".join(text.split())
    with pytest.raises(NotFound):
        custody.minutes(workspace, replace(GIVER, scope=frozenset({"04249"})), number, "pdf")


@pytest.mark.parametrize(
    ("agency", "unit", "office"),
    [
        (Agency.POLICE, ("04468", "xã Mồ Dề"), "Công an xã Mồ Dề"),
        (Agency.CIVIL_STATUS, ("04468", "xã Mồ Dề"), "UBND xã Mồ Dề"),
        (Agency.CIVIL_STATUS, ("137", "huyện Mù Cang Chải"), "Phòng Tư pháp huyện Mù Cang Chải"),
        (Agency.CIVIL_STATUS, ("15", "tỉnh Yên Bái"), "Sở Tư pháp tỉnh Yên Bái"),
    ],
)
def test_offices_of_the_same_level(agency, unit, office):
    assert office_of(agency, *unit) == office
