"""How often fields are wrong, per kind, with how many were looked at and how sure that is (pure)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from digitize.books.forms import Form
from digitize.books.quality import Reading, SampleCheck
from digitize.review.kinds import FieldKind, field_kind
from digitize.review.second import is_same

Z95 = 1.959964  # two-sided 95 % of the normal distribution


@dataclass(frozen=True, slots=True)
class Trial:
    """One field that was looked at again, and whether what stood there was wrong."""

    kind: FieldKind
    by: str | None  # who had keyed it
    wrong: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """Wrong ones among those looked at, with the 95 % interval of Wilson; shares are 0..1."""

    kind: FieldKind
    looked: int
    wrong: int
    low: float
    high: float


def wilson(wrong: int, looked: int) -> tuple[float, float]:
    """The 95 % interval of a share; it stays sensible where none or all are wrong. `looked` is at least 1."""
    share, z2 = wrong / looked, Z95**2
    middle = (share + z2 / (2 * looked)) / (1 + z2 / looked)
    half = Z95 * sqrt(share * (1 - share) / looked + z2 / (4 * looked**2)) / (1 + z2 / looked)
    return max(0.0, middle - half), min(1.0, middle + half)


def rates(trials: Iterable[Trial]) -> tuple[Rate, ...]:
    """One rate per kind of field that was looked at."""
    looked: dict[FieldKind, int] = {}
    wrong: dict[FieldKind, int] = {}
    for trial in trials:
        looked[trial.kind] = looked.get(trial.kind, 0) + 1
        wrong[trial.kind] = wrong.get(trial.kind, 0) + trial.wrong
    return tuple(
        Rate(kind, looked[kind], wrong[kind], *wilson(wrong[kind], looked[kind]))
        for kind in FieldKind
        if kind in looked
    )


def rate_told(rate: Rate) -> str:
    """ "3 sai trong 120 ô đã xem lại (2,5 %); tỷ lệ thật có lẽ từ 0,9 % đến 7,1 %"."""
    share = _percent(rate.wrong / rate.looked)
    told = f"{rate.wrong} sai trong {rate.looked} ô đã xem lại ({share})"
    return f"{told}; tỷ lệ thật có lẽ từ {_percent(rate.low)} đến {_percent(rate.high)}"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %".replace(".", ",")


def of_check(check: SampleCheck) -> Iterable[Trial]:
    """The trials that one entry of a sample was."""
    wrong = list(check.wrong.values())
    for kind, number in check.looked.items():
        bad = wrong.count(kind)
        yield from (Trial(FieldKind(kind), check.keyed_by, at < bad) for at in range(number))


def of_readings(form: Form, column: str, readings: Sequence[Reading]) -> Trial | None:
    """The trial that the second reading of one field was; None while two readings stand against each other.

    What stood there first counts, also where it has been put right since.
    """
    first, kind = readings[0], field_kind(form, column)
    decided = [reading.text for reading in readings if reading.decides]
    right = decided or [reading.text for reading in readings]
    is_right = any(is_same(form, column, text, first.first_text) for text in right)
    return Trial(kind, first.first_by, not is_right) if decided or is_right else None
