"""Minutes of books that change hands, and where every book is."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import Subquery
from sqlmodel import and_, col, func, select

from digitize.access.actor import Agency
from digitize.books.book import Book
from digitize.campaign.custody import (
    FROM,
    GIVER,
    PLACE_TITLES,
    RECEIVER,
    Direction,
    Handover,
    HandoverBook,
    Party,
    Place,
    Whereabouts,
    place_after,
)
from digitize.campaign.inventory import Condition
from digitize.clock import day_here
from digitize.errors import AccessDenied, BookNotAtHand, InputError, StepNotLawful
from digitize.store.repositories.base import Repository, found, key
from digitize.store.repositories.books import BOOK, PLACE, as_book, book_of
from digitize.store.repositories.inventory import Inventory
from digitize.store.tables import BookRow, HandoverBookRow, HandoverRow, StockRow

AGENCY_NAMES = {Agency.POLICE: "Công an", Agency.CIVIL_STATUS: "cơ quan đăng ký hộ tịch"}
MOVE = (HandoverRow.id, HandoverRow.direction, HandoverRow.given_at, HandoverRow.received_at, HandoverRow.due)
Given = Mapping[int, tuple[frozenset[Condition], str]]  # book -> condition and note


class Custody(Repository):
    def give(
        self, direction: Direction, books: Given, giver: Party, receiver: Party, place: str, due: date | None, note: str
    ) -> Handover:
        """Minutes of books of one unit. Raises AccessDenied, InputError, NotFound, StepNotLawful."""
        self._demand_agency(GIVER[direction])
        rows = [self._sendable(book_id, direction) for book_id in books]
        if len({row.unit_code for row in rows}) != 1:
            raise InputError("Mỗi biên bản là của một đơn vị: chọn ít nhất một sổ, các sổ của cùng một đơn vị.")
        for party in (giver, receiver):
            if not party.name.strip():
                raise InputError("Hãy ghi họ tên người giao và người nhận.")
        row = self._minutes(rows[0], direction, giver, receiver, place, due, note)
        with self._transaction.change("custody.give", "handover", row) as deed:
            for book_id, (conditions, told) in books.items():
                self._session.add(
                    HandoverBookRow(
                        handover_id=key(row.id),
                        book_id=book_id,
                        conditions=_written(conditions),
                        received_conditions=None,
                        note=told.strip(),
                    )
                )
            deed.after["books"] = {str(book_id): _written(given[0]) for book_id, given in books.items()}
        return self.get(key(row.id))

    def receive(self, handover_id: int, conditions: Mapping[int, frozenset[Condition]]) -> Handover:
        """Acknowledges every book of the minutes. Raises AccessDenied, InputError, NotFound, StepNotLawful."""
        row = self._open(handover_id)
        self._demand_agency(RECEIVER[Direction(row.direction)])
        books = self._books_of(handover_id)
        if {each.book_id for each in books} != set(conditions):
            raise InputError("Phải ghi tình trạng khi nhận của mọi sổ trong biên bản.")
        with self._transaction.change("custody.receive", "handover", row) as deed:
            row.received_by, row.received_at = self._actor.account, self._now
            for each in books:
                each.received_conditions = _written(conditions[each.book_id])
            deed.after["books"] = {str(each.book_id): each.received_conditions for each in books}
        return self.get(handover_id)

    def cancel(self, handover_id: int, why: str) -> Handover:
        """Takes back minutes that nobody has acknowledged. Raises AccessDenied, NotFound, StepNotLawful."""
        row = self._open(handover_id)
        self._demand_agency(GIVER[Direction(row.direction)])
        with self._transaction.change("custody.cancel", "handover", row, why):
            row.cancelled_at = self._now
        return self.get(handover_id)

    def get(self, handover_id: int) -> Handover:
        """Raises NotFound."""
        return self._as_handover(self._row(handover_id))

    def all(self, limit: int = 200) -> tuple[Handover, ...]:
        """Newest first."""
        newest = select(HandoverRow).order_by(col(HandoverRow.id).desc()).limit(limit)
        return tuple(self._as_handover(row) for row in self._session.exec(newest))

    def open(self) -> tuple[Handover, ...]:
        """Given and not yet received, oldest first."""
        waiting = select(HandoverRow).where(
            col(HandoverRow.received_at).is_(None), col(HandoverRow.cancelled_at).is_(None)
        )
        return tuple(self._as_handover(row) for row in self._session.exec(waiting.order_by(col(HandoverRow.id))))

    def whereabouts(self) -> tuple[Whereabouts, ...]:
        """Of every book in scope that is to be keyed, in the plan's order."""
        last = self._last()
        query = (
            select(*BOOK, *map(col, MOVE))
            .outerjoin(StockRow, col(StockRow.book_id) == col(BookRow.id))
            .outerjoin(last, last.c.book_id == col(BookRow.id))
            .outerjoin(HandoverRow, col(HandoverRow.id) == last.c.handover_id)
            .where(func.coalesce(StockRow.electronic, False).is_(False))
            .order_by(*PLACE)
        )
        return tuple(_as_whereabouts(book_of(row), *row[len(BOOK) :]) for row in self._session.execute(query))

    def of_book(self, book_id: int) -> Whereabouts:
        """Raises NotFound."""
        book = found(self._session.exec(select(BookRow).where(BookRow.id == book_id)).first(), "sổ", book_id)
        last = self._last()
        move = self._session.execute(
            select(*map(col, MOVE))
            .join(last, last.c.handover_id == col(HandoverRow.id))
            .where(last.c.book_id == book_id)
        ).first()
        return _as_whereabouts(as_book(book), *(move or ()))

    def demand_lent(self, book_id: int) -> None:
        """Raises BookNotAtHand unless the book may be scanned: lent, and part of the plan. Raises NotFound."""
        stock = Inventory(self._transaction).get(book_id).stock
        if stock and stock.electronic:
            raise BookNotAtHand(
                f"Sổ {book_id} đã có dữ liệu trên CSDL hộ tịch điện tử nên không thuộc phạm vi phải nhập."
            )
        place = self.of_book(book_id).place
        if place is not Place.LENT:
            raise BookNotAtHand(f"Sổ {book_id} chưa ở nơi nhập dữ liệu: «{PLACE_TITLES[place]}».")

    def _last(self) -> Subquery:
        """Book -> its newest minutes that were not cancelled."""
        return (
            select(HandoverBookRow.book_id, func.max(HandoverBookRow.handover_id).label("handover_id"))
            .join(
                HandoverRow,
                and_(col(HandoverRow.id) == col(HandoverBookRow.handover_id), col(HandoverRow.cancelled_at).is_(None)),
            )
            .group_by(col(HandoverBookRow.book_id))
            .subquery()
        )

    def _demand_agency(self, agency: Agency) -> None:
        if self._actor.agency is not agency:
            raise AccessDenied(f"Việc này do người của {AGENCY_NAMES[agency]} làm.")

    def _sendable(self, book_id: int, direction: Direction) -> BookRow:
        there = self.of_book(book_id)
        if there.place is not FROM[direction]:
            raise StepNotLawful(f"Sổ {book_id} không giao được lúc này: «{PLACE_TITLES[there.place]}».")
        stock = Inventory(self._transaction).get(book_id).stock
        if direction is Direction.LEND and stock and stock.electronic:
            raise StepNotLawful(f"Sổ {book_id} đã có dữ liệu trên CSDL hộ tịch điện tử nên không phải giao.")
        return found(self._session.exec(select(BookRow).where(BookRow.id == book_id)).first(), "sổ", book_id)

    def _minutes(
        self,
        book: BookRow,
        direction: Direction,
        giver: Party,
        receiver: Party,
        place: str,
        due: date | None,
        note: str,
    ) -> HandoverRow:
        year = day_here(self._now).year
        same = (HandoverRow.unit_code == book.unit_code, HandoverRow.year == year)
        last = self._session.exec(select(func.max(HandoverRow.number)).where(*same)).one()
        return HandoverRow(
            unit_code=book.unit_code, unit_name=book.unit_name, district_code=book.district_code, year=year,
            number=(last or 0) + 1, direction=direction.value,
            giver=giver.name.strip(), giver_title=giver.title.strip(),
            receiver=receiver.name.strip(), receiver_title=receiver.title.strip(),
            place=place.strip(), note=note.strip(), due=due if direction is Direction.LEND else None,
            given_by=self._actor.account, given_at=self._now,
        )  # fmt: skip

    def _open(self, handover_id: int) -> HandoverRow:
        row = self._row(handover_id)
        if row.received_at or row.cancelled_at:
            raise StepNotLawful(f"Biên bản số {handover_id} đã {'được nhận' if row.received_at else 'hủy'}.")
        return row

    def _row(self, handover_id: int) -> HandoverRow:
        query = select(HandoverRow).where(HandoverRow.id == handover_id)
        return found(self._session.exec(query).first(), "biên bản", handover_id)

    def _books_of(self, handover_id: int) -> Sequence[HandoverBookRow]:
        of_minutes = select(HandoverBookRow).where(HandoverBookRow.handover_id == handover_id)
        return self._session.exec(of_minutes.order_by(col(HandoverBookRow.book_id))).all()

    def _as_handover(self, row: HandoverRow) -> Handover:
        inventory = Inventory(self._transaction)
        books = tuple(
            HandoverBook(
                inventory.get(each.book_id),
                frozenset(map(Condition, each.conditions)),
                None if each.received_conditions is None else frozenset(map(Condition, each.received_conditions)),
                each.note,
            )
            for each in self._books_of(key(row.id))
        )
        return Handover(
            key(row.id), row.unit_code, row.unit_name, row.district_code, row.year, row.number,
            Direction(row.direction),
            Party(row.giver, row.giver_title), Party(row.receiver, row.receiver_title), row.place, row.due, row.note,
            row.given_by, row.given_at, row.received_by, row.received_at, row.cancelled_at is not None, books,
        )  # fmt: skip


def _as_whereabouts(
    book: Book,
    handover_id: int | None = None,
    direction: str | None = None,
    given_at: datetime | None = None,
    received_at: datetime | None = None,
    due: date | None = None,
) -> Whereabouts:
    place = place_after(Direction(direction) if direction else None, received_at is not None)
    return Whereabouts(book, place, received_at or given_at, handover_id, due)


def _written(conditions: frozenset[Condition]) -> list[str]:
    return [condition.value for condition in Condition if condition in conditions]
