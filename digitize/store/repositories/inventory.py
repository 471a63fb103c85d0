"""The inventory of the units in scope: every volume with what it holds, and the sums the plan asks for."""

from typing import Any

from sqlalchemy import String
from sqlmodel import case, cast, col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from digitize.books.kinds import BookKind
from digitize.campaign.inventory import LAST_YEARS, Condition, Period, Stock, StockSum, Volume
from digitize.store.repositories.base import Repository, found
from digitize.store.repositories.books import as_book
from digitize.store.tables import BookRow, StockRow

ORDER = (BookRow.priority, BookRow.unit_code, BookRow.year, BookRow.volume)
PERIOD = case(
    *((col(BookRow.year) <= last, period.value) for period, last in LAST_YEARS.items()), else_=Period.FROM_2016.value
)
WHOLE = '["good"]'  # conditions as the shelf writes them


class Inventory(Repository):
    def count(self, book_id: int, stock: Stock) -> Volume:
        """Puts down what a volume holds, over what was counted before. Raises NotFound, InputError."""
        stock.check()
        book = found(self._session.exec(select(BookRow).where(BookRow.id == book_id)).first(), "sổ", book_id)
        row = self._row(book_id) or StockRow(book_id=book_id, conditions=[], by="", at=self._now)
        with self._transaction.change("book.count", "book", row):
            row.first_number, row.last_number = stock.first_number, stock.last_number
            row.entries, row.pages, row.note = stock.entries, stock.pages, stock.note.strip()
            row.conditions, row.electronic = _written(stock), stock.electronic
            row.by, row.at = self._actor.account, self._now
        return Volume(as_book(book), as_stock(row))

    def get(self, book_id: int) -> Volume:
        """Raises NotFound."""
        book = found(self._session.exec(select(BookRow).where(BookRow.id == book_id)).first(), "sổ", book_id)
        return Volume(as_book(book), as_stock(self._row(book_id)))

    def of_unit(self, unit_code: str) -> tuple[Volume, ...]:
        """In the plan's order."""
        return self._volumes(select(BookRow).where(BookRow.unit_code == unit_code))

    def all(self) -> tuple[Volume, ...]:
        """In the plan's order."""
        return self._volumes(select(BookRow))

    def units(self) -> tuple[tuple[str, str, str, str], ...]:
        """Code, name, district and authority of every unit that keeps a book here."""
        told = (func.max(BookRow.unit_name), func.max(BookRow.district_code), func.max(BookRow.authority))
        query = select(BookRow.unit_code, *told).group_by(col(BookRow.unit_code)).order_by(col(BookRow.unit_code))
        return tuple((code, str(name), str(district), str(authority)) for code, name, district, authority in
                     self._session.exec(query))  # fmt: skip

    def sums(self) -> tuple[StockSum, ...]:
        """Per unit, kind and period, in order of unit code, plan and time."""
        by = (col(BookRow.unit_code), col(BookRow.kind), PERIOD)
        names = (func.max(BookRow.unit_name), func.max(BookRow.district_code))
        query = (
            select(*by, *names, *_counted())  # type: ignore[call-overload]
            .outerjoin(StockRow, col(StockRow.book_id) == col(BookRow.id))
            .group_by(*by)
        )
        sums = [_as_sum(*row) for row in self._session.execute(query)]
        return tuple(
            sorted(sums, key=lambda each: (each.unit_code, each.kind.priority, list(Period).index(each.period)))
        )

    def _row(self, book_id: int) -> StockRow | None:
        return self._session.exec(select(StockRow).where(StockRow.book_id == book_id)).first()

    def _volumes(self, books: SelectOfScalar[BookRow]) -> tuple[Volume, ...]:
        ids = books.with_only_columns(col(BookRow.id))
        counted = {
            row.book_id: row for row in self._session.exec(select(StockRow).where(col(StockRow.book_id).in_(ids)))
        }
        rows = self._session.exec(books.order_by(*map(col, ORDER)))
        return tuple(Volume(as_book(row), as_stock(counted.get(row.id or 0))) for row in rows)


def _counted() -> list[Any]:
    """books, uncounted, electronic, entries, electronic entries, pages, damaged."""
    span = col(StockRow.last_number) - col(StockRow.first_number) + 1
    entries = func.coalesce(StockRow.entries, span, 0)
    is_electronic = col(StockRow.electronic).is_(True)
    return [
        func.count(),
        func.sum(case((col(StockRow.book_id).is_(None), 1), else_=0)),
        func.sum(case((is_electronic, 1), else_=0)),
        func.sum(entries),
        func.sum(case((is_electronic, entries), else_=0)),
        func.sum(func.coalesce(StockRow.pages, 0)),
        func.sum(case((cast(col(StockRow.conditions), String) != WHOLE, 1), else_=0)),
    ]


def _as_sum(unit_code: str, kind: str, period: str, unit_name: str, district_code: str, *counts: int) -> StockSum:
    return StockSum(unit_code, unit_name, district_code, BookKind(kind), Period(period), *counts)


def _written(stock: Stock) -> list[str]:
    return [condition.value for condition in Condition if condition in stock.conditions]


def as_stock(row: StockRow | None) -> Stock | None:
    if row is None:
        return None
    return Stock(
        row.first_number, row.last_number, row.entries, row.pages, frozenset(map(Condition, row.conditions)),
        row.electronic, row.note,
    )  # fmt: skip
