"""Loading an extract is an act like any other: who, when, which file, in the journal."""

from pathlib import Path

import pytest

from digitize.access.actor import setup_actor, worker_actor
from digitize.errors import AccessDenied, ExtractColumnMissing
from digitize.settings import REPOSITORY, Settings
from digitize.store.unit_of_work import Workspace
from digitize.workflow.match import load_population, open_population

EXTRACT = REPOSITORY / "sample_scans" / "population.csv"


def test_loading_an_extract_is_journalled(tmp_path: Path) -> None:
    workspace = Workspace.open(Settings(workspace=tmp_path))
    report = load_population(workspace, setup_actor(), EXTRACT)
    with workspace.view(setup_actor()) as work:
        (line,) = work.journal.of("population", "population.csv")
    assert (line.act, line.account) == ("population.load", "setup")
    assert line.after == {"rows": report.rows, "refused": 0}
    assert open_population(workspace.settings).extract().rows == report.rows


def test_a_refused_extract_leaves_no_row_and_the_old_one_stays(tmp_path: Path) -> None:
    workspace = Workspace.open(Settings(workspace=tmp_path))
    kept = load_population(workspace, setup_actor(), EXTRACT)
    bad = tmp_path / "bad.csv"
    bad.write_text("personal_id,full_name\n", "utf-8")
    with pytest.raises(ExtractColumnMissing):
        load_population(workspace, setup_actor(), bad)
    with workspace.view(setup_actor()) as work:
        assert work.journal.of("population", "bad.csv") == ()
    assert open_population(workspace.settings).extract().rows == kept.rows


def test_only_an_administrator_loads_an_extract(tmp_path: Path) -> None:
    workspace = Workspace.open(Settings(workspace=tmp_path))
    with pytest.raises(AccessDenied):
        load_population(workspace, worker_actor(), EXTRACT)
