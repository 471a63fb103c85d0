"""How common the words of names are among the people of an extract."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from digitize.matching.weigh.channel import MOST_LETTERS, writing_of
from digitize.matching.weigh.weights import frozen
from digitize.matching.words import plain_word

Part = tuple[str, str]  # "surname", "middle" or "given"; gender code or "" for both
NameCounts = Mapping[Part, Mapping[str, int]]


class NameShares:
    """Shares of surnames, middle words and given names, by gender, from the counts of a whole extract."""

    def __init__(self, counts: NameCounts) -> None:
        self._counts = counts
        self._people = {part: sum(words.values()) for part, words in counts.items()}
        self._vocabularies: dict[Part, _Vocabulary] = {}
        self.chance = lru_cache(maxsize=100_000)(self._chance)
        self.share = lru_cache(maxsize=100_000)(self._share)

    def _share(self, part: str, gender: str, word: str) -> float:
        """Share of the people of this gender whose name has the word there; never 0."""
        name, key = frozen().name, (part, gender)
        imagined = name.pseudo * name.common[part]
        return (self._counts.get(key, {}).get(word, 0) + imagined) / (self._people.get(key, 0) + name.pseudo)

    def _chance(self, part: str, gender: str, word: str, bare: bool) -> float:
        """How often this writing would come about from the name of anybody at all."""
        name = frozen().name
        unseen = name.unseen * name.pseudo / (self._people.get((part, gender), 0) + name.pseudo)
        return self._vocabulary(part, gender).chance(word, bare) + unseen

    def _vocabulary(self, part: str, gender: str) -> "_Vocabulary":
        key = (part, gender)
        if key not in self._vocabularies:
            shares = {word: self.share(part, gender, word) for word in self._counts.get(key, {})}
            self._vocabularies[key] = _Vocabulary(shares)
        return self._vocabularies[key]


class _Vocabulary:
    """The words of one part of a name with their shares."""

    def __init__(self, shares: Mapping[str, float]) -> None:
        self._words = list(shares)
        self._shares = list(shares.values())
        self._plain = [plain_word(word) for word in self._words]

    def chance(self, word: str, bare: bool) -> float:
        if not self._words:
            return 0.0
        near = cdist(
            [plain_word(word)], self._plain, scorer=Levenshtein.distance, score_cutoff=MOST_LETTERS, dtype=np.uint8
        )[0]
        places = [int(place) for place in np.flatnonzero(near <= MOST_LETTERS)]
        return sum(self._shares[place] * writing_of(word, self._words[place], bare) for place in places)
