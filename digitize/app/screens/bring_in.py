"""Nhập gói: a package that another office made becomes a book; a part of the screen Bàn giao."""

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from digitize.access.actor import Actor, Permission
from digitize.app.telling import title_of
from digitize.books.places import PLAN_DAY, covers, units_valid_on
from digitize.errors import DigitizeError
from digitize.store.unit_of_work import Workspace
from digitize.workflow.import_package import Imported, import_package


def show(workspace: Workspace, actor: Actor) -> None:
    """Needs the permission to import."""
    if not actor.may(Permission.IMPORT):
        st.info("Tổ trưởng nhập gói của đơn vị khác.")
        return
    st.caption(
        "Gói của đơn vị khác, cùng định dạng (.xlsx và .zip các PDF), thành một quyển sổ. Các trường hợp vào hàng chờ "
        "nhập với giá trị của gói làm gợi ý; cán bộ đối chiếu với ảnh rồi xác nhận. Thiếu một dòng hay một PDF thì "
        "không nhập gì."
    )
    units = {"": "Theo nơi đăng ký ghi trong gói"}
    units |= {unit.code: unit.title for unit in units_valid_on(PLAN_DAY) if covers(actor.scope, unit.code)}
    with st.form("bring_in"):
        files = st.file_uploader(
            "Tệp .xlsx và .zip, hoặc một tệp .goi.zip", type=["xlsx", "zip", "json"], accept_multiple_files=True
        )
        unit = st.selectbox("Đơn vị giữ sổ", units, format_func=units.__getitem__) or ""
        password = st.text_input("Mật khẩu của gói (nếu có)", type="password")
        confirmed = actor.may(Permission.CONFIRM) and st.checkbox(
            "Xác nhận ngay: tôi bảo đảm mọi trường hợp của gói đúng như trong sổ"
        )
        is_asked = st.form_submit_button("Nhập gói", type="primary", icon=":material/move_to_inbox:")
    if not is_asked:
        return
    if not files:
        st.error("Hãy chọn tệp của gói.")
        return
    with TemporaryDirectory(prefix="goi-") as folder, st.spinner("Đang nhập…"):
        paths = [Path(folder, Path(file.name).name) for file in files]
        for path, file in zip(paths, files, strict=True):
            path.write_bytes(file.getbuffer())
        try:
            whole = paths[0] if len(paths) == 1 else Path(folder)
            told = import_package(workspace, actor, whole, unit, password or None, confirmed)
        except DigitizeError as error:
            st.error(str(error), icon=":material/error:")
            return
    _tell(told)


def _tell(told: Imported) -> None:
    state = "đã xác nhận" if told.confirmed else "chờ xác nhận"
    st.success(f"{title_of(told.book)}: nhập {told.entries} trường hợp {state}, {told.already} đã có từ trước.")
    for column, number in told.left_over.items():
        st.warning(f"Cột {column}: {number} giá trị không có chỗ trên biểu mẫu nên chưa được nhập.")
    if told.look.faults:
        st.caption(f"Kiểm tra gói: {told.look.errors} lỗi, {told.look.warnings} điều cần xem.")
