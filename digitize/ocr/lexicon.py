"""How likely a word is in a field: known phrases, else well-formed syllables, else anything; gently (pure)."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from tomllib import loads

from digitize.books.codelists import codes, ethnic_spellings
from digitize.books.names import TONES, tone_placement
from digitize.books.places import PLAN_DAY, PROVINCE, units_valid_on

PAIR, KNOWN, RECASED, SYLLABLE, ODD = (
    0.0,
    -0.6,
    -1.2,
    -2.0,
    -4.0,
)  # nats a word; odd ones are still believed of clear ink
RAGGED = -8.0  # nats: a word with small letters and capitals among each other, as only a reader sees it
LOWERED = -3.0  # nats: an answer of a closed list written all small or all in capitals, as hardly anybody does
MIXED = -1.5
MARK = -0.8  # of a comma: easily seen where there is only dirt
FEW_WORDS = 2.0

_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx]|"
_RIMES = frozenset(
    re.findall(
        r"\w+",
        """
        a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
        e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu
        iêc iêm iên iêng iêp iêt iêu o oc oi om on ong oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay
        oăc oăm oăn oăng oăt oe oem oen oeo oet ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
        u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uơ uy uya uych uyên uyêt uynh uyp uyt uyu
        uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
        y yêm yên yêng yêt yêu ych ynh yt
        """,
    )
)
_STOPPED = re.compile(r"(?:p|t|c|ch)$")
_WRITTEN = re.compile(r"[^\W\d_]+")
_NUMBERED = re.compile(r"\d+[A-Za-zĐđ]|[A-ZĐ]\d+")  # 8d, 246E, P4
FIGURE = "0"  # any number, in a pair of words


@cache
def is_syllable(word: str) -> bool:
    """Whether Vietnamese could spell it so: onset, rime, and a tone that the rime bears; in one way of case."""
    if not _WRITTEN.fullmatch(word) or not (word.islower() or word.istitle() or word.isupper()):
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    tones = [letter for letter in letters if letter in TONES]
    bare = unicodedata.normalize("NFC", "".join(letter for letter in letters if letter not in TONES))
    if len(tones) > 1 or (_STOPPED.search(bare) and tones not in (["\u0301"], ["\u0323"])):
        return False
    return any(_joins(onset, bare[len(onset) :]) for onset in _onsets(bare))


def _joins(onset: str, rime: str) -> bool:
    """c, g, ng before a, o, u; gh, ngh before e, i; yê- has nothing or qu before it."""
    if rime not in _RIMES or (rime.startswith("yê") and onset not in ("", "qu")):
        return False
    thin = rime[0] in "eêiy"
    return not (onset in ("c", "ng") and thin) and not (onset in ("gh", "ngh") and not thin)


def _onsets(bare: str) -> Iterator[str]:
    """Every way of taking the beginning of a syllable off: "gia" is g-ia or gi-a."""
    return (bare[:length] for length in range(4) if re.fullmatch(_ONSETS, bare[:length]))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and pairs of words that a kind of field knows. A language for the beam search: nothing is forbidden."""

    words: frozenset[str]
    folded: frozenset[str]  # the words in small letters
    pairs: frozenset[tuple[str, str]]  # the first in small letters, "" where a phrase begins
    folded_pairs: frozenset[tuple[str, str]]
    one_case: bool = False  # whether all words are written the same way: all capitals or only the first
    weight: float = 1.0  # of the gains; more where few words are in use

    @property
    def start(self) -> tuple[str, str]:
        """Two words: the one before and the one begun."""
        return ("", "")

    def after(self, state: tuple[str, str], letter: str) -> tuple[tuple[str, str], float]:
        before, begun = state
        if letter.isalnum() or (letter in "'-" and begun):
            return (before, begun + letter), 0.0
        gain = (self._gain(before, begun) if begun else 0.0) + (MARK if letter in ",;:" else 0.0)
        return (begun or before if letter == " " else "", ""), gain

    def end(self, state: tuple[str, str]) -> float:
        before, begun = state
        return self._gain(before, begun) if begun else 0.0

    def _gain(self, before: str, word: str) -> float:
        mixed = MIXED if self.one_case and _mixed(before, word) else 0.0
        return self.weight * (self._of_word(before, word) + mixed)

    def _of_word(self, before: str, word: str) -> float:
        if word.isdecimal():
            return PAIR
        low, first = word.lower(), FIGURE if before.isdecimal() else before.lower()
        if word in self.words or (word.isupper() and low in self.folded):
            known = (first, word) in self.pairs or (word.isupper() and (first, low) in self.folded_pairs)
            return PAIR if known else KNOWN
        if low in self.folded and (word.istitle() or word.islower()):
            return RECASED
        if not _is_of_one_case(word):
            return RAGGED
        return SYLLABLE if is_syllable(word) or _NUMBERED.fullmatch(word) else ODD


