"""Prints what weights.toml has counted: how dates and words of drawn people come to differ (people and noise of
match_people, seed 101), and of two people taken at random.

python -m benchmarks.match_weights
"""

from collections import Counter
from collections.abc import Iterable
from random import Random

from rapidfuzz.distance import Levenshtein

from benchmarks.match_people import Query, draw, queries
from digitize.matching.compare.dates import compare_dates
from digitize.matching.population import Citizen
from digitize.matching.words import plain_word

PEOPLE, QUERIES, RANDOM_PAIRS, SEED = 100_000, 20_000, 1_000_000, 101
WAYS = 11  # that a letter is misread as, left out or put in, in the noise of the design note


def main() -> None:
    """Two tables."""
    people = draw(PEOPLE)
    truth = {citizen.personal_id: citizen for citizen in people}
    asked = list(queries(people, QUERIES, SEED))
    pairs = [(query, truth[query.truth]) for query in asked]
    birth(pairs, people, asked)
    words(pairs)


def birth(pairs: Iterable[tuple[Query, Citizen]], people: list[Citizen], asked: list[Query]) -> None:
    """[m, u] by level, each within its group: the book tells a day, or a bare year."""
    rng = Random(SEED)
    strangers = ((rng.choice(asked), rng.choice(people)) for _ in range(RANDOM_PAIRS))
    same, other = ({True: Counter[str](), False: Counter[str]()} for _ in range(2))
    for counts, some in ((same, pairs), (other, strangers)):
        for query, citizen in some:
            told = query.person.birth
            counts[len(told) > 4][compare_dates(told, citizen.date_of_birth).level] += 1
    for has_day in (True, False):
        for level in sorted(other[has_day] | same[has_day]):
            m, u = (counts[has_day][level] / counts[has_day].total() for counts in (same, other))
            print(f"{'day' if has_day else 'year':<5} {level:<15} m {m:.5f} u {u:.6f}")


def words(pairs: Iterable[tuple[Query, Citizen]]) -> None:
    """Of names with as many words as the right one: how many words are whole, how many have one wrong letter."""
    wrong: Counter[int] = Counter()
    letters = 0
    for query, citizen in pairs:
        ours, theirs = (list(map(plain_word, name.split())) for name in (query.person.name, citizen.full_name))
        if len(ours) == len(theirs):
            wrong.update(Levenshtein.distance(a, b) for a, b in zip(ours, theirs, strict=True))
            letters += sum(map(len, theirs))
    one, mean = wrong[1] / wrong.total(), letters / wrong.total()
    print(f"words whole {wrong[0] / wrong.total():.3f}, one letter wrong {one:.3f}; letter {one / (mean * WAYS):.5f}")


if __name__ == "__main__":
    main()
