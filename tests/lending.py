"""Books in the hands of those who scan them, for tests that begin there."""

from digitize.access.actor import Actor, Agency, Role
from digitize.campaign.custody import Direction, Party
from digitize.campaign.inventory import Condition
from digitize.store.unit_of_work import Workspace

ANYWHERE = frozenset({"15"})
GIVER = Actor("giver", Agency.CIVIL_STATUS, "15", frozenset({Role.OFFICER}), ANYWHERE)
RECEIVER = Actor("receiver", Agency.POLICE, "15", frozenset({Role.OFFICER}), ANYWHERE)
GOOD = frozenset({Condition.GOOD})
PARTIES = (Party("Lò Thị Sao", "Công chức"), Party("Hà Văn Tú", "Công an viên"))


def lend(workspace: Workspace, *book_ids: int) -> int:
    """Lends the books, acknowledged; returns the number of the minutes."""
    with workspace.unit_of_work(GIVER) as work:
        given = work.custody.give(Direction.LEND, {each: (GOOD, "") for each in book_ids}, *PARTIES, "", None, "")
    with workspace.unit_of_work(RECEIVER) as work:
        work.custody.receive(given.handover_id, {each: GOOD for each in book_ids})
    return given.handover_id
