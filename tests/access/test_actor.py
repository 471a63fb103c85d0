"""What each role may do, and what the processes of the program may not."""

import pytest

from digitize.access.actor import (
    PERMISSIONS,
    PERSON_ROLES,
    Actor,
    Agency,
    Permission,
    Role,
    gate_actor,
    setup_actor,
    worker_actor,
)  # fmt: skip
from digitize.errors import AccessDenied


def test_every_role_is_in_the_table() -> None:
    assert PERMISSIONS.keys() == set(Role)


def test_processes_may_only_do_their_own_work() -> None:
    assert {permission for permission in Permission if worker_actor().may(permission)} == {
        Permission.READ,
        Permission.MATCH,
        Permission.FOLLOW,
    }
    assert {permission for permission in Permission if gate_actor().may(permission)} == {Permission.SIGN_IN}
    assert gate_actor().scope == frozenset()


def test_nobody_who_can_be_given_an_account_opens_sessions() -> None:
    everything = Actor("all", Agency.POLICE, "15", PERSON_ROLES, frozenset({"15"}))
    assert not everything.may(Permission.SIGN_IN) and not setup_actor().may(Permission.SIGN_IN)


def test_demand_says_who_lacks_what() -> None:
    operator = Actor("operator", Agency.POLICE, "15", frozenset({Role.OPERATOR}), frozenset({"15"}))
    operator.demand(Permission.TAKE_IN)
    with pytest.raises(AccessDenied, match="operator"):
        operator.demand(Permission.CONFIRM)
