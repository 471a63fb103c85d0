"""The inventory in and out of Excel, its sums beside an independent count, and books before their turn."""

from io import BytesIO

import openpyxl
import pytest

from digitize.access.actor import Actor, Agency, Role, setup_actor
from digitize.books.kinds import BookKind
from digitize.campaign.inventory import Condition, Period, Stock
from digitize.campaign.plan import Campaign
from digitize.errors import AccessDenied, InputError
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow import inventory

OFFICER = Actor("officer", Agency.CIVIL_STATUS, "137", frozenset({Role.OFFICER}), frozenset({"137"}))
LEAD = Actor("lead", Agency.CIVIL_STATUS, "15", frozenset({Role.TEAM_LEAD}), frozenset({"15"}))
LINES = [
    ["04468", "", "", "Khai sinh", 1998, "1", 1, 96, None, 100, "rách, ẩm mốc", "không", "mất bìa"],
    [4468, "", "", "Kết hôn", 2003, 2, 1, 40, 39, 44, "tốt", "", ""],
    ["04468", "", "", "Khai sinh", 2017, "01", 1, 120, None, 122, "", "có", ""],
    ["137", "", "Phòng Tư pháp", "Khai sinh", 1974, "01", 1, 77, None, 80, "mờ", "", ""],
    ["04249", "", "", "Khai sinh", 1974, "01", 1, 77, None, 80, "mờ", "", ""],  # not in scope
    ["04468", "", "", "Khai tử", 2010, "II", 1, 2, None, None, "", "", ""],  # no name for the hand-over
]


@pytest.fixture
def workspace(tmp_path):
    opened = Workspace.open(Settings(workspace=tmp_path))
    yield opened
    opened.close()


def filled(template, lines):
    book = openpyxl.load_workbook(BytesIO(template))
    for row, line in enumerate(lines, start=2):
        for column, value in enumerate(line, start=1):
            book["Kiểm kê"].cell(row, column, value)
    file = BytesIO()
    book.save(file)
    return BytesIO(file.getvalue())


@pytest.fixture
def counted(workspace):
    report = inventory.import_excel(workspace, OFFICER, filled(inventory.empty_template(workspace, OFFICER), LINES))
    assert (report.added, report.changed, report.same) == (4, 0, 0)
    assert [number for number, _ in report.refused] == [6, 7]
    return workspace


def test_good_lines_are_taken_and_bad_ones_told(counted):
    (birth, _, marriage) = inventory.volumes(counted, OFFICER, "04468")
    assert birth.stock == Stock(
        1, 96, None, 100, frozenset({Condition.TORN, Condition.MOULDY}), note="mất bìa"
    )  # fmt: skip
    assert birth.entries == 96 and birth.book.authority == "UBND xã Mồ Dề, huyện Mù Cang Chải, tỉnh Yên Bái"
    assert (marriage.book.kind, marriage.book.volume, marriage.entries) == (BookKind.MARRIAGE, "02", 39)


def test_what_goes_out_comes_in_unchanged(counted):
    out = inventory.export_excel(counted, OFFICER, None)
    report = inventory.import_excel(counted, OFFICER, BytesIO(out))
    assert (report.added, report.changed, report.same, report.refused) == (0, 0, 4, ())
    again = inventory.import_excel(counted, OFFICER, filled(out, [["04468", "", "", "Khai sinh", 1998, "01", 1, 97]]))
    assert (again.added, again.changed, again.same) == (0, 1, 3)


def test_an_empty_line_counts_nothing(counted):
    with counted.unit_of_work(setup_actor()) as work:
        book = work.books.add(BookKind.DEATH, "04468", "xã Mồ Dề", "137", "UBND xã Mồ Dề", 2020, "01")
    report = inventory.import_excel(counted, OFFICER, BytesIO(inventory.export_excel(counted, OFFICER, None)))
    assert (report.changed, report.refused) == (0, ())
    with counted.view(OFFICER) as work:
        assert work.inventory.get(book.book_id).stock is None


def test_the_sums_are_those_of_the_volumes(counted):
    sums = inventory.sums(counted, OFFICER)
    volumes = [v for unit in ("04468", "137") for v in inventory.volumes(counted, OFFICER, unit)]
    assert sum(each.entries for each in sums) == sum(v.entries for v in volumes) == 96 + 39 + 120 + 77
    assert sum(each.electronic_entries for each in sums) == 120 and sum(each.damaged for each in sums) == 2
    assert {each.period for each in sums} == {Period.TO_1975, Period.TO_1998, Period.TO_2005, Period.FROM_2016}


def test_another_file_is_refused(workspace):
    with pytest.raises(InputError, match="không phải là bảng Excel"):
        inventory.import_excel(workspace, OFFICER, BytesIO(b"xin chao"))


def test_a_book_goes_before_its_turn_for_a_reason_only(counted):
    book = inventory.volumes(counted, LEAD, "04468")[-1].book
    assert book.kind is BookKind.MARRIAGE
    with pytest.raises(InputError):
        inventory.put_ahead(counted, LEAD, book.book_id, " ")
    with pytest.raises(AccessDenied):
        inventory.put_ahead(counted, OFFICER, book.book_id, "vì")
    inventory.put_ahead(counted, LEAD, book.book_id, "sổ sắp mủn")
    with counted.view(LEAD) as work:
        assert work.books.all()[0].ahead_why == "sổ sắp mủn"
    inventory.put_in_order(counted, LEAD, book.book_id)
    with counted.view(LEAD) as work:
        assert work.books.all()[0].kind is BookKind.BIRTH


def test_only_who_is_in_charge_of_the_province_sets_the_plan(workspace):
    assert inventory.campaign(workspace, OFFICER) == Campaign()
    changed = Campaign(report_day=20, population_kinds=frozenset({BookKind.BIRTH}))
    near = Actor("near", Agency.CIVIL_STATUS, "137", LEAD.roles, frozenset({"137"}))
    for actor in (OFFICER, near):
        with pytest.raises(AccessDenied):
            inventory.set_campaign(workspace, actor, changed, "văn bản số 1")
    with pytest.raises(InputError):
        inventory.set_campaign(workspace, LEAD, changed, "")
    inventory.set_campaign(workspace, LEAD, changed, "văn bản số 1")
    assert inventory.campaign(workspace, OFFICER) == changed
