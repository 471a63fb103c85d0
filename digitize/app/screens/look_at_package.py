"""Kiểm tra gói: anybody's package looked over, fault by fault; a part of the screen Bàn giao."""

from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from digitize.errors import DigitizeError
from digitize.export.check.kinds import Severity
from digitize.workflow.package_check import Look, check_package

SIGNS = {Severity.ERROR: "✗ Lỗi", Severity.WARNING: "⚑ Cần xem"}


def show() -> None:
    """Looks at what is given and keeps nothing of it."""
    with st.form("look_at_package"):
        files = st.file_uploader(
            "Tệp của gói: .xlsx và .zip (và .json nếu có), hoặc một tệp .goi.zip",
            type=["xlsx", "zip", "json"],
            accept_multiple_files=True,
        )
        password = st.text_input("Mật khẩu của gói (nếu có)", type="password")
        is_asked = st.form_submit_button("Kiểm tra", type="primary", icon=":material/fact_check:")
    if not is_asked:
        return
    if not files:
        st.error("Hãy chọn tệp của gói.")
        return
    with TemporaryDirectory(prefix="goi-") as folder, st.spinner("Đang kiểm tra…"):
        paths = [Path(folder, Path(file.name).name) for file in files]
        for path, file in zip(paths, files, strict=True):
            path.write_bytes(file.getbuffer())
        try:
            look = check_package(paths[0] if len(paths) == 1 else Path(folder), password or None)
        except DigitizeError as error:
            st.error(str(error), icon=":material/error:")
            return
    _tell(look)


def _tell(look: Look) -> None:
    counted = f"{look.rows} dòng, {look.pdfs} PDF, mẫu {look.template or 'không rõ'}"
    if look.errors:
        st.error(f"Gói {look.stem} ({counted}): {look.errors} lỗi, {look.warnings} điều cần xem.")
    elif look.warnings:
        st.warning(f"Gói {look.stem} ({counted}): không có lỗi, {look.warnings} điều cần xem.")
    else:
        st.success(f"Gói {look.stem} ({counted}): không có lỗi nào.")
    if not look.faults:
        return
    kinds = {fault.code: fault.kind for fault in look.faults}
    st.dataframe(
        [
            {
                "": SIGNS[kind.severity],
                "Loại": kind.title,
                "Số chỗ": look.counts[code],
                "Cần làm": kind.advice,
                "Mã": code,
            }
            for code, kind in kinds.items()
        ],
        hide_index=True,
        width="stretch",
    )
    with st.expander(f"Từng chỗ ({len(look.faults)})", expanded=True):
        places = [{"Chỗ": f.place, "Loại": f.kind.title, "Nội dung": f.message} for f in look.faults]
        st.dataframe(places, hide_index=True, width="stretch")