def _is_of_one_case(word: str) -> bool:
    """All small, all in capitals or the first only, also behind a hyphen."""
    return all(part.islower() or part.isupper() or part.istitle() for part in re.findall(r"[^\W\d_]+", word))


def _mixed(before: str, word: str) -> bool:
    """Whether of two words one is in capitals and the other is not; single letters tell nothing."""
    return len(before) > 1 and len(word) > 1 and before.isupper() != word.isupper()


@cache
def _told() -> Mapping[str, Mapping[str, str]]:
    return loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


def _phrases(*sections: str) -> list[str]:
    return [phrase for s in sections for phrase in re.split(r"[|\n]", _told()[s]["phrases"]) if phrase]


def _names() -> list[str]:
    return [word for words in _told()["names"].values() for word in words.split()]


def _places() -> list[str]:
    units = units_valid_on(PLAN_DAY)
    kinds = {"xã": "Xã", "phường": "Phường", "thị trấn": "Thị trấn"}
    names = [f"{kind} {name}" for u in units for kind in (u.kind, kinds[u.kind]) for name in (u.name, *u.also)]
    districts = [form for u in units for form in (u.district, u.district[0].lower() + u.district[1:])]
    provinces = [f"tỉnh {name}" for name in (PROVINCE, *codes("province_code").values())]
    return [*_phrases("places"), *names, *dict.fromkeys(districts), *provinces]


def _lexicon(phrases: Sequence[str], one_case: bool = False, weight: float = 1.0) -> Lexicon:
    both = [form for phrase in phrases for form in {phrase, tone_placement(phrase, "new")}]  # hòa, hoà
    words = [[FIGURE if w.isdecimal() else w for w in re.findall(r"[\w'-]+", phrase)] for phrase in both]
    pairs = frozenset((a.lower(), b) for told in words for a, b in pairwise(["", *told]))
    known = frozenset(word for told in words for word in told)
    folded = frozenset(word.lower() for word in known)
    return Lexicon(known, folded, pairs, frozenset((a, b.lower()) for a, b in pairs), one_case, weight)


@cache
def lexicon_of(kind: str) -> Lexicon:
    """What the words of a field of this kind are compared with; of an unknown kind everything we know."""
    match kind:
        case "name" | "name_upper" | "signature":
            return _lexicon(_names(), one_case=True)
        case "place":
            return _lexicon([*_places(), *_names()])
        case "signer":
            return _lexicon([*_phrases("offices"), *_names()], weight=FEW_WORDS)
        case "datetime":
            return _lexicon(_phrases("times"), weight=FEW_WORDS)
        case "id_doc" | "death_paper":
            return _lexicon([*_phrases("offices", "times"), *_places()], weight=FEW_WORDS)
    return _lexicon([*_phrases("offices", "times", "causes"), *_places(), *_names()])


@cache
def closed_list(kind: str) -> Mapping[str, float]:
    """The answers of a field with few of them, each with its gain in nats; empty for every other kind."""
    if kind not in _told()["closed"]:
        return {}
    told = dict.fromkeys(_told()["closed"][kind].split("|"), 0.0)
    if kind == "ethnic":
        here = _told()["closed"]["ethnic_here"].split("|")
        told = dict.fromkeys([*told, *ethnic_spellings()], SYLLABLE) | dict.fromkeys(here, 0.0)
    recased = {form: gain + LOWERED for text, gain in told.items() for form in (text.lower(), text.upper())}
    return recased | told
