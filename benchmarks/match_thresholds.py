"""What every threshold of finding brings on half-absent queries of other seeds than the benchmark's.

python -m benchmarks.match_thresholds [--seeds N...] [--queries N] : [thresholds] in weights.toml was read off the table
of seeds 61 to 66 (all chosen weights "ours" were settled on them too); seeds 71 to 74 were looked at only afterwards.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from benchmarks.match import BUILD, SIZES
from benchmarks.match_measure import FOUND
from benchmarks.match_people import Query, draw, queries, write_extract
from digitize.matching.decide import Judged, candidates_of, decide
from digitize.matching.population.extract import ExtractPopulation, open_extract
from digitize.matching.population.load import load_extract
from digitize.matching.weigh.weights import frozen

SEEDS, ABSENT = (61, 62, 63, 64, 65, 66), 777
THRESHOLDS = (0.92, 0.94, 0.95, 0.96, 0.97, 0.98)

Asked = tuple[Query, bool, list[Judged]]  # whether she is in the extract, and who was found


def main() -> None:
    """A line per seed and threshold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=list(SEEDS))
    parser.add_argument("--queries", type=int, default=5000, help="queries of each seed")
    told = parser.parse_args()
    people = draw(SIZES[-1])
    asked = {seed: list(queries(people, told.queries, seed)) for seed in told.seeds}
    rng = Random(ABSENT)
    gone = {truth for truth in sorted({q.truth for some in asked.values() for q in some}) if rng.random() < 0.5}
    BUILD.mkdir(parents=True, exist_ok=True)
    source = write_extract([citizen for citizen in people if citizen.personal_id not in gone], BUILD / "tuning.csv")
    load_extract(source, BUILD / "tuning.db")
    population = open_extract(BUILD / "tuning.db")
    for seed, some in asked.items():
        answered = [(q, q.truth not in gone, candidates_of(q.person, population)) for q in some]
        for line in _lines(answered, population):
            print(f"seed {seed}, {len(some)} queries: {line}", flush=True)


def _lines(answered: Sequence[Asked], population: ExtractPopulation) -> Iterator[str]:
    people, present = population.extract().rows, sum(there for _, there, _ in answered)
    for threshold in THRESHOLDS:
        weights = replace(frozen(), found=threshold)
        results = [(query, decide(query.person.role, found, people, weights)) for query, _, found in answered]
        links = [result.personal_id == query.truth for query, result in results if result.outcome in FOUND]
        right = sum(links)
        yield (
            f"found {threshold:.2f} links {len(links)} wrong {len(links) - right}"
            f" precision {right / len(links):.4f} recall {right / present:.4f}"
        )


if __name__ == "__main__":
    main()
