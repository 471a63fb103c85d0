"""Many officers on one process: how long a save takes, whether one is lost, how much memory it needs."""

import json
import subprocess
import sys
from dataclasses import dataclass

from benchmarks.desk.scene import Served
from digitize.access.actor import setup_actor
from digitize.settings import REPOSITORY
from digitize.store.unit_of_work import Workspace

EVERY_S = 5.0
FOR_S = 60.0


@dataclass(frozen=True, slots=True)
class Crowd:
    officers: int
    took_ms: list[float]
    acknowledged: int
    refused: dict[str, int]
    lost: int  # acknowledged and not in the store
    megabytes: float  # of the server at its peak
    screens_s: float  # until all screens were open
    cores: float  # that the server used while they saved


def crowd(workspace: Workspace, served: Served, sessions: list[str], entries: list[int], for_s: float) -> Crowd:
    """Each officer saves into an entry of her own; afterwards every acknowledged save is looked up in the store."""
    asked = {
        "origin": served.origin, "every_s": EVERY_S, "for_s": for_s,
        "officers": list(zip(sessions, entries, strict=True)),
    }  # fmt: skip
    begun = served.processor_seconds()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.desk.crowd"], input=json.dumps(asked), stdout=subprocess.PIPE, text=True,
        cwd=REPOSITORY, check=True,
    )  # fmt: skip
    told = json.loads(done.stdout)
    cores = (served.processor_seconds() - begun) / (told["screens_s"] + for_s)
    return Crowd(
        len(sessions), told["took_ms"], len(told["acknowledged"]), told["refused"],
        _lost(workspace, told["acknowledged"]), served.megabytes("peak"), told["screens_s"], cores,
    )  # fmt: skip


def _lost(workspace: Workspace, acknowledged: list[tuple[int, str, str]]) -> int:
    """Saves that the journal does not tell of, and last ones that do not stand in their entry."""
    last = {(entry, column): text for entry, column, text in acknowledged}
    with workspace.view(setup_actor()) as work:
        ids = {entry for entry, _, _ in acknowledged}
        lines = {entry: work.journal.of("entry", entry) for entry in ids}
        values = {entry: work.entries.get(entry).values for entry in ids}
    told = {
        (entry, column, text)
        for entry, acts in lines.items()
        for act in acts
        for column, text in ((act.after or {}).get("values") or {}).items()
    }
    gone = [save for save in acknowledged if tuple(save) not in told]
    standing = {(entry, column): value.text for entry in ids for column, value in values[entry].items()}
    return len(gone) + sum(standing.get(place) != text for place, text in last.items())
