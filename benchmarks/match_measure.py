"""How often matching names the right citizen, how often it stays silent, and how long it takes.

python -m benchmarks.match_measure EXTRACT.db QUERIES.json... : a line of JSON, {"mb", "answers": [[...], ...]}, from a
process of its own, so that its memory is its own.
"""

import json
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, astuple, dataclass
from pathlib import Path

from benchmarks.match_people import Query
from digitize.books.persons import Person
from digitize.matching.decide import Outcome, match_person
from digitize.matching.population import Population
from digitize.matching.population.extract import open_extract

FOUND = (Outcome.CONSISTENT, Outcome.DISCREPANT)


@dataclass(frozen=True, slots=True)
class Answer:
    """What matching said of one query. `rank` of the right person, 0 when she is not among the candidates."""

    present: bool
    rank: int
    linked: bool
    right: bool  # the link is the right person
    outcome: str
    probability: float  # of the best candidate
    best_right: bool
    seconds: float


@dataclass(frozen=True, slots=True)
class Tally:
    """Shares over many answers; recall and the ranks over people who are present."""

    queries: int
    recall1: float
    recall5: float
    precision: float
    recall: float
    several: float
    p50_ms: float
    p95_ms: float

    def __str__(self) -> str:
        return (
            f"{self.queries:>6} queries: recall@1 {self.recall1:.4f} @5 {self.recall5:.4f}, links: precision"
            f" {self.precision:.4f} recall {self.recall:.4f}, several {self.several:.3f},"
            f" p50 {self.p50_ms:.2f} ms p95 {self.p95_ms:.2f} ms"
        )


def ask(queries: Iterable[Query], population: Population, absent: frozenset[str] = frozenset()) -> list[Answer]:
    """Every query answered; `absent` are the people taken out of the extract."""
    return [_answer(query, population, query.truth not in absent) for query in queries]


def _answer(query: Query, population: Population, present: bool) -> Answer:
    started = time.process_time()
    result = match_person(query.person, population)
    seconds = time.process_time() - started
    ids = [judged.citizen.personal_id for judged in result.candidates]
    rank = ids.index(query.truth) + 1 if query.truth in ids else 0
    linked = result.outcome in FOUND
    right = linked and result.personal_id == query.truth
    return Answer(present, rank, linked, right, result.outcome.value, result.score, rank == 1, seconds)


def tally(answers: Sequence[Answer]) -> Tally:
    """The figures of the table."""
    present = [a for a in answers if a.present]
    links = [a for a in answers if a.linked]
    times = sorted(a.seconds * 1000 for a in answers)
    return Tally(
        queries=len(answers),
        recall1=_share(present, lambda a: a.rank == 1),
        recall5=_share(present, lambda a: 1 <= a.rank <= 5),
        precision=_share(links, lambda a: a.right),
        recall=_share(present, lambda a: a.right),
        several=_share(answers, lambda a: a.outcome == Outcome.SEVERAL),
        p50_ms=statistics.median(times),
        p95_ms=times[int(0.95 * len(times))],
    )


def _share(answers: Sequence[Answer], told: Callable[[Answer], bool]) -> float:
    return sum(map(told, answers)) / len(answers) if answers else 0.0


def write_queries(queries: Iterable[Query], absent: frozenset[str], path: Path) -> Path:
    """Queries for a process of their own."""
    path.write_text(json.dumps([(asdict(q.person), q.truth, q.truth in absent) for q in queries]), "utf-8")
    return path


def main() -> None:
    """Answers every file of queries from one extract, after a hundred to warm up."""
    population = open_extract(Path(sys.argv[1]))
    answers = []
    for path in sys.argv[2:]:
        told = json.loads(Path(path).read_text("utf-8"))
        queries = [Query(Person(**person), truth) for person, truth, _ in told]
        ask(queries[:100], population)
        absent = frozenset(truth for _, truth, is_absent in told if is_absent)
        answers.append([astuple(answer) for answer in ask(queries, population, absent)])
    print(json.dumps({"mb": _peak_mb(), "answers": answers}))


def _peak_mb() -> float:
    """Of this program; what getrusage tells was inherited from the process that started it."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("utf-8"))
    return int(found[1]) / 1024 if found else 0.0


if __name__ == "__main__":
    main()
