"""One transaction of one actor: everything read is in the actor's scope, everything changed is in the journal.

Both are kept here, not in the repositories: a SELECT gets the scope added, and a change that reaches
the database outside an act is refused.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.orm import ORMExecuteState
from sqlmodel import Session, SQLModel

from digitize.access.actor import PERMISSION_TITLES, Actor
from digitize.errors import AccessDenied
from digitize.store import chain
from digitize.store.acts import ACTS
from digitize.store.scoping import in_scope

UNTOLD = {"password_hash", "id_hash", "changed_at", "doubt", "least_sure"}  # secrets, and what the rest tells already


@dataclass(slots=True)
class Deed:
    """What an act tells the journal beside the row it changes."""

    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


class Transaction:
    """A session bound to its actor. `now` is one moment for the whole transaction."""

    def __init__(self, session: Session, actor: Actor, writable: bool) -> None:
        self.session = session
        self.actor = actor
        self.now = datetime.now(UTC)
        self._writable = writable
        self._acting = False
        event.listen(session, "do_orm_execute", self._guard_statement)
        event.listen(session, "before_flush", self._guard_flush)

    @contextmanager
    def change(self, act: str, kind: str, row: SQLModel, why: str = "") -> Iterator[Deed]:
        """Around every change of a row, or its making: flushes, then journals what became different."""
        self.demand(act)
        before, deed = _told(row), Deed()
        with self.quiet():
            self.session.add(row)
            self.session.flush()
            yield deed
            self.session.flush()
            after = _told(row)
            changed = {name for name in after if before.get(name) != after[name]}
            deed.before |= {name: before[name] for name in changed if name in before}
            deed.after |= {name: after[name] for name in changed}
            self._journal(act, (kind, _identity(row)), deed, why)

    def note(self, act: str, kind: str, subject_id: object, after: Mapping[str, Any]) -> None:
        """Journals an act that changes no row of its own, such as a refused sign-in."""
        self.demand(act)
        with self.quiet():
            self._journal(act, (kind, str(subject_id)), Deed(after=dict(after)), "")

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """For what is nobody's act: counting tries to sign in, a session's last sign of life."""
        if not self._writable:
            raise RuntimeError("a view changes nothing")
        outer, self._acting = self._acting, True
        try:
            yield
        finally:
            self._acting = outer

    def demand(self, act: str) -> None:
        """Raises AccessDenied unless one of the actor's roles allows the act."""
        if not any(self.actor.may(permission) for permission in ACTS[act]):
            needed = " hoặc ".join(sorted(PERMISSION_TITLES[permission] for permission in ACTS[act]))
            raise AccessDenied(f"Tài khoản {self.actor.account} không có quyền «{needed}».")

    def _journal(self, act: str, subject: tuple[str, str], deed: Deed, why: str) -> None:
        who, before, after = self.actor, _plain(deed.before), _plain(deed.after)
        told = chain.Told(self.now, who.account, who.agency.value, who.unit, act, *subject, before, after, why)
        chain.append(self.session, told)

    def _guard_statement(self, state: ORMExecuteState) -> None:
        if not state.is_select and not self._acting:
            raise RuntimeError("a change outside an act would miss the journal")
        if not state.is_column_load and not state.is_insert:
            state.statement = state.statement.options(*in_scope(state.statement, self.actor.scope))

    def _guard_flush(self, session: Session, *_: object) -> None:
        if not self._acting and (session.new or session.dirty or session.deleted):
            raise RuntimeError("a change outside an act would miss the journal")


def _told(row: SQLModel) -> dict[str, Any]:
    """The row's columns by name; empty for a row that is not in the database yet."""
    return row.model_dump(exclude=UNTOLD) if inspect(row).has_identity else {}


def _identity(row: SQLModel) -> str:
    return ",".join(str(part) for part in inspect(row).identity)


def _plain(told: dict[str, Any]) -> dict[str, Any] | None:
    """As JSON gives it back, so that the hash of a row read again is the hash of the row written."""
    plain: dict[str, Any] = json.loads(chain.canonical(told))
    return plain or None
