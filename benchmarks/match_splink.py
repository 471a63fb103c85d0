"""Splink on the same people and the same queries; runs in a process of its own, with the packages of .cache/peers.

python -m benchmarks.match_splink people|febrl LEFT.csv RIGHT.csv BEST.csv : for every row of LEFT its likeliest row
of RIGHT with Splink's probability. Settings are the library's own comparisons with term frequencies, u from random
pairs, m by expectation maximisation, as its tutorial for linking tells.
"""

import logging
import sys
from typing import Any

import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

_NEAR = [0.95, 0.88, 0.8]


def _people() -> tuple[list[Any], list[Any], list[Any]]:
    comparisons = [
        cl.JaroWinklerAtThresholds("name", _NEAR).configure(term_frequency_adjustments=True),
        cl.JaroWinklerAtThresholds("mother", _NEAR).configure(term_frequency_adjustments=True),
        cl.ExactMatch("year"),
        cl.ExactMatch("month"),
        cl.ExactMatch("day"),
        cl.ExactMatch("gender"),
    ]
    rules = [
        block_on("year", "month", "day"),
        block_on("name"),
        block_on("year", "given"),
        block_on("year", "mother"),
        block_on("mother", "given"),
    ]
    return comparisons, rules, [block_on("year", "month", "day"), block_on("name", "gender")]


def _febrl() -> tuple[list[Any], list[Any], list[Any]]:
    comparisons = [
        *(cl.JaroWinklerAtThresholds(c, _NEAR).configure(term_frequency_adjustments=True) for c in _FEBRL_NAMES),
        *(cl.LevenshteinAtThresholds(c, [1, 2]) for c in ("postcode", "street_number", "date_of_birth")),
        cl.ExactMatch("state"),
    ]
    rules = [block_on("date_of_birth"), block_on("surname", "postcode"), block_on("given_name", "surname")]
    rules += [block_on("given_name", "postcode"), block_on("suburb", "street_number"), block_on("address_1")]
    return comparisons, rules, [block_on("date_of_birth"), block_on("postcode", "surname")]


_FEBRL_NAMES = ("given_name", "surname", "address_1", "address_2", "suburb")
TASKS = {"people": _people, "febrl": _febrl}


def link(task: str, left: str, right: str, best: str) -> None:
    """Writes query, citizen, probability."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    comparisons, rules, training = TASKS[task]()
    api = DuckDBAPI()
    api.duckdb_con.execute("SET threads = 1")
    for name, path in (("q", left), ("p", right)):
        api.duckdb_con.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{path}', all_varchar=true)")
    tables = [api.register(name) for name in ("q", "p")]
    settings = SettingsCreator("link_only", comparisons, rules, retain_matching_columns=False)
    linker = Linker(tables, settings)
    linker.training.estimate_probability_two_random_records_match([training[0]], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6)
    for rule in training:
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=0.001)
    api.duckdb_con.execute(
        f"COPY (SELECT unique_id_l AS a, unique_id_r AS b, source_dataset_l AS s, match_probability AS p"
        f" FROM {found.physical_name}) TO '{best}' (HEADER)"
    )


if __name__ == "__main__":
    link(*sys.argv[1:])
