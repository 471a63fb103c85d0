"""The local worker: one process on this machine that reads queued pages while the app is served."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from digitize.settings import Settings


@contextmanager
def local_worker(settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """Starts `digitize work --follow` on the same workspace; it ends with the caller, even a killed one."""
    command = [sys.executable, "-m", "digitize", "work", "--follow", "--parent", str(os.getpid())]
    worker = subprocess.Popen(command, env=os.environ | _environment(settings), stdout=subprocess.DEVNULL)
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(timeout=30)


def _environment(settings: Settings) -> dict[str, str]:
    return {f"DIGITIZE_{name.upper()}": str(value) for name, value in settings.model_dump().items()}
