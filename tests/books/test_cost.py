from digitize.books.cost import Rates, Work, entries_and_fields
from digitize.books.kinds import BookKind

BIRTHS, DEATHS = Work(BookKind.BIRTH, 10, (100, 50, 5)), Work(BookKind.DEATH, 2, (20, 6, 0))


def test_money_is_entries_and_fields_at_their_rates() -> None:
    assert BIRTHS.cost(Rates(1000, (10, 20, 30))) == 10 * 1000 + 100 * 10 + 50 * 20 + 5 * 30
    assert BIRTHS.cost(Rates()) == 0 and not Rates().are_set


def test_sums() -> None:
    assert entries_and_fields(iter([BIRTHS, DEATHS])) == (12, (120, 56, 5))
