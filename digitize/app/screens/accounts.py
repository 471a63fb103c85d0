"""Tài khoản: who may sign in, from which office, in which roles and for which units."""

from collections.abc import Sequence

import streamlit as st

from digitize.access.account import SHORTEST_PASSWORD, Account
from digitize.access.actor import PERSON_ROLES, Actor, Agency, Permission
from digitize.access.scope import PROVINCE, covers
from digitize.app.telling import AGENCIES, ROLES, tell_done
from digitize.books.places import PLAN_DAY, units_valid_on
from digitize.store.unit_of_work import Workspace


def show(workspace: Workspace, actor: Actor) -> None:
    """Raises AccessDenied for whoever is not an administrator."""
    actor.demand(Permission.ADMINISTER)
    st.title("Tài khoản")
    tell_done("account_told")
    with workspace.view(actor) as work:
        accounts = work.accounts.all()
    st.dataframe([_row(account) for account in accounts], hide_index=True, width="stretch")
    adding, keeping = st.tabs(["Thêm tài khoản", "Đặt mật khẩu, khóa tài khoản"])
    with adding:
        _add(workspace, actor)
    with keeping:
        _keep(workspace, actor, [account for account in accounts if account.active])


def _row(account: Account) -> dict[str, str]:
    return {
        "Tên đăng nhập": account.name,
        "Họ và tên": account.full_name,
        "Cơ quan": AGENCIES[account.agency],
        "Vai trò": ", ".join(ROLES[role] for role in sorted(account.roles)),
        "Phạm vi": ", ".join(sorted(account.scope)),
        "Trạng thái": "✓ Đang hoạt động" if account.active else "✗ Đã khóa",
        "Ghi chú": "TÀI KHOẢN THỬ NGHIỆM" if account.demo else "",
    }


def _add(workspace: Workspace, actor: Actor) -> None:
    units = _units(actor)
    with st.form("add_account", border=False):
        left, right = st.columns(2)
        name = left.text_input("Tên đăng nhập").strip()
        full_name = right.text_input("Họ và tên").strip()
        agency = left.selectbox("Cơ quan", list(Agency), format_func=AGENCIES.__getitem__)
        roles = right.multiselect(
            "Vai trò", sorted(PERSON_ROLES), placeholder="Chọn vai trò", format_func=ROLES.__getitem__
        )
        unit = left.selectbox("Đơn vị công tác", list(units), format_func=units.__getitem__)
        scope = right.multiselect(
            "Phạm vi dữ liệu", list(units), placeholder="Chọn đơn vị", format_func=units.__getitem__
        )
        password = left.text_input(f"Mật khẩu đầu tiên (ít nhất {SHORTEST_PASSWORD} ký tự)", type="password")
        is_sent = st.form_submit_button("Thêm tài khoản", type="primary")
    if not is_sent:
        return
    if not (name and full_name and agency and roles and unit and scope):
        st.error("Hãy ghi tên đăng nhập, họ và tên, chọn vai trò, đơn vị và phạm vi.")
    elif _is_good(password):
        with workspace.unit_of_work(actor) as work:
            work.accounts.add(name, full_name, password, agency, unit, roles, scope)
        _go_on(f"Đã thêm tài khoản {name}.")


def _keep(workspace: Workspace, actor: Actor, accounts: Sequence[Account]) -> None:
    """The keys name the account: a click never reaches one that has come into its place in the list since."""
    account = st.selectbox("Tài khoản", accounts, format_func=lambda account: f"{account.name} · {account.full_name}")
    if account is None:
        return
    left, right = st.columns(2)
    with left.form(f"set_password-{account.name}", clear_on_submit=True):
        password = st.text_input(f"Mật khẩu mới (ít nhất {SHORTEST_PASSWORD} ký tự)", type="password")
        is_sent = st.form_submit_button("Đặt mật khẩu")
    if is_sent and _is_good(password):
        with workspace.unit_of_work(actor) as work:
            work.accounts.set_password(account.name, password)
            work.sessions.revoke_all(account.name)
        _go_on(f"Đã đặt mật khẩu mới cho {account.name} và kết thúc các phiên đang mở.")
    with right.container(border=True):
        st.markdown("Khóa tài khoản kết thúc ngay mọi phiên đang mở của người này.")
        is_own = account.name == actor.account
        if st.button("Khóa tài khoản", f"block-{account.name}", icon=":material/block:", disabled=is_own):
            with workspace.unit_of_work(actor) as work:
                work.accounts.deactivate(account.name)
            _go_on(f"Đã khóa tài khoản {account.name}.")


def _is_good(password: str) -> bool:
    if len(password) < SHORTEST_PASSWORD:
        st.error(f"Mật khẩu phải có ít nhất {SHORTEST_PASSWORD} ký tự.")
    return len(password) >= SHORTEST_PASSWORD


def _go_on(told: str) -> None:
    st.session_state["account_told"] = told
    st.rerun()


def _units(actor: Actor) -> dict[str, str]:
    """Code -> title of every unit the administrator may grant, the province and its districts first."""
    communes = [unit for unit in units_valid_on(PLAN_DAY) if covers(actor.scope, unit.code, unit.district_code)]
    units = {PROVINCE: "Toàn tỉnh Yên Bái"} if PROVINCE in actor.scope else {}
    for unit in communes:
        if not actor.scope.isdisjoint({PROVINCE, unit.district_code}):
            units.setdefault(unit.district_code, unit.district)
    return units | {unit.code: unit.title for unit in communes}
