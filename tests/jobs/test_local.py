"""The worker process beside the application."""

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
