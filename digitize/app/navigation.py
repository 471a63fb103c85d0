"""Which screens there are, and which permission each demands."""

from collections.abc import Callable
from dataclasses import dataclass

from digitize.access.actor import Actor, Permission
from digitize.app.screens import (
    accounts,
    books,
    check,
    columns,
    completeness,
    custody,
    difficulties,
    disputes,
    duplicates,
    figures,
    follow_up,
    hand_over,
    inventory,
    match,
    plan,
    progress,
    questions,
    report,
    review,
    sampling,
    search,
    second,
    take_in,
)
from digitize.store.unit_of_work import Workspace

TITLE = "Số hóa sổ hộ tịch"


@dataclass(frozen=True, slots=True)
class Screen:
    """`show` demands the permission itself; here it decides what the menu offers."""

    path: str
    title: str
    icon: str
    permission: Permission
    show: Callable[[Workspace, Actor], None]


SCREENS = (
    Screen("review", "Nhập liệu", ":material/edit_note:", Permission.REVIEW, review.show),
    Screen("columns", "Nhập theo cột", ":material/view_list:", Permission.REVIEW, columns.show),
    Screen("questions", "Câu hỏi", ":material/forum:", Permission.ANSWER, questions.show),
    Screen("match", "Đối chiếu", ":material/compare_arrows:", Permission.MATCH, match.show),
    Screen("follow-up", "Theo dõi sai lệch", ":material/rule:", Permission.VERIFY, follow_up.show),
    Screen("duplicates", "Ghi trùng", ":material/content_copy:", Permission.VERIFY, duplicates.show),
    Screen("second", "Đọc lần hai", ":material/visibility:", Permission.READ_AGAIN, second.show),
    Screen("check", "Kiểm tra", ":material/fact_check:", Permission.CHECK, check.show),
    Screen("disputes", "Phân xử", ":material/balance:", Permission.DECIDE, disputes.show),
    Screen("sampling", "Kiểm tra mẫu", ":material/casino:", Permission.SAMPLE, sampling.show),
    Screen("search", "Tra cứu", ":material/search:", Permission.SEARCH, search.show),
    Screen("inventory", "Kiểm kê sổ", ":material/inventory:", Permission.FOLLOW, inventory.show),
    Screen("custody", "Giao nhận sổ", ":material/handshake:", Permission.FOLLOW, custody.show),
    Screen("completeness", "Kiểm đếm sổ", ":material/checklist:", Permission.FOLLOW, completeness.show),
    Screen("take-in", "Nạp ảnh quét", ":material/document_scanner:", Permission.TAKE_IN, take_in.show),
    Screen("books", "Sổ hộ tịch", ":material/library_books:", Permission.FOLLOW, books.show),
    Screen("progress", "Tiến độ", ":material/trending_up:", Permission.FOLLOW, progress.show),
    Screen("hand-over", "Bàn giao", ":material/outbox:", Permission.RELEASE, hand_over.show),
    Screen("report", "Báo cáo", ":material/summarize:", Permission.REPORT, report.show),
    Screen("difficulties", "Điều kiện, khó khăn", ":material/report:", Permission.FOLLOW, difficulties.show),
    Screen("quality", "Chất lượng", ":material/monitoring:", Permission.FOLLOW, figures.show),
    Screen("plan", "Kế hoạch", ":material/event:", Permission.PLAN, plan.show),
    Screen("accounts", "Tài khoản", ":material/manage_accounts:", Permission.ADMINISTER, accounts.show),
)


def screens_of(actor: Actor) -> tuple[Screen, ...]:
    """What the menu of a person offers."""
    return tuple(screen for screen in SCREENS if actor.may(screen.permission))
