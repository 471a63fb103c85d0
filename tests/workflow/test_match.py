"""Matching as acts: an extract is loaded, people are looked up, officers decide, and only what changed is told anew."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from digitize.access.actor import Actor, setup_actor, worker_actor
from digitize.books.follow_up import Direction, FollowState
from digitize.books.steps import Step
from digitize.errors import AccessDenied, ExtractColumnMissing, InputError, NotFound, StepNotLawful
from digitize.matching.population import Citizen
from digitize.matching.population.extract import ExtractPopulation
from digitize.settings import REPOSITORY, Settings
from digitize.store.unit_of_work import Workspace, verify_journal
from digitize.workflow import follow_up, match, match_view, review
from digitize.workflow.evidence import namesakes_told
from digitize.workflow.hand_over import personal_ids
from digitize.workflow.match import load_population, open_population

EXTRACT = REPOSITORY / "sample_scans" / "population.csv"
# entry 1 of the peopled workspace, but for day and month of birth
HERE = "Xã Suối Mơ, huyện Văn Chấn, tỉnh Yên Bái"
CHILD = Citizen(
    "015217682041", "Hoàng Hữu Thắng", "Nam", "01.09.2017", "Tày", "Việt Nam", HERE, HERE, "Hoàng Hữu Bình",
    "Nông Thị Hoa", "1987", "1990", "Thôn Một",
)  # fmt: skip
MOTHER = Citizen("015190616012", "Nông Thị Hoa", "Nữ", "16.08.1990", "Tày", "Việt Nam")
NAMESAKE = replace(MOTHER, personal_id="015190616099", date_of_birth="02.02.1990")
WHY = "đã hỏi Công an xã"

Loaded = Callable[..., ExtractPopulation]


@pytest.fixture
def loaded(peopled: Workspace, tmp_path: Path) -> Iterator[Loaded]:
    """`loaded(CHILD, ...)`: these people as the extract that is loaded now."""
    opened: list[ExtractPopulation] = []

    def load(*citizens: Citizen) -> ExtractPopulation:
        path = tmp_path / "extract.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(Citizen.__dataclass_fields__))
            writer.writeheader()
            writer.writerows(asdict(citizen) for citizen in citizens)
        load_population(peopled, setup_actor(), path)
        opened.append(open_population(peopled.settings))
        return opened[-1]

    yield load
    for population in opened:
        population.close()


@contextmanager
def confirmed(workspace: Workspace, officer: Actor, entry_id: int = 1) -> Iterator[None]:
    """The entry confirmed as it was read, and back at the desk afterwards."""
    review.confirm(workspace, officer, entry_id, {})
    yield
    review.send_back(workspace, officer, entry_id, "hết bài thử")


def outcomes(workspace: Workspace, actor: Actor) -> dict[str, tuple[str, str | None]]:
    with workspace.view(actor) as work:
        return {each.role: (each.outcome, each.personal_id) for each in work.matches.standings(1)}


def exported(workspace: Workspace, actor: Actor) -> dict[str, str]:
    with workspace.view(actor) as work:
        return dict(personal_ids(work.matches.standings(1)))


def test_what_differs_goes_on_the_list_and_leaves_it_when_a_newer_extract_agrees(
    peopled: Workspace, person: Callable[[str], Actor], loaded: Loaded
) -> None:
    officer = person("officer")
    with confirmed(peopled, officer):
        match.match(peopled, officer, loaded(CHILD), 1)
        assert outcomes(peopled, officer)["child"] == ("discrepant", CHILD.personal_id)
        (item,) = [each for each in follow_up.listed(peopled, officer) if each.follow_up.role == "child"]
        told = item.follow_up
        assert (told.column, told.book_text, told.population_text) == ("nksNgaySinh", "09/01/2017", "01.09.2017")
        assert (told.why, told.direction, item.name) == (
            "ngày và tháng đảo chỗ", Direction.POPULATION, "HOÀNG HỮU THẮNG",
        )  # fmt: skip
        assert exported(peopled, officer) == {}

        changes = match.match_again(peopled, officer, loaded(replace(CHILD, date_of_birth="09.01.2017")), 1)
        assert [(each.after.role, each.after.outcome) for each in changes] == [("child", "consistent")]
        assert changes[0].before is not None and changes[0].before.outcome == "discrepant"
        assert exported(peopled, officer) == {"nksSoDinhDanh": CHILD.personal_id}
        with peopled.view(officer) as work:
            assert work.follow_ups.get(told.follow_up_id).state is FollowState.GONE
        assert match.match_again(peopled, officer, open_population(peopled.settings), 1) == ()


def test_whoever_was_confirmed_without_an_extract_is_looked_up_when_one_is_there(
    peopled: Workspace, person: Callable[[str], Actor], loaded: Loaded
) -> None:
    officer = person("officer")
    with confirmed(peopled, officer):
        (change, *_) = match.match_again(peopled, officer, loaded(CHILD), 1)
        assert (change.before, change.after.role, change.after.outcome) == (None, "child", "discrepant")
        with peopled.view(officer) as work:
            assert work.entries.get(1).step is Step.MATCHED
        assert match.match_again(peopled, officer, open_population(peopled.settings), 1) == ()
    with confirmed(peopled, officer):
        assert match.match_waiting(peopled, worker_actor(), loaded(CHILD)) == 1
        assert match.match_waiting(peopled, worker_actor(), open_population(peopled.settings)) == 0
        assert outcomes(peopled, officer)["child"] == ("discrepant", CHILD.personal_id)


def test_the_declarant_is_looked_up_on_request_only(
    peopled: Workspace, person: Callable[[str], Actor], loaded: Loaded
) -> None:
    officer = person("officer")
    with peopled.view(officer) as work:
        name = work.entries.get(1).candidates["nycHoTen"].text
    declarant = replace(MOTHER, personal_id="015185000001", full_name=name, date_of_birth="02.03.1960")
    review.confirm(peopled, officer, 1, {"nycSoGiayToTuyThan": "015185000001"})
    population = loaded(CHILD, declarant)
    match.match(peopled, officer, population, 1)
    view = match_view.person_view(peopled, officer, population, 1, "child")
    assert view and view.declarant == name and "declarant" not in outcomes(peopled, officer)
    match.match_declarant(peopled, officer, population, 1)
    assert outcomes(peopled, officer)["declarant"] == ("consistent", "015185000001")
    assert exported(peopled, officer)["nycSoDinhDanh"] == "015185000001"
    view = match_view.person_view(peopled, officer, population, 1, "declarant")
    assert view and view.declarant == "" and view.likenesses[0].citizen == declarant
    gone = match.match_again(peopled, officer, loaded(CHILD), 1)
    assert [(each.after.role, each.after.outcome) for each in gone] == [("declarant", "not_found")]
    review.send_back(peopled, officer, 1, "hết bài thử")
    with pytest.raises(StepNotLawful):
        match.match_declarant(peopled, officer, population, 1)


def test_the_officer_decides_between_several_and_her_decision_outlives_a_new_extract(
    peopled: Workspace, person: Callable[[str], Actor], loaded: Loaded
) -> None:
    officer = person("officer")
    with confirmed(peopled, officer):
        population = loaded(CHILD, MOTHER, NAMESAKE)
        match.match(peopled, officer, population, 1)
        assert outcomes(peopled, officer)["mother"] == ("several", None)
        with pytest.raises(InputError):
            match.choose(peopled, officer, population, 1, "mother", MOTHER.personal_id, " ")
        with pytest.raises(NotFound):
            match.choose(peopled, officer, population, 1, "mother", "015190000000", WHY)
        decision = match.choose(peopled, officer, population, 1, "mother", MOTHER.personal_id, WHY)
        assert (decision.outcome, decision.differences, decision.source) == ("consistent", (), "extract.csv")
        match.match_again(peopled, officer, loaded(CHILD), 1)
        assert outcomes(peopled, officer)["mother"] == ("consistent", MOTHER.personal_id)
        assert exported(peopled, officer)["meSoDinhDanhCaNhan"] == MOTHER.personal_id
        match.withdraw(peopled, officer, 1, "mother", "nhìn nhầm người")
        assert outcomes(peopled, officer)["mother"] == ("not_found", None)
    assert verify_journal(peopled, setup_actor()) is None


def test_whom_the_officer_refuses_is_not_found_and_nothing_of_hers_is_followed_up(
    peopled: Workspace, person: Callable[[str], Actor], loaded: Loaded
) -> None:
    officer = person("officer")
    with confirmed(peopled, officer):
        match.match(peopled, officer, loaded(CHILD), 1)
        match.choose_nobody(peopled, officer, 1, "child", "extract.csv", "cùng tên, khác gia đình")
        assert outcomes(peopled, officer)["child"] == ("not_found", None)
        assert follow_up.listed(peopled, officer) == ()


def test_the_list_shows_the_most_certain_first_and_one_person_with_all_evidence(
    peopled: Workspace, person: Callable[[str], Actor], loaded: Loaded
) -> None:
    officer = person("officer")
    with confirmed(peopled, officer), confirmed(peopled, officer, 2):
        population = loaded(CHILD, MOTHER, NAMESAKE)
        for entry_id in (1, 2):
            match.match(peopled, officer, population, entry_id)
        listed = match_view.waiting_list(peopled, officer, 1)
        scores = [each.standing.score for each in listed["not_found"]]
        assert scores == sorted(scores, reverse=True) and len(scores) == 4
        assert [(each.name, each.number) for each in listed["discrepant"]] == [("HOÀNG HỮU THẮNG", "01")]
        view = match_view.person_view(peopled, officer, population, 1, "child")
        assert view is not None
        (like,) = view.likenesses
        told = {each.field: each for each in like.evidence}
        assert told["birth"].sentence == "ngày và tháng đảo chỗ"
        assert told["name"].weight > 0 and told["mother_name"].weight > 0
        assert "nksHoTen" in view.inked and not view.is_outdated
        assert match_view.person_view(peopled, officer, None, 1, "child").likenesses == ()


def test_evidence_of_an_entry_that_went_back_to_the_desk_is_no_longer_shown(
    peopled: Workspace, person: Callable[[str], Actor], loaded: Loaded
) -> None:
    officer = person("officer")
    with confirmed(peopled, officer):
        match.match(peopled, officer, loaded(CHILD), 1)
    review.confirm(peopled, officer, 1, {"nksHoTen": "HOÀNG HỮU THĂNG"})
    assert match_view.person_view(peopled, officer, None, 1, "child") is None
    with peopled.view(officer) as work:
        assert work.entries.get(1).step is Step.CONFIRMED
    review.send_back(peopled, officer, 1, "hết bài thử")


def test_loading_an_extract_is_journalled(tmp_path: Path) -> None:
    workspace = Workspace.open(Settings(workspace=tmp_path))
    report = load_population(workspace, setup_actor(), EXTRACT)
    with workspace.view(setup_actor()) as work:
        (line,) = work.journal.of("population", "population.csv")
    assert (line.act, line.account) == ("population.load", "setup")
    assert line.after == {"rows": report.rows, "refused": 0}
    assert open_population(workspace.settings).extract().rows == report.rows


def test_the_day_of_the_figures_is_kept_and_an_old_one_is_told(tmp_path: Path) -> None:
    workspace = Workspace.open(Settings(workspace=tmp_path))
    load_population(workspace, setup_actor(), EXTRACT, "1/2/2020", "xã Suối Mơ")
    extract = match_view.extract_of(open_population(workspace.settings))
    assert (extract.info.as_of, extract.info.scope, extract.is_stale) == ("01.02.2020", "xã Suối Mơ", True)
    load_population(workspace, setup_actor(), EXTRACT)
    assert not match_view.extract_of(open_population(workspace.settings)).is_stale
    with pytest.raises(InputError):
        load_population(workspace, setup_actor(), EXTRACT, "2020")


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


def test_an_officer_is_told_how_often_a_namesake_comes_about_by_chance() -> None:
    assert "Cứ 250 người" in namesakes_told(0.004)
    assert namesakes_told(0.0) == namesakes_told(0.0005) == namesakes_told(12.0) == ""
