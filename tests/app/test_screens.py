"""Every role tries every screen, and the script refuses to run without the gate."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import digitize.app.script
from digitize.access.actor import PERSON_ROLES, Actor, Agency, Role, setup_actor, worker_actor
from digitize.app import serving
from digitize.app.navigation import SCREENS, screens_of
from digitize.books.entry import Problem
from digitize.books.kinds import BookKind
from digitize.books.steps import Step
from digitize.settings import Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow import questions, review

ALLOWED = {
    "review": {Role.OFFICER},
    "columns": {Role.OFFICER},
    "second": {Role.OFFICER, Role.CHECKER},
    "disputes": {Role.TEAM_LEAD},
    "sampling": {Role.CHECKER, Role.TEAM_LEAD},
    "search": {Role.OFFICER, Role.CHECKER, Role.TEAM_LEAD},
    "quality": set(PERSON_ROLES),
    "report": {Role.TEAM_LEAD},
    "difficulties": set(PERSON_ROLES),
    "hand-over": {Role.CHECKER, Role.TEAM_LEAD},
    "questions": {Role.OFFICER, Role.CHECKER, Role.TEAM_LEAD},
    "match": {Role.OFFICER},
    "follow-up": {Role.OFFICER, Role.TEAM_LEAD},
    "duplicates": {Role.OFFICER, Role.TEAM_LEAD},
    "check": {Role.CHECKER},
    "take-in": {Role.OPERATOR},
    "books": set(PERSON_ROLES),
    "inventory": set(PERSON_ROLES),
    "custody": set(PERSON_ROLES),
    "completeness": set(PERSON_ROLES),
    "progress": set(PERSON_ROLES),
    "plan": {Role.TEAM_LEAD, Role.ADMINISTRATOR},
    "accounts": {Role.ADMINISTRATOR},
}


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    workspace = Workspace.open(Settings(workspace=tmp_path_factory.mktemp("empty")))
    yield workspace
    workspace.close()


def screen_alone(workspace, actor, path):
    from digitize.app.navigation import SCREENS

    next(screen for screen in SCREENS if screen.path == path).show(workspace, actor)


def run(workspace: Workspace, actor: Actor, path: str) -> AppTest:
    return AppTest.from_function(screen_alone, args=(workspace, actor, path), default_timeout=20).run()


def fill(inputs, label: str, value: object) -> None:
    next(one for one in inputs if one.label.startswith(label)).set_value(value)


def press(shown: AppTest, label: str) -> None:
    next(button for button in shown.button if button.label == label).click().run()


@pytest.mark.parametrize("role", sorted(PERSON_ROLES))
@pytest.mark.parametrize("path", [screen.path for screen in SCREENS])
def test_a_screen_refuses_whoever_may_not_see_it(empty, role, path):
    actor = Actor("somebody", Agency.POLICE, "140", frozenset({role}), frozenset({"140"}))
    shown = run(empty, actor, path)
    if role in ALLOWED[path]:
        assert not shown.exception
        assert shown.main.children
    else:
        assert "không có quyền" in shown.exception[0].message
        assert not shown.title and not shown.dataframe and not shown.button
    assert (path in [screen.path for screen in screens_of(actor)]) == (role in ALLOWED[path])


@pytest.mark.parametrize("held", [False, True])
def test_the_script_refuses_to_run_without_the_gate(peopled, held, monkeypatch):
    monkeypatch.setattr(serving, "_held", [peopled] if held else [])
    shown = AppTest.from_file(Path(digitize.app.script.__file__), default_timeout=20).run()
    assert "digitize serve" in shown.error[0].value
    assert not shown.exception and not shown.title and not shown.sidebar.caption


def run_screen(workspace, actor):
    from digitize.app.navigation import Screen
    from digitize.app.script import _run

    _run(Screen("books", "", "", None, lambda *_: {}["NÔNG THỊ HOA".lower()]), workspace, actor)


def test_what_breaks_down_is_told_in_vietnamese_and_quotes_no_entry(peopled, person, caplog):
    shown = AppTest.from_function(run_screen, args=(peopled, person("lead")), default_timeout=20).run()
    assert not shown.exception and "lỗi ngoài dự kiến" in shown.error[0].value
    assert "broke down with KeyError" in caplog.text and "nông" not in caplog.text


def test_books_show_the_counts_of_those_in_scope_only(peopled, person):
    seen = run(peopled, person("lead"), "books")
    assert seen.dataframe[1].value["Sổ"].tolist() == ["Khai sinh 2017, quyển 01, xã Suối Mơ"]
    assert seen.dataframe[1].value["Trường hợp"].tolist() == [2]
    assert "Chưa có sổ nào" in run(peopled, person("stranger"), "books").info[0].value


def test_only_team_leads_are_offered_to_make_a_package_and_a_book_that_is_open_is_refused(peopled, person):
    shown = run(peopled, person("lead"), "hand-over")
    assert not [b for b in run(peopled, person("checker"), "hand-over").button if b.label == "Lập gói bàn giao"]
    press(shown, "Lập gói bàn giao")
    assert "Trường hợp chưa xác nhận: 1-2." in shown.error[0].value


def test_a_checker_sends_an_entry_back_with_a_reason_only(peopled, person):
    review.confirm(peopled, person("officer"), 1, {})
    shown = run(peopled, person("checker"), "check")
    press(shown, "Trả lại để nhập lại")
    assert "lý do" in shown.error[0].value
    fill(shown.text_input, "Lý do trả lại", "Sai tên mẹ")
    press(shown, "Trả lại để nhập lại")
    assert shown.success[0].value == "Đã trả lại trường hợp 1."
    with peopled.view(person("checker")) as work:
        assert work.entries.get(1).step is Step.IN_REVIEW


def test_a_checker_decides_only_on_what_was_looked_at(peopled, person):
    """Entry 1 comes before entry 2 in the list while 2 is looked at; then 1 is keyed anew while 1 is looked at."""
    officer, checker = person("officer"), person("checker")
    review.confirm(peopled, officer, 2, {})
    shown = run(peopled, checker, "check")
    review.confirm(peopled, officer, 1, {})
    press(shown, "Đạt")
    with peopled.view(checker) as work:
        assert [work.entries.get(number).step for number in (1, 2)] == [Step.CONFIRMED, Step.CHECKED]
    review.send_back(peopled, checker, 1, "Sai tên mẹ")
    review.confirm(peopled, officer, 1, {"meHoTen": "LÒ THỊ MAI"})
    press(shown, "Đạt")
    with peopled.view(checker) as work:
        assert work.entries.get(1).step is Step.CONFIRMED
    for number in (1, 2):
        review.send_back(peopled, checker, number, "Sai tên mẹ")


def test_a_question_goes_to_the_lead_and_comes_back_answered(peopled, person):
    officer, lead = person("officer"), person("lead")
    review.open_entry(peopled, officer, 1)
    questions.ask(peopled, officer, 1, "Chữ đệm là gì?", Role.TEAM_LEAD, "meHoTen")
    shown = run(peopled, lead, "questions")
    assert any("Cán bộ officer hỏi Tổ trưởng" in told.value for told in shown.text)
    press(shown, "Gửi trả lời")
    assert "Hãy ghi câu trả lời" in shown.error[0].value
    shown.text_area[0].set_value("Chữ đệm là Thị")
    press(shown, "Gửi trả lời")
    assert not shown.exception and "Không có câu hỏi nào" in shown.info[0].value
    shown = run(peopled, officer, "questions")
    assert any("Cán bộ lead trả lời: Chữ đệm là Thị" in told.value for told in shown.text)
    press(shown, "Đã xem câu trả lời")
    assert "Không có câu hỏi nào" in shown.info[0].value


def test_a_lead_frees_an_entry_with_a_reason_only(peopled, person):
    review.open_entry(peopled, person("officer"), 1)
    shown = run(peopled, person("lead"), "questions")
    press(shown, "Đưa về hàng chờ")
    assert "lý do" in shown.error[0].value
    fill(shown.text_input, "Lý do chuyển lại", "nghỉ ốm")
    press(shown, "Đưa về hàng chờ")
    assert "phần đã lưu vẫn còn" in shown.success[0].value
    with peopled.view(person("lead")) as work:
        assert work.leases.running() == ()


def test_an_entry_that_is_confirmed_is_not_laid_on_the_desk(peopled, person):
    review.confirm(peopled, person("officer"), 2, {})
    shown = AppTest.from_function(screen_alone, args=(peopled, person("officer"), "review"), default_timeout=20)
    shown.query_params["entry"] = "2"
    assert "không sửa được" in shown.run().info[0].value


def test_an_operator_opens_a_book(peopled, person):
    shown = run(peopled, person("operator"), "take-in")
    fill(shown.selectbox, "Loại sổ", BookKind.MARRIAGE)
    fill(shown.text_input, "Cơ quan", "UBND xã Suối Mơ, huyện Văn Chấn, tỉnh Yên Bái")
    fill(shown.number_input, "Năm", 2021)
    press(shown, "Mở sổ")
    assert not shown.exception and not shown.error
    with peopled.view(person("operator")) as work:
        assert [(book.kind.value, book.year) for book in work.books.all()] == [("KS", 2017), ("KH", 2021)]


def test_an_operator_gives_a_page_up_to_be_keyed_by_hand(peopled, person):
    with peopled.unit_of_work(setup_actor()) as work:
        book = work.books.add(BookKind.DIVORCE_NOTE, "24999", "xã Suối Mơ", "140", "UBND xã Suối Mơ", 2017, "02")
        work.pages.add(book.book_id, "0" * 64, "lh.jpg", 1, 1654, 2339)
    with peopled.unit_of_work(worker_actor()) as work:
        page = work.pages.lease("test", 60)
        work.pages.fail(page.page_id, "test", "engine", "Máy đọc gặp lỗi.")
    shown = run(peopled, person("operator"), "take-in")
    fill(shown.selectbox, "Sổ đang nạp", book)
    shown.run()
    fill(shown.multiselect, "Trang", [page_of(peopled, page.page_id)])
    press(shown, "Chuyển cho cán bộ nhập tay")
    assert not shown.exception and not shown.error
    with peopled.view(person("operator")) as work:
        assert [entry.form_id for entry in work.entries.of_book(book.book_id)] == ["LH-2015"]


def page_of(workspace, page_id):
    with workspace.view(setup_actor()) as work:
        return work.pages.get(page_id)


def test_an_operator_keeps_a_page_with_a_reason_only(peopled, person):
    with peopled.unit_of_work(person("operator")) as work:
        dark = [Problem("too dark", "Ảnh quá tối.")]
        page = work.pages.add(1, "d" * 64, "toi.jpg", 1, 1654, 2339, dark).page
    shown = run(peopled, person("operator"), "take-in")
    assert [table.value["Trang"].tolist() for table in shown.table] == [[page.sequence]]
    assert shown.table[0].value["Vấn đề và việc cần làm"].tolist() == ["Ảnh quá tối."]
    press(shown, "Thay bằng ảnh này")
    assert "chọn tệp" in shown.error[0].value
    press(shown, "Đã xem, giữ nguyên")
    assert "lý do" in shown.error[0].value
    fill(shown.text_input, "Lý do giữ nguyên", "sổ bị cháy")
    press(shown, "Đã xem, giữ nguyên")
    assert f"Trang {page.sequence} được giữ nguyên." in [told.value for told in shown.success]
    assert not shown.table and "Không có trang nào" in shown.caption[0].value
    with peopled.view(person("operator")) as work:
        assert [problem.why for problem in work.problems.of_book(1)] == ["sổ bị cháy"]


def test_an_administrator_adds_an_account(peopled, person):
    shown = run(peopled, person("administrator"), "accounts")
    fill(shown.text_input, "Tên đăng nhập", "moi")
    fill(shown.text_input, "Họ và tên", "Cán bộ mới")
    fill(shown.text_input, "Mật khẩu đầu tiên", "mat-khau-dau-tien")
    fill(shown.multiselect, "Vai trò", [Role.OFFICER])
    fill(shown.multiselect, "Phạm vi", ["140"])
    press(shown, "Thêm tài khoản")
    assert shown.success[0].value == "Đã thêm tài khoản moi."
    with peopled.view(person("administrator")) as work:
        assert work.accounts.get("moi").scope == {"140"}


def test_a_short_password_is_refused(peopled, person):
    shown = run(peopled, person("administrator"), "accounts")
    fill(shown.text_input, "Mật khẩu mới", "ngắn")
    press(shown, "Đặt mật khẩu")
    assert "ít nhất 12 ký tự" in shown.error[0].value
