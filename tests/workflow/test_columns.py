"""A column of a book: saved as at the desk, nothing of another person overwritten."""

import pytest

from digitize.books.entry import ConfirmedValue
from digitize.books.steps import Step
from digitize.errors import AccessDenied, StaleEntry
from digitize.workflow import columns, review


def cell_of(workspace, actor, entry_id, column="nksGioiTinh"):
    return next(cell for cell in columns.cells(workspace, actor, 1, column) if cell.entry_id == entry_id)


def test_a_column_is_keyed_and_leaves_the_list(peopled, person):
    officer, police = person("officer"), person("police")
    cell, late = cell_of(peopled, officer, 1), cell_of(peopled, police, 1)
    columns.save_cell(peopled, officer, cell, "Nữ")
    columns.mark(peopled, officer, cell, True)
    with peopled.view(officer) as work:
        entry = work.entries.get(1)
        assert work.readings.marked(1) == {1: {"nksGioiTinh"}}
    assert entry.values["nksGioiTinh"] == ConfirmedValue("Nữ", "officer")
    assert entry.step is Step.IN_REVIEW
    assert 1 not in {cell.entry_id for cell in columns.cells(peopled, officer, 1, "nksGioiTinh")}
    with pytest.raises(StaleEntry):
        columns.save_cell(peopled, police, late, "Nam")
    columns.save_cell(peopled, officer, cell, "Nam")  # her own slip she may mend
    with peopled.view(officer) as work:
        assert work.entries.get(1).values["nksGioiTinh"].text == "Nam"
        told = [line.act for line in work.journal.of("entry", 1)]
    assert told.count("entry.save") == 2
    assert "entry.doubt" in told


def test_entries_in_a_colleagues_hands_are_neither_listed_nor_written(peopled, person):
    officer, police = person("officer"), person("police")
    cell = cell_of(peopled, officer, 2)
    review.open_entry(peopled, police, 2)
    assert 2 not in {cell.entry_id for cell in columns.cells(peopled, officer, 1, "nksGioiTinh")}
    with pytest.raises(StaleEntry):
        columns.save_cell(peopled, officer, cell, "Nữ")


def test_only_officers_key_columns(peopled, person):
    for name in ("operator", "checker", "lead"):
        with pytest.raises(AccessDenied):
            columns.columns(peopled, person(name), 1)
