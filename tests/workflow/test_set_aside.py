"""What a person said to be no entry holds up neither the package nor the clock."""

from digitize.campaign.completeness import PageEnd
from digitize.workflow import completeness, hand_over, review


def test_a_cover_that_was_read_as_an_entry_is_not_waited_for(peopled, person) -> None:
    lead, officer = person("lead"), person("officer")
    review.confirm(peopled, officer, 1, {"so": "01"})
    with peopled.view(officer) as work:
        page = work.entries.get(2).page_id
    completeness.mark_pages(peopled, officer, [page], PageEnd.COVER)
    report = hand_over.export_book(peopled, lead, 1)
    assert report.entries == 1 and not report.told.left_out
    assert hand_over.release(peopled, person("checker"), 1).entries == 1
    (handed_over,) = hand_over.hand_overs(peopled, lead)
    assert handed_over.clock is not None
