"""Kiểm tra mẫu: the plan of a book in words, the sample entry by entry, and what it says of the book."""

from collections.abc import Iterable
from html import escape

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.focus import focus_on
from digitize.app.telling import tell_done, title_of, with_meaning
from digitize.books.book import BookCounts
from digitize.books.entry import Entry
from digitize.books.forms import get_form
from digitize.books.quality import Sample, Verdict
from digitize.books.steps import Step
from digitize.errors import DigitizeError
from digitize.review.fields import FieldView, fields_of
from digitize.review.sampling import left_to_check, plan_told, verdict_of
from digitize.store.unit_of_work import Workspace
from digitize.workflow import progress, sampling
from digitize.workflow.sampling import BookQuality

UNFINISHED = (Step.SCANNED, Step.READ, Step.IN_REVIEW)
ROW = "<tr><th scope='row'>{}</th><td>{}</td><td>{}</td></tr>"
INK = '<img src="/strip/{}/{}" alt="Nét chữ" loading="lazy">'
VERDICTS = {Verdict.ACCEPTED: "Sổ đã qua kiểm tra mẫu", Verdict.REFUSED: "Sổ đã bị trả lại"}


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever may not sample."""
    actor.demand(Permission.SAMPLE)
    st.title("Kiểm tra mẫu")
    tell_done("sampling_told")
    books = {count.book.book_id: count for count in sorted(progress.books(workspace, actor), key=_waits)}
    if not books:
        st.info("Chưa có sổ nào trong phạm vi của bạn.")
        return
    book_id = st.selectbox("Sổ", list(books), format_func=lambda each: _title(books[each]), key="sampling_book")
    quality = sampling.quality_of(workspace, actor, book_id)
    if quality.sample and quality.sample.verdict is None:
        _check(workspace, actor, quality.sample)
    else:
        _plan(workspace, actor, quality)


def _waits(count: BookCounts) -> tuple[bool, int]:
    """Books that are finished, or nearly, come first; in the plan's order."""
    unfinished = _unfinished(count)
    return unfinished == count.entries_total, unfinished


def _unfinished(count: BookCounts) -> int:
    return sum(count.entries[step] for step in UNFINISHED)


def _title(count: BookCounts) -> str:
    if not count.entries_total:
        return f"{title_of(count.book)} (chưa có trường hợp nào)"
    left = _unfinished(count)
    return f"{title_of(count.book)} ({f'còn {left} chưa xác nhận' if left else 'đã nhập xong'})"


def _plan(workspace: Workspace, actor: Actor, quality: BookQuality) -> None:
    sample = quality.sample
    if sample and sample.verdict:
        st.info(f"{VERDICTS[sample.verdict]}: {sample.wrong} sai trong {len(sample.checks)} trường hợp đã xem.")
    if quality.plan is None or quality.unfinished:
        st.warning(f"Còn {quality.unfinished} trường hợp chưa xác nhận: hãy nhập xong cả quyển rồi mới rút mẫu.")
        return
    st.subheader("Kế hoạch của quyển này")
    for sentence in plan_told(quality.plan):
        st.markdown(f"* {sentence}")
    if st.button("Rút mẫu", type="primary", icon=":material/casino:"):
        sample = sampling.draw_sample(workspace, actor, quality.book.book_id)
        _go_on(f"Đã rút {len(sample.entries)} trường hợp (mã rút {sample.seed}).")


def _check(workspace: Workspace, actor: Actor, sample: Sample) -> None:
    left = left_to_check(sample)
    st.caption(
        f"Đã xem {len(sample.checks)} / {len(sample.entries)} · sai {sample.wrong}, cho phép {sample.accept} · "
        f"mã rút {sample.seed}"
    )
    if verdict := verdict_of(sample):
        _close(workspace, actor, sample, verdict)
        return
    entry = sampling.next_to_check(workspace, actor, sample)
    if entry is None:
        st.info(f"Còn {len(left)} trường hợp do chính bạn nhập: người khác phải xem.")
        return
    picture, found = st.columns([4, 6])
    scan = f"/scan/{entry.page_id}"
    picture.html(f'<a href="{scan}" target="_blank"><img src="{scan}" alt="Ảnh trang sổ" width="100%"></a>')
    with found:
        _look(workspace, actor, sample, entry)


def _look(workspace: Workspace, actor: Actor, sample: Sample, entry: Entry) -> None:
    fields = {field.column: field for field in fields_of(get_form(entry.form_id), entry)}
    st.markdown(f"**Trường hợp {entry.entry_id}**")
    with st.form(f"sample-{sample.sample_id}-{entry.entry_id}", border=False):
        wrong = st.multiselect(
            "Ô không đúng như trong sổ (không có thì để trống)",
            list(fields),
            format_func=lambda column: fields[column].label,
            placeholder="Chọn các ô sai",
            key=f"wrong-{entry.entry_id}",
        )
        is_seen = st.form_submit_button("Đã xem hết trường hợp này", type="primary", width="stretch")
    focus_on(f"wrong-{entry.entry_id}")
    st.html(_beside_ink(entry, fields.values()))
    if is_seen:
        try:
            sampling.check_entry(workspace, actor, sample.sample_id, entry.entry_id, frozenset(wrong))
        except DigitizeError as error:
            st.error(str(error), icon=":material/error:")
            return
        _go_on(f"Đã ghi kết quả của trường hợp {entry.entry_id}.")


def _beside_ink(entry: Entry, fields: Iterable[FieldView]) -> str:
    """Each value right beside its ink, as far as the machine knows where that stands."""
    rows = (
        ROW.format(escape(field.label), _ink(entry, field), escape(with_meaning(field, field.text))) for field in fields
    )
    head = "<tr><th scope='col'>Trường</th><th scope='col'>Nét chữ</th><th scope='col'>Giá trị đã xác nhận</th></tr>"
    return f"<table class='beside-ink'><thead>{head}</thead><tbody>{''.join(rows)}</tbody></table>"


def _ink(entry: Entry, field: FieldView) -> str:
    has_place = field.suggestion is not None and field.suggestion.box is not None
    return INK.format(entry.entry_id, escape(field.column)) if has_place else "xem trên trang"


def _close(workspace: Workspace, actor: Actor, sample: Sample, verdict: Verdict) -> None:
    if verdict is Verdict.ACCEPTED:
        st.success("Mẫu đạt: quyển này qua kiểm tra.", icon=":material/task_alt:")
        label = "Chấp nhận quyển này"
    else:
        st.warning(
            "Mẫu không đạt. Trả lại cả quyển: các trường hợp trở lại bàn nhập với mọi giá trị đã có, trừ những trường "
            "hợp của mẫu đã xem là đúng.",
            icon=":material/undo:",
        )
        label = "Trả lại quyển này"
    why = st.text_input("Ghi chú vào nhật ký (không bắt buộc)")
    if st.button(label, f"close-{sample.sample_id}", type="primary"):
        sampling.close_sample(workspace, actor, sample.sample_id, why)
        _go_on(f"{VERDICTS[verdict]}; kết luận đã vào nhật ký.")


def _go_on(told: str) -> None:
    st.session_state["sampling_told"] = told
    st.rerun()
