"""What dates and numbers may look like, as automata that a beam search follows letter by letter (pure)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache

from digitize.books.dates import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True, slots=True)
class Automaton:
    """A finite language: `steps[state]` says which letters may follow and where they lead; state 0 is the start."""

    steps: tuple[dict[str, int], ...]
    ends: frozenset[int]

    @property
    def start(self) -> int:
        return 0

    def after(self, state: int, letter: str) -> tuple[int, float] | None:
        following = self.steps[state].get(letter)
        return None if following is None else (following, 0.0)

    def end(self, state: int) -> float | None:
        return 0.0 if state in self.ends else None


@dataclass(slots=True)
class _Draft:
    """An automaton being built, in which a letter may lead to several states and some steps take no letter."""

    steps: list[dict[str, set[int]]] = field(default_factory=lambda: [{}])
    free: list[set[int]] = field(default_factory=lambda: [set()])

    def state(self) -> int:
        self.steps.append({})
        self.free.append(set())
        return len(self.steps) - 1

    def reached(self, states: Iterable[int]) -> frozenset[int]:
        """These states and all that can be reached from them without a letter."""
        found, new = set[int](), set(states)
        while new:
            found |= new
            new = set[int]().union(*(self.free[state] for state in new)) - found
        return frozenset(found)


Pattern = Callable[[_Draft, int], int]  # adds its steps from this state on and returns the state where it ends


def text(letters: str) -> Pattern:
    def build(draft: _Draft, at: int) -> int:
        for letter in letters:
            following = draft.state()
            draft.steps[at].setdefault(letter, set()).add(following)
            at = following
        return at

    return build


def then(*patterns: Pattern | str) -> Pattern:
    def build(draft: _Draft, at: int) -> int:
        for pattern in patterns:
            at = _pattern(pattern)(draft, at)
        return at

    return build


def either(*patterns: Pattern | str) -> Pattern:
    def build(draft: _Draft, at: int) -> int:
        ends = [_pattern(pattern)(draft, at) for pattern in patterns]
        end = draft.state()
        for each in ends:
            draft.free[each].add(end)
        return end

    return build


def maybe(pattern: Pattern | str) -> Pattern:
    return either(pattern, "")


def upto(pattern: Pattern | str, least: int, most: int) -> Pattern:
    """The pattern `least` to `most` times."""
    rest: Pattern = text("")
    for _ in range(most - least):
        rest = maybe(then(pattern, rest))
    return then(*[pattern] * least, rest)


def in_capitals(pattern: Pattern) -> Pattern:
    def build(draft: _Draft, at: int) -> int:
        begin = draft.state()
        draft.free[at].add(begin)
        end = pattern(draft, begin)
        draft.steps[begin:] = [{letter.upper(): to for letter, to in step.items()} for step in draft.steps[begin:]]
        return end

    return build


def _pattern(pattern: Pattern | str) -> Pattern:
    return text(pattern) if isinstance(pattern, str) else pattern


def automaton(pattern: Pattern) -> Automaton:
    """The pattern, every word beginning small or capital, as an automaton in which a letter leads to one state only."""
    draft = _Draft()
    end = pattern(draft, 0)
    _allow_capitals(draft)
    sets = [draft.reached([0])]
    number = {sets[0]: 0}
    steps: list[dict[str, int]] = []
    for states in sets:  # grows while it is walked
        leads: dict[str, set[int]] = {}
        for state in states:
            for letter, following in draft.steps[state].items():
                leads.setdefault(letter, set()).update(following)
        step = {}
        for letter, following in leads.items():
            reached = draft.reached(following)
            if reached not in number:
                number[reached] = len(sets)
                sets.append(reached)
            step[letter] = number[reached]
        steps.append(step)
    return Automaton(tuple(steps), frozenset(number[states] for states in sets if end in states))


def _allow_capitals(draft: _Draft) -> None:
    for state in draft.reached([0, *(to for step in draft.steps for to in step.get(" ", ()))]):
        for letter, to in list(draft.steps[state].items()):
            draft.steps[state].setdefault(letter.upper(), set()).update(to)


_DIGIT = either(*"0123456789")
_SPACE = maybe(" ")


def _number(first: int, last: int) -> Pattern:
    """A number as digits, with or without a zero before a single one."""
    return either(*{form for n in range(first, last + 1) for form in (str(n), f"{n:02d}")})


_DAY, _MONTH = _number(1, 31), _number(1, 12)
_YEAR = either(*map(str, range(FIRST_YEAR, LAST_YEAR + 1)))
_SHORT_YEAR = then(_DIGIT, _DIGIT)


def _date_in_digits() -> Pattern:
    marks = [then(_SPACE, mark, _SPACE) for mark in "/.-–"] + [text(" ")]
    year = either(_YEAR, _SHORT_YEAR)
    numbers = [then(_DAY, mark, _MONTH, mark, year) for mark in marks]
    months = [then(_MONTH, mark, _YEAR) for mark in marks]
    comma = then(maybe(","), " ")
    day = then(maybe("ngày "), maybe(either("mùng ", "mồng ")), _DAY)
    in_words = then(day, comma, "tháng ", _MONTH, comma, "năm ", _YEAR)
    of_month = then("tháng ", _MONTH, comma, "năm ", _YEAR)
    return either(*numbers, *months, then("ngày ", numbers[0]), in_words, of_month, _year())


def _year() -> Pattern:
    return then(maybe("năm "), _YEAR)


_UNITS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_TENS = ("hai", "ba", "bốn", "năm", "sáu", "bảy", "bẩy", "tám", "chín")


def _after_tens(*ones: str) -> Pattern:
    return either(*ones, "hai", "ba", "bốn", "tư", "lăm", "nhăm", "sáu", "bảy", "bẩy", "tám", "chín")


def _below_hundred(tens: Iterable[str]) -> Pattern:
    """10 to 99 in words, the tens from these."""
    teens = then("mười", maybe(then(" ", either(*_UNITS, "bẩy", "lăm", "nhăm"))))
    high = then(either(*tens), either(" mươi", then(maybe(" mươi"), " ", _after_tens("mốt", "một"))))
    return either(teens, high)


def _date_in_words() -> Pattern:
    units = either(*_UNITS, "bẩy", "tư")
    day = either(then(maybe(either("mùng ", "mồng ")), units), then(either("mùng ", "mồng "), "mười"))
    day = either(day, _below_hundred(("hai", "ba")))
    month = either(units, "giêng", "mười", "mười một", "mười hai", "chạp")
    zero = then(either("linh", "lẻ", "không"), " ", units)
    rest = either(zero, _below_hundred(_TENS))
    hundreds = then(either(*_UNITS, "không"), " trăm", maybe(then(" ", rest)))
    year = then(either("một", "hai"), either(" nghìn", " ngàn"), maybe(then(" ", either(hundreds, rest))))
    gap = then(maybe(","), " ")
    of_year = then("năm ", year)
    of_month = then("tháng ", month, gap, of_year)
    of_day = then(maybe("ngày "), day, gap, of_month)
    date = either(of_day, of_month, of_year)
    return either(date, in_capitals(date))


def _grouped(digits: int, group: int) -> Pattern:
    """A number of so many digits, together or in groups."""
    groups = [_DIGIT] * digits
    parted = [then(*[_DIGIT] * group) for _ in range(digits // group)]
    return either(then(*groups), *(then(parted[0], *(then(mark, p) for p in parted[1:])) for mark in (" ", ".")))


def _year_behind(mark: str) -> Pattern:
    return then(_SPACE, mark, _SPACE, _YEAR)


def _initials() -> Pattern:
    """Of a kind of paper or an office: GBT, BV, UBND."""
    return upto(either(*"ABCDEGHIKLMNOPQSTUVXYĐ"), 1, 5)


_PATTERNS: dict[str, Callable[[], Pattern]] = {
    "date": _date_in_digits,
    "year_or_date": _date_in_digits,
    "date_words": _date_in_words,
    "pid12": lambda: either(_grouped(12, 3), _grouped(12, 4)),
    "id_number": lambda: either(_grouped(12, 3), _grouped(9, 3)),
    "entry_no": lambda: then(
        upto(_DIGIT, 1, 4), maybe(either(*"ABCabc")), maybe(either(_year_behind("/"), _year_behind("-")))
    ),
    "paper_no": lambda: then(  # "02/GBT", "114/GBT-BV", "05/2019/GBT"
        upto(_DIGIT, 1, 4),
        maybe(_year_behind("/")),
        maybe(then(_SPACE, "/", _SPACE, _initials(), maybe(then("-", _initials())))),
    ),
    "volume": lambda: then(upto(_DIGIT, 1, 3), maybe(either(_year_behind("/"), _year_behind("-")))),
    "number": lambda: upto(_DIGIT, 1, 4),
}


@cache
def grammar_of(kind: str) -> Automaton | None:
    """What a field of this kind may say; None where no grammar holds it."""
    return automaton(_PATTERNS[kind]()) if kind in _PATTERNS else None
