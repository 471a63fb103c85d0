"""Vietnamese words for codes, and the few looks that all screens share."""

import streamlit as st

from digitize.access.actor import Agency, Role
from digitize.books.book import Book, PageState
from digitize.review.fields import FieldView

ROLES = {
    Role.OPERATOR: "Người quét",
    Role.OFFICER: "Cán bộ nhập liệu",
    Role.CHECKER: "Người kiểm tra",
    Role.TEAM_LEAD: "Tổ trưởng",
    Role.ADMINISTRATOR: "Quản trị viên",
}
AGENCIES = {Agency.POLICE: "Công an", Agency.CIVIL_STATUS: "Tư pháp - hộ tịch"}
OUTCOMES = {
    "consistent": "Thống nhất",
    "discrepant": "Tìm thấy, chưa thống nhất",
    "not_found": "Không tìm thấy",
    "several": "Có người có thể trùng, chờ xác định",
}
OUTCOME_SIGNS = {"consistent": "✓", "discrepant": "≠", "not_found": "∅", "several": "⁇"}
OUTCOME_COLOURS = {"consistent": "green", "discrepant": "orange", "not_found": "gray", "several": "violet"}
PAGE_SIGNS = {PageState.QUEUED: "○", PageState.READING: "◐", PageState.READ: "✓", PageState.FAILED: "⚠"}

SHEET = """
.stAppHeader { height: 2.25rem; min-height: 2.25rem; background: transparent; }
.stMainMenu, [data-testid="InputInstructions"] { display: none; }
.stMainBlockContainer { padding: 1.25rem 1.5rem 1rem; }
@media (max-width: 768px) { .stMainBlockContainer { padding-top: 2.5rem; } }
.stMainBlockContainer h1 { font-size: 1.5rem; padding: 0 0 .5rem; }
.stMainBlockContainer h3 { font-size: 1.15rem; padding: .5rem 0 .25rem; }
.stFileUploader [data-testid="stFileUploaderDropzoneInstructions"] { display: none; }
.stFileUploader section button [data-testid="stMarkdownContainer"] { font-size: 0; }
.stFileUploader section button [data-testid="stMarkdownContainer"]::after { content: "Chọn tệp"; font-size: .875rem; }
.stMainBlockContainer [data-testid="stCaptionContainer"] p, [data-testid="stWidgetLabel"] p,
.stSidebar [data-testid="stCaptionContainer"] p { color: #4a5768; }
[data-testid="stCaptionContainer"] { opacity: 1; }
.stMainBlockContainer kbd { color: inherit; opacity: 1; }
.beside-ink { width: 100%; table-layout: fixed; border-collapse: collapse; font-size: .9rem; overflow-wrap: anywhere; }
.beside-ink :is(th, td) { padding: .25rem .5rem; text-align: left; vertical-align: middle; border: 1px solid #cfd5dc; }
.beside-ink th:nth-child(2) { width: 46%; }
.beside-ink img { display: block; max-width: 100%; max-height: 64px; }
.sign-out { font: inherit; padding: .3rem .8rem; color: #1b2430; background: #fff; border: 1px solid #7b8794;
  border-radius: 4px; cursor: pointer; }
.sign-out:focus-visible { outline: 3px solid #1a5fb4; outline-offset: 2px; }
"""


def title_of(book: Book) -> str:
    """ "Khai sinh 2017, quyển 01, xã Suối Mơ"."""
    return f"{book.kind.book_title} {book.year}, quyển {book.volume}, {book.unit_name}"


def with_meaning(field: FieldView, text: str) -> str:
    """ "1 - Đúng hạn" where the value is a code, else the text as it is."""
    return f"{text} - {field.options[text]}" if text in field.options else text


def outcome_of(outcome: str) -> str:
    """An outcome in words, with sign and colour for st.markdown."""
    return f":{OUTCOME_COLOURS[outcome]}-badge[{OUTCOME_SIGNS[outcome]} {OUTCOMES[outcome]}]"


def gender(text: str) -> str:
    """ "Nữ" for the code that a person's role in the book stands for, else the text as it is."""
    return {"1": "Nam (theo vai)", "2": "Nữ (theo vai)"}.get(text, text)


def masked(personal_id: str | None) -> str:
    """ "015*****1234": enough to tell two people apart in a list, not enough to use."""
    return f"{personal_id[:3]}*****{personal_id[-4:]}" if personal_id else "chưa có"


def certainty(probability: float) -> str:
    """In percent; whole certainty is never claimed."""
    return f"{min(99, int(100 * probability))}%"


def tell_done(key: str) -> None:
    """What the last act did, told once. Its place stays, so that the tabs below it keep their choice."""
    place = st.container()
    if told := st.session_state.pop(key, None):
        place.success(told, icon=":material/check:")
