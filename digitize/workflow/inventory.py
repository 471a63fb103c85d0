"""Inventory: which volumes there are, what they hold, in and out of Excel; and the order they are taken in."""

from dataclasses import dataclass
from typing import BinaryIO

from digitize.access.actor import Actor, Permission
from digitize.access.scope import covers
from digitize.books.book import Book
from digitize.campaign.inventory import Stock, StockSum, Volume
from digitize.campaign.inventory_sheet import InventoryLine, line_of
from digitize.campaign.plan import Campaign
from digitize.campaign.units import Keeper, keepers_on
from digitize.errors import DigitizeError, InputError
from digitize.export.inventory_excel import read_inventory, write_inventory
from digitize.store.unit_of_work import UnitOfWork, Workspace
from digitize.workflow.take_in import demand_usable_volume


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of the lines of a file."""

    added: int
    changed: int
    same: int
    refused: tuple[tuple[int, str], ...]  # line of the sheet, and why


def campaign(workspace: Workspace, actor: Actor) -> Campaign:
    with workspace.view(actor) as work:
        return work.plans.current()


def set_campaign(workspace: Workspace, actor: Actor, settings: Campaign, why: str) -> None:
    """Raises AccessDenied, InputError."""
    with workspace.unit_of_work(actor) as work:
        work.plans.set(settings, why)


def keepers(workspace: Workspace, actor: Actor) -> tuple[Keeper, ...]:
    """The units in scope of which an authority keeps books: those of the plan's day, and any that have books here."""
    with workspace.view(actor) as work:
        day, units = work.plans.current().units_on, work.inventory.units()
    listed = {
        keeper.code: keeper for keeper in keepers_on(day) if covers(actor.scope, keeper.code, keeper.district_code)
    }
    for code, name, district, authority in units:
        listed.setdefault(code, Keeper(code, name, district, name, authority))
    return tuple(listed.values())


def sums(workspace: Workspace, actor: Actor) -> tuple[StockSum, ...]:
    """Raises AccessDenied."""
    actor.demand(Permission.FOLLOW)
    with workspace.view(actor) as work:
        return work.inventory.sums()


def volumes(workspace: Workspace, actor: Actor, unit_code: str) -> tuple[Volume, ...]:
    """Of one unit, in the plan's order. Raises AccessDenied."""
    actor.demand(Permission.FOLLOW)
    with workspace.view(actor) as work:
        return work.inventory.of_unit(unit_code)


def count(workspace: Workspace, actor: Actor, book_id: int, stock: Stock) -> Volume:
    """Raises NotFound, InputError."""
    with workspace.unit_of_work(actor) as work:
        return work.inventory.count(book_id, stock)


def add(workspace: Workspace, actor: Actor, keeper: Keeper, line: InventoryLine) -> Volume:
    """A volume that is not here yet. Raises AlreadyThere, InputError."""
    with workspace.unit_of_work(actor) as work:
        return work.inventory.count(_open(work, keeper, line).book_id, line.stock)


def put_ahead(workspace: Workspace, actor: Actor, book_id: int, why: str) -> Book:
    """Out of the plan's order, before all others. Raises InputError without a reason, NotFound."""
    if not why.strip():
        raise InputError("Hãy ghi lý do làm sổ này trước thứ tự ưu tiên của kế hoạch.")
    with workspace.unit_of_work(actor) as work:
        return work.books.put_ahead(book_id, why.strip())


def put_in_order(workspace: Workspace, actor: Actor, book_id: int) -> Book:
    """Back into the plan's order. Raises NotFound."""
    with workspace.unit_of_work(actor) as work:
        return work.books.put_ahead(book_id, None)


def export_excel(workspace: Workspace, actor: Actor, unit_code: str | None) -> bytes:
    """The volumes of a unit, or of the whole scope. Raises AccessDenied."""
    actor.demand(Permission.FOLLOW)
    with workspace.view(actor) as work:
        found = work.inventory.of_unit(unit_code) if unit_code else work.inventory.all()
    return write_inventory(found, keepers(workspace, actor))


def empty_template(workspace: Workspace, actor: Actor) -> bytes:
    return write_inventory([], keepers(workspace, actor))


def import_excel(workspace: Workspace, actor: Actor, file: BinaryIO) -> ImportReport:
    """Takes every good line; a bad one is told and the rest goes on. Raises InputError for another file."""
    actor.demand(Permission.COUNT)
    by_code = {keeper.code: keeper for keeper in keepers(workspace, actor)}
    told: list[str] = []
    refused: list[tuple[int, str]] = []
    lines = list(read_inventory(file))
    with workspace.unit_of_work(actor) as work:
        for number, cells in lines:
            try:
                told.append(_take(work, by_code, line_of(cells)))
            except DigitizeError as error:
                refused.append((number, error.message))
    return ImportReport(told.count("added"), told.count("changed"), told.count("same"), tuple(refused))


def _take(work: UnitOfWork, by_code: dict[str, Keeper], line: InventoryLine) -> str:
    keeper = by_code.get(line.unit_code)
    if keeper is None:
        raise InputError(f"Không có đơn vị mã «{line.unit_code[:10]}» trong phạm vi của tài khoản.")
    there = work.books.find(line.kind, line.unit_code, line.year, line.volume)
    if there and (work.inventory.get(there.book_id).stock or Stock()) == line.stock:  # an empty line counts nothing
        return "same"
    work.inventory.count((there or _open(work, keeper, line)).book_id, line.stock)
    return "changed" if there else "added"


def _open(work: UnitOfWork, keeper: Keeper, line: InventoryLine) -> Book:
    demand_usable_volume(line.volume)
    line.stock.check()
    authority = line.authority or keeper.authority
    return work.books.add(line.kind, keeper.code, keeper.name, keeper.district_code, authority, line.year, line.volume)
