"""A finished book is sampled: accepted, or sent back with what was keyed kept."""

import json

import pytest

from digitize.books.quality import Verdict
from digitize.books.steps import Step
from digitize.errors import AccessDenied, AlreadyThere, NotFound, StepNotLawful
from digitize.review.kinds import FieldKind
from digitize.store.unit_of_work import verify_journal
from digitize.workflow import figures, review, sampling


def test_a_book_is_drawn_looked_at_and_sent_back_then_accepted(peopled, person):
    officer, checker, lead = person("officer"), person("checker"), person("lead")
    with pytest.raises(StepNotLawful):
        sampling.draw_sample(peopled, checker, 1)  # nobody has confirmed anything
    for entry_id in (1, 2):
        review.open_entry(peopled, officer, entry_id)
        review.confirm(peopled, officer, entry_id, {})
    quality = sampling.quality_of(peopled, checker, 1)
    assert quality.plan is not None and (quality.plan.number, quality.plan.accept, quality.unfinished) == (2, 0, 0)

    sample = sampling.draw_sample(peopled, checker, 1, seed="ab12")
    assert set(sample.entries) == {1, 2}
    with pytest.raises(AlreadyThere):
        sampling.draw_sample(peopled, lead, 1)
    with pytest.raises(StepNotLawful):
        sampling.close_sample(peopled, checker, sample.sample_id)
    sampling.check_entry(peopled, checker, sample.sample_id, 1, frozenset())
    with pytest.raises(AlreadyThere):
        sampling.check_entry(peopled, lead, sample.sample_id, 1, frozenset())
    with pytest.raises(NotFound):
        sampling.check_entry(peopled, lead, sample.sample_id, 3, frozenset())
    sample = sampling.check_entry(peopled, checker, sample.sample_id, 2, frozenset({"meHoTen"}))
    assert sampling.close_sample(peopled, checker, sample.sample_id, "đọc lại").verdict is Verdict.REFUSED
    with peopled.view(officer) as work:
        right, wrong = work.entries.get(1), work.entries.get(2)
    assert (right.step, wrong.step) == (Step.CONFIRMED, Step.IN_REVIEW)
    assert wrong.values["meHoTen"].text  # nothing keyed is lost

    (name,) = [rate for rate in figures.own_figures(peopled, officer).by_sample if rate.kind is FieldKind.NAME]
    assert name.wrong == 1 and name.looked > 2
    assert figures.own_figures(peopled, person("police")).by_sample == ()
    assert figures.unit_figures(peopled, lead).by_sample == figures.own_figures(peopled, officer).by_sample
    with pytest.raises(AccessDenied):
        figures.unit_figures(peopled, officer)

    review.confirm(peopled, officer, 2, {})
    second = sampling.draw_sample(peopled, checker, 1)
    for entry_id in second.entries:
        sampling.check_entry(peopled, checker, second.sample_id, entry_id, frozenset())
    assert sampling.close_sample(peopled, checker, second.sample_id).verdict is Verdict.ACCEPTED
    with peopled.view(checker) as work:
        told = [line for line in work.journal.of("entry", 2) if line.act == "sample.send_back"]
    assert "1 sai trong 2" in json.dumps([line.why for line in told], ensure_ascii=False)
    assert verify_journal(peopled, officer) is None


def test_nobody_looks_at_her_own_entries(peopled, person):
    with pytest.raises(AccessDenied):
        sampling.quality_of(peopled, person("officer"), 1)
