"""Sampling plan of a book: how many entries to look at, and what passing says, computed exactly (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import ceil, comb, floor

from digitize.books.quality import Sample, Verdict

# Our own choice, no regulation names any: a book with 1 % of wrong entries should pass, one with 5 % should not.
GOOD, BAD = 0.01, 0.05
REFUSED_GOOD, PASSED_BAD = 0.05, 0.10  # how often the sample may mislead in either direction
SHOWN = (0.005, 0.01, 0.02, 0.05, 0.10)  # shares of wrong entries for which the plan is told


@dataclass(frozen=True, slots=True)
class Plan:
    """Of `size` entries `number` are looked at; at most `accept` wrong ones let the book pass."""

    size: int
    number: int
    accept: int


def passes(plan: Plan, wrong: int) -> float:
    """Probability (hypergeometric) that a book with so many wrong entries passes."""
    right = plan.size - wrong
    fitting = sum(comb(wrong, hit) * comb(right, plan.number - hit) for hit in range(min(plan.accept, wrong) + 1))
    return fitting / comb(plan.size, plan.number)


def plan_for(size: int) -> Plan:
    """The smallest sample that keeps both risks; the whole book where only that does. `size` is at least 1."""
    bad, good = ceil(BAD * size), floor(GOOD * size)
    for accept in range(bad):
        plan = _smallest(size, accept, bad)
        if plan and passes(plan, good) >= 1 - REFUSED_GOOD:
            return plan
    return Plan(size, size, good)


def _smallest(size: int, accept: int, bad: int) -> Plan | None:
    """The least number that a bad book passes seldom enough; passing falls as the number rises, so it is halved in."""
    low, high = accept + 1, size
    if passes(Plan(size, high, accept), bad) > PASSED_BAD:
        return None
    while low < high:
        middle = (low + high) // 2
        if passes(Plan(size, middle, accept), bad) <= PASSED_BAD:
            high = middle
        else:
            low = middle + 1
    return Plan(size, low, accept)


def plan_told(plan: Plan) -> tuple[str, ...]:
    """The plan and its operating characteristic in plain words."""
    if plan.number == plan.size:
        head = f"Sổ có {plan.size} trường hợp, ít nên phải xem hết"
    else:
        head = f"Xem {plan.number} trường hợp rút ngẫu nhiên trong {plan.size}"
    limit = f"có từ {plan.accept + 1} trường hợp sai trở lên thì trả lại cả quyển."
    amounts = dict.fromkeys(ceil(share * plan.size) for share in SHOWN)
    return (f"{head}; {limit}", *(_chance_told(plan, wrong) for wrong in amounts))


def _chance_told(plan: Plan, wrong: int) -> str:
    share = f"{100 * wrong / plan.size:.1f}".replace(".", ",").removesuffix(",0")
    return (
        f"Nếu {wrong} trường hợp sai ({share} %), quyển này qua kiểm tra với xác suất {_percent(passes(plan, wrong))}."
    )


def _percent(share: float) -> str:
    """Never 0 % or 100 % for what is merely unlikely or likely."""
    if 0 < share < 0.01:
        return "dưới 1 %"
    if 0.99 < share < 1:
        return "trên 99 %"
    return f"{share:.0%}".replace("%", " %")


def draw(seed: str, entries: Iterable[int], number: int) -> tuple[int, ...]:
    """Entries in the order of the SHA-256 of seed and id: anybody can draw the same sample again, on any machine."""
    return tuple(sorted(entries, key=lambda entry: sha256(f"{seed}:{entry}".encode()).digest())[:number])


def verdict_of(sample: Sample) -> Verdict | None:
    """What the sample says so far; None while it may still go either way."""
    if sample.wrong > sample.accept:
        return Verdict.REFUSED
    return Verdict.ACCEPTED if len(sample.checks) == len(sample.entries) else None


def left_to_check(sample: Sample) -> Sequence[int]:
    """Entries of the sample that nobody has looked at, in the order drawn."""
    done = {check.entry_id for check in sample.checks}
    return [entry for entry in sample.entries if entry not in done]
