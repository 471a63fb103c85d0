"""A unit is surveyed and raises difficulties; only the newest survey counts, only an open difficulty is answered."""

from dataclasses import replace
from datetime import date

import pytest

from digitize.books.readiness import DifficultyKind, Line, Survey
from digitize.errors import AccessDenied, InputError, NotFound, StepNotLawful
from digitize.workflow import difficulties
from digitize.workflow.difficulties import Place

HERE = Place("24999", "xã Suối Mơ", "140")
ELSEWHERE = Place("04249", "phường Yên Thịnh", "132")
SURVEY = Survey("24999", "xã Suối Mơ", True, 0, 1, 1, Line.GOOD, 1, 1, "", date(2026, 11, 1), "")


def test_a_difficulty_is_raised_by_anybody_and_answered_once_by_a_team_lead(peopled, person) -> None:
    officer, lead = person("officer"), person("lead")
    assert HERE in difficulties.places_of(peopled, officer)
    with pytest.raises(NotFound):
        difficulties.raise_difficulty(peopled, officer, ELSEWHERE, DifficultyKind.LINE, "Mạng chậm")
    with pytest.raises(InputError):
        difficulties.raise_difficulty(peopled, officer, HERE, DifficultyKind.LINE, " ")
    raised = difficulties.raise_difficulty(peopled, officer, HERE, DifficultyKind.LINE, "Mạng chậm")
    with pytest.raises(AccessDenied):
        difficulties.answer_difficulty(peopled, officer, raised.difficulty_id, "Đã sửa")
    assert difficulties.answer_difficulty(peopled, lead, raised.difficulty_id, "Đã sửa").answer == "Đã sửa"
    with pytest.raises(StepNotLawful):
        difficulties.answer_difficulty(peopled, lead, raised.difficulty_id, "Nữa")
    assert difficulties.difficulties(peopled, person("stranger")) == ()


def test_the_newest_survey_of_a_unit_counts(peopled, person) -> None:
    lead = person("lead")
    with pytest.raises(AccessDenied):
        difficulties.add_survey(peopled, person("officer"), SURVEY, HERE)
    with pytest.raises(InputError):
        difficulties.add_survey(peopled, lead, replace(SURVEY, computers=-1), HERE)
    difficulties.add_survey(peopled, lead, SURVEY, HERE)
    difficulties.add_survey(peopled, lead, replace(SURVEY, a3_scanners=1, on=date(2026, 11, 9)), HERE)
    (newest,) = difficulties.surveys(peopled, lead)
    assert (newest.a3_scanners, newest.lacking, newest.by) == (1, (), "lead")
