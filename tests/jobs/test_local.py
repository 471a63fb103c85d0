"""The worker process beside the application."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from digitize.jobs.local import local_worker
from digitize.settings import Settings


def test_the_worker_lives_as_long_as_its_caller_and_works_in_its_workspace(tmp_path: Path) -> None:
    with local_worker(Settings(workspace=tmp_path / "here")) as worker:
        deadline = time.monotonic() + 60
        while not (tmp_path / "here" / "digitize.db").exists() and time.monotonic() < deadline:
            assert worker.poll() is None
            time.sleep(0.1)
    assert (tmp_path / "here" / "digitize.db").exists()
    assert worker.returncode is not None


def test_the_worker_ends_when_its_caller_fails(tmp_path: Path) -> None:
    try:
        with local_worker(Settings(workspace=tmp_path)) as worker:
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        assert worker.poll() is not None


CALLER = """
import sys, time
from pathlib import Path
from digitize.jobs.local import local_worker
from digitize.settings import Settings
with local_worker(Settings(workspace=Path(sys.argv[1]))) as worker:
    print(worker.pid, flush=True)
    time.sleep(60)
"""


def test_the_worker_ends_when_its_caller_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", CALLER, str(tmp_path)], stdout=subprocess.PIPE, text=True) as caller:
        assert caller.stdout
        worker = int(caller.stdout.readline())
        caller.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 60
    while _is_alive(worker) and time.monotonic() < deadline:
        time.sleep(0.2)
    assert not _is_alive(worker)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().split()[2] != "Z"
