"""From a confirmed entry to a decision: blind, by another officer, nothing overwritten unseen."""

import pytest

from digitize.books.steps import Step
from digitize.errors import AccessDenied, InputError, StepNotLawful
from digitize.review.second import Standing
from digitize.store.unit_of_work import verify_journal
from digitize.workflow import review, second


def asked_of(workspace, actor):
    """Every field that this person may read again."""
    found, later = [], set()
    while (field := second.next_blind(workspace, actor, later=frozenset(later))) and (
        (field.entry_id, field.column) not in later
    ):
        found.append(field)
        later.add((field.entry_id, field.column))
    return found


def test_a_field_is_read_blind_and_a_third_person_decides(peopled, person):
    officer, police, lead = person("officer"), person("police"), person("lead")
    with peopled.view(officer) as work:
        mother = work.entries.get(1).candidates["meHoTen"].text  # read with 40 %
    review.open_entry(peopled, officer, 1)
    review.confirm(peopled, officer, 1, {})
    assert asked_of(peopled, officer) == []
    fields = {field.column: field for field in asked_of(peopled, police)}
    assert "meHoTen" in fields
    assert not any(mother in str(getattr(fields["meHoTen"], name)) for name in fields["meHoTen"].__slots__)
    with pytest.raises(AccessDenied):
        second.read_again(peopled, officer, 1, "meHoTen", mother)

    assert second.disputes(peopled, lead) == ()
    assert second.read_again(peopled, police, 1, "meHoTen", "TRIỆU THỊ KHÁC") is Standing.DIFFERS
    with pytest.raises(AccessDenied):
        second.read_again(peopled, police, 1, "meHoTen", mother)
    (dispute,) = second.disputes(peopled, lead)
    assert (dispute.first, [other.text for other in dispute.others]) == (mother, ["TRIỆU THỊ KHÁC"])
    with pytest.raises(InputError):
        second.decide(peopled, lead, dispute, mother, " ")
    second.decide(peopled, lead, dispute, "TRIỆU THỊ KHÁC", "nét chữ rõ")
    with peopled.view(lead) as work:
        entry = work.entries.get(1)
        told = [(line.act, line.why) for line in work.journal.of("entry", 1)]
        assert [reading.text for reading in work.readings.all()] == ["TRIỆU THỊ KHÁC", "TRIỆU THỊ KHÁC"]
    assert entry.step is Step.IN_REVIEW  # the officer confirms anew
    assert entry.values["meHoTen"].text == "TRIỆU THỊ KHÁC"
    assert ("entry.decide", "Phân xử lần đọc hai: nét chữ rõ") in told
    with pytest.raises(StepNotLawful):
        second.decide(peopled, lead, dispute, mother, "bấm lần hai")

    review.confirm(peopled, officer, 1, {})
    assert second.disputes(peopled, lead) == ()
    assert "meHoTen" not in {field.column for field in asked_of(peopled, police)}
    assert verify_journal(peopled, officer) is None


def test_agreement_closes_the_field_and_strangers_see_nothing(peopled, person):
    officer, police = person("officer"), person("police")
    with peopled.view(officer) as work:
        mother = work.entries.get(2).candidates["meHoTen"].text
    review.open_entry(peopled, officer, 2)
    review.confirm(peopled, officer, 2, {})
    assert second.read_again(peopled, police, 2, "meHoTen", f" {mother.lower()} ") is Standing.AGREED
    assert second.next_blind(peopled, person("stranger")) is None
    with pytest.raises(AccessDenied):
        second.next_blind(peopled, person("lead"))
