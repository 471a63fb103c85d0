import pytest

from digitize.books.steps import ACT_TITLES, LAWFUL, STEP_TITLES, Act, Step, step_after
from digitize.errors import StepNotLawful

ROAD = [
    (Step.SCANNED, Act.READ, Step.READ),
    (Step.READ, Act.REVIEW, Step.IN_REVIEW),
    (Step.IN_REVIEW, Act.CONFIRM, Step.CONFIRMED),
    (Step.CONFIRMED, Act.CHECK, Step.CHECKED),
    (Step.CHECKED, Act.MATCH, Step.MATCHED),
    (Step.MATCHED, Act.HAND_OVER, Step.HANDED_OVER),
]


@pytest.mark.parametrize(("step", "act", "after"), ROAD)
def test_the_straight_road(step: Step, act: Act, after: Step) -> None:
    assert step_after(step, act) is after


@pytest.mark.parametrize("step", [Step.CONFIRMED, Step.CHECKED, Step.MATCHED])
def test_sending_back_leads_to_review(step: Step) -> None:
    assert step_after(step, Act.SEND_BACK) is Step.IN_REVIEW


@pytest.mark.parametrize(
    ("step", "act"),
    [
        (Step.SCANNED, Act.CONFIRM),
        (Step.READ, Act.CONFIRM),
        (Step.IN_REVIEW, Act.MATCH),
        (Step.IN_REVIEW, Act.READ),
        (Step.CONFIRMED, Act.READ),
        (Step.IN_REVIEW, Act.HAND_OVER),
        (Step.HANDED_OVER, Act.SEND_BACK),
    ],
)
def test_unlawful_acts_are_refused(step: Step, act: Act) -> None:
    with pytest.raises(StepNotLawful, match=f"{ACT_TITLES[act]}.*{STEP_TITLES[step]}"):
        step_after(step, act)


def test_what_was_handed_over_only_comes_back_when_it_is_recalled() -> None:
    assert [act for (step, act) in LAWFUL if step is Step.HANDED_OVER] == [Act.RECALL]
    assert step_after(Step.HANDED_OVER, Act.RECALL) is Step.IN_REVIEW


def test_every_step_has_a_title_and_every_step_but_the_first_is_reached() -> None:
    assert set(STEP_TITLES) == set(Step)
    assert set(LAWFUL.values()) == set(Step) - {Step.SCANNED}
