"""What register lines say, invented from a seed: names, dates, places, numbers and the rest, letter for letter."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from random import Random

from training.texts import dates, names, numbers, phrases, places
from training.texts.lists import Pool, digits, title
from training.texts.syllables import LOWER_LETTERS, syllables_beginning, syllables_with

LONGEST = 60  # signs; what is longer was written over two lines, of which one is given

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_OPEN_RIME = re.compile(rf"(o)([{_TONES}])([ae])(?![\w{_TONES}])|(u)([{_TONES}])(y)(?![\w{_TONES}])", re.IGNORECASE)
_NEW_STYLE = 0.12  # share of writers who place the tone as schools teach it now
_ENDS_IN_MARK = {"name": 0.04, "place": 0.05, "date": 0.03, "occupation": 0.04, "note": 0.04, "number": 0.03}
_SIGNED = (
    '"{}"', "'{}'", "({})", "[{}]", "<{}>", "{}!", "{}?", "{}*", "{};", "#{}", "{}°",
    "{} & {}", "{}_{}", "{} @ {}", "{} = {}", "{} + {}", "{} > {}",
)  # fmt: skip
_SAMPLE, _FLOOR = 6000, 75  # a letter met less often than this in so many texts of the other kinds is wanted most
_ALWAYS = 40  # how much each letter is wanted beside that: rare ones alone would make Ẵ likelier than Ă


@dataclass(frozen=True, slots=True)
class Text:
    """What is written in one field: NFC, signs of `training.alphabet` only; `kind` is one of KINDS."""

    text: str
    kind: str


def invent(rng: Random, kind: str | None = None) -> Text:
    """A text of this kind, 1 to LONGEST signs; without a kind as often as registers and rare letters ask for.

    Kinh names are drawn as often as counted in the folder DIGITIZE_NAMES (default: ../shared/data/names beside the
    checkout), from our own shorter lists without it; the same seed and folder give the same texts.
    Raises KeyError for an unknown kind.
    """
    return _invent(rng, kind or _KINDS.draw(rng))


def _invent(rng: Random, kind: str) -> Text:
    text = _one_line(rng, " ".join(_WRITERS[kind](rng).split()))
    if rng.random() < _ENDS_IN_MARK.get(kind, 0):
        text += rng.choice((".", ".", ",", ";", ":", " -"))
    return Text(_in_new_style(text) if rng.random() < _NEW_STYLE else text, kind)


def _one_line(rng: Random, text: str) -> str:
    """The text, or the part of it that stands on one of two lines."""
    while len(text) > LONGEST - 2 or (len(text) > 34 and rng.random() < 0.18):
        words = text.split()
        at = rng.randrange(1, len(words))
        text = " ".join(rng.choice((words[:at], words[at:])))
    return text


def _in_new_style(text: str) -> str:
    """hòa, thúy -> hoà, thuý."""
    moved = _OPEN_RIME.sub(
        lambda found: "".join(found.group(1, 3, 2) if found[1] else found.group(4, 6, 5)), _nfd(text)
    )
    return unicodedata.normalize("NFC", moved)


def _nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def _letters(rng: Random) -> str:
    """One to five well-formed syllables, like a name nobody bears, each for a letter that the rest has seldom."""
    upper = rng.random() < 0.7
    wanted = [_wanted()[upper].draw(rng) for _ in range(rng.choice((1, 2, 2, 3, 3, 3, 4, 4, 5)))]
    if not upper:
        words = [rng.choice(syllables_with(letter)) for letter in wanted]
        text = title(" ".join(words)) if rng.random() < 0.4 else " ".join(words)
    elif rng.random() < 0.8:
        text = " ".join(rng.choice(syllables_with(letter.lower())) for letter in wanted).upper()
    else:
        text = title(" ".join(rng.choice(syllables_beginning(letter.lower())) for letter in wanted))
    if rng.random() < 0.1:
        beside = rng.choice((digits(rng, 2), names.given_name(rng)))
        text = rng.choice(_SIGNED).replace("{}", text, 1).replace("{}", beside)
    return text


@cache
def _wanted() -> tuple[Pool, Pool]:
    """Small letters and capitals: a share for each, and more for those that the other kinds leave below the floor."""
    rng = Random(0)
    often = {kind: share for kind, share in _OFTEN.items() if kind != "letters"}
    others = Pool.of(list(often), list(often.values()))
    met = Counter("".join(_invent(rng, others.draw(rng)).text for _ in range(_SAMPLE)))
    return _lacking(LOWER_LETTERS, met), _lacking([letter.upper() for letter in LOWER_LETTERS], met)


def _lacking(letters: Sequence[str], met: Mapping[str, int]) -> Pool:
    return Pool.of(letters, [max(_FLOOR - met[letter], 0) + _ALWAYS for letter in letters])


_WRITERS: dict[str, Callable[[Random], str]] = {
    "name": names.written_name,
    "date": dates.written_date,
    "date_words": dates.written_date_in_words,
    "place": places.written_place,
    "ethnic_group": phrases.ethnic_group,
    "nationality": phrases.nationality,
    "gender": phrases.gender,
    "id_document": numbers.written_paper,
    "number": numbers.written_number,
    "entry_number": numbers.entry_number,
    "occupation": partial(phrases.written_phrase, name="occupations"),
    "cause_of_death": phrases.cause_of_death,
    "relation": partial(phrases.written_phrase, name="relations"),
    "signer": phrases.signer,
    "note": phrases.note,
    "printed": phrases.printed,
    "letters": _letters,
}
KINDS = tuple(_WRITERS)
_OFTEN = {
    "name": 20, "date": 11, "date_words": 7, "place": 17, "ethnic_group": 3.5, "nationality": 2, "gender": 2.5,
    "id_document": 4.5, "number": 5, "entry_number": 4, "occupation": 3.5, "cause_of_death": 3.5, "relation": 2.5,
    "signer": 3, "note": 6, "printed": 3.5, "letters": 20,
}  # fmt: skip
_KINDS = Pool.of(list(_OFTEN), list(_OFTEN.values()))
