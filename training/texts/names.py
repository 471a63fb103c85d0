"""Names of fictitious people of the ethnic groups of Yên Bái's books."""

import os
import re
import unicodedata
from functools import cache
from pathlib import Path
from random import Random

from training.texts.lists import Pool, cased, phrases, table
from training.texts.syllables import syllables

DEFAULT_FREQUENCIES = Path(__file__).parents[3] / "shared" / "data" / "names"

_GROUPS = {  # ethnic group -> how often
    "Kinh": 34, "Tày": 14, "Mông": 13, "Dao": 11, "Thái": 11, "Nùng": 6, "Mường": 4,
    "Giáy": 2, "Khơ Mú": 2, "Phù Lá": 2, "Hoa": 2, "Ê-đê": 0.5,
}  # fmt: skip
_TAKES_KINH_NAMES = {"Tày": 0.55, "Mường": 0.55, "Nùng": 0.45, "Thái": 0.4, "Giáy": 0.4, "Khơ Mú": 0.4, "Hoa": 0.3}
_UNHEARD_OF = 0.1  # share of given names that are on no list


@cache
def _pools(frequencies: Path) -> dict[tuple[str, str], Pool]:
    """(ethnic group, part of the name) -> words; Kinh words as counted in the folder, where it has them."""
    pools = {(group, part): _ranked(words.split()) for group, part, words in table("names")}
    counted = {key: frequencies / f"{key[1]}.tsv" for key in pools if key[0] == "Kinh"}
    return pools | {key: _counted(path) for key, path in counted.items() if path.exists()}


def _ranked(words: list[str]) -> Pool:
    return Pool.of(words, [(rank + 5) ** -0.6 for rank in range(len(words))])


def _counted(path: Path) -> Pool:
    """Words with their counts, flattened so that the rare ones are met too."""
    rows = [row.split("\t") for row in unicodedata.normalize("NFC", path.read_text("utf-8")).splitlines()]
    known = [(word, int(count)) for word, count in rows if re.fullmatch(r"[^\W\d_]+( [^\W\d_]+)*", word)]
    return Pool.of([word for word, _ in known], [count**0.55 for _, count in known])


def _part(rng: Random, group: str, part: str) -> str:
    return _pools(Path(os.environ.get("DIGITIZE_NAMES", DEFAULT_FREQUENCIES)))[group, part].draw(rng)


def full_name(rng: Random, group: str | None = None) -> str:
    """A name in Title Case, two to five syllables, of this ethnic group or of any."""
    group = group or rng.choices(list(_GROUPS), list(_GROUPS.values()))[0]
    gender = rng.choice(("male", "female"))
    middle = _part(rng, group if rng.random() < 0.8 else "Kinh", f"middle_{gender}")
    second = _part(rng, group, f"given_{gender}") if rng.random() < 0.12 else ""
    parts = (_part(rng, group, "surname"), middle if rng.random() < 0.93 else "", second, _given(rng, group, gender))
    return " ".join(" ".join(parts).split()[:5])


def _given(rng: Random, group: str, gender: str) -> str:
    if rng.random() < _UNHEARD_OF:
        return rng.choice(syllables()).capitalize()
    return _part(rng, "Kinh" if rng.random() < _TAKES_KINH_NAMES.get(group, 0.1) else group, f"given_{gender}")


def given_name(rng: Random) -> str:
    """The last syllable of a name."""
    return full_name(rng).split()[-1]


def written_name(rng: Random) -> str:
    """A name as a field has it: in capitals or Title Case, now and then only a part of it, or with more beside."""
    if rng.random() < 0.03:
        foreign = " ".join(rng.sample(phrases("foreign_names"), rng.choice((2, 2, 3))))
        return cased(rng, foreign, upper=0.3, lower=0, titled=0)
    first, *rest = full_name(rng).split()
    name = " ".join((first, *rest))
    forms = {
        name: 84,
        rest[-1]: 4,
        " ".join((first, *rest)[-2:]): 6,
        f"{first[0]}. {' '.join(rest)}": 1,
        f"{rng.choice(('Ông', 'Bà', 'ông', 'bà', 'Anh', 'Chị', 'cụ', 'em'))} {name}": 2,
        f"{name} ({given_name(rng)})": 1.5,
        f"{name} - {full_name(rng)}": 0.5,
    }
    return cased(rng, rng.choices(list(forms), list(forms.values()))[0], upper=0.38, lower=0.03, titled=0)
