"""The plan of a book and what it says, checked against enumeration and the risks it promises."""

from itertools import combinations
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digitize.review.sampling import BAD, GOOD, PASSED_BAD, REFUSED_GOOD, Plan, draw, passes, plan_for, plan_told


@pytest.mark.parametrize(("number", "accept", "wrong"), [(3, 0, 2), (4, 1, 3), (7, 0, 1), (2, 2, 5), (1, 0, 0)])
def test_the_chance_of_passing_is_that_of_counting_every_sample(number: int, accept: int, wrong: int) -> None:
    samples = list(combinations(range(7), number))
    passed = sum(sum(entry < wrong for entry in sample) <= accept for sample in samples)
    assert passes(Plan(7, number, accept), wrong) == pytest.approx(passed / len(samples))


@given(st.integers(1, 3000))
def test_every_plan_keeps_both_risks(size: int) -> None:
    plan = plan_for(size)
    assert 1 <= plan.number <= size
    assert passes(plan, ceil(BAD * size)) <= PASSED_BAD
    assert passes(plan, floor(GOOD * size)) >= 1 - REFUSED_GOOD


@pytest.mark.parametrize("size", [150, 400])
def test_no_smaller_sample_would_do(size: int) -> None:
    plan, bad, good = plan_for(size), ceil(BAD * size), floor(GOOD * size)
    for accept in range(bad):
        for number in range(accept + 1, plan.number):
            smaller = Plan(size, number, accept)
            assert passes(smaller, bad) > PASSED_BAD or passes(smaller, good) < 1 - REFUSED_GOOD


def test_the_plan_is_told_with_its_chances_in_words() -> None:
    sentences = plan_told(plan_for(300))
    assert "rút ngẫu nhiên trong 300" in sentences[0]
    assert any(sentence.startswith("Nếu 3 trường hợp sai (1 %)") and "xác suất" in sentence for sentence in sentences)
    assert sentences[1].endswith("xác suất 100 %.")  # two wrong ones are allowed: it cannot fail
    assert plan_told(plan_for(2000))[1].endswith("xác suất trên 99 %.")
    assert "phải xem hết" in plan_told(plan_for(8))[0]


def test_a_seed_draws_the_same_sample_again_whatever_the_order() -> None:
    drawn = draw("ab12", range(1, 101), 10)
    assert drawn == draw("ab12", reversed(range(1, 101)), 10)
    assert len(set(drawn)) == 10
    assert drawn != draw("ab13", range(1, 101), 10)


def test_every_entry_is_drawn_about_as_often() -> None:
    counts = dict.fromkeys(range(20), 0)
    for seed in range(2000):
        for entry in draw(str(seed), counts, 5):
            counts[entry] += 1
    assert all(420 < number < 580 for number in counts.values())  # 500 expected, six standard deviations are 116
