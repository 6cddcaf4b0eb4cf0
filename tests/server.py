"""The site as `make run` serves it, for tests that talk to it over HTTP."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_TIME = 240  # seconds: long enough for a machine that is busy with much else
SERVE = [sys.executable, "manage.py", "serve"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(database_url: str, log: Path, **environment: str) -> Iterator[tuple[str, subprocess.Popen]]:
    """Serve the site on a free port; give its address and its process, which is stopped at the end."""
    port = free_port()
    settings = os.environ | {"DATABASE_URL": database_url, "PORT": str(port)} | environment
    with log.open("w") as out:
        process = subprocess.Popen(SERVE, cwd=ROOT, env=settings, stdout=out, stderr=out)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/readyz", process, log)
        yield address, process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(20)


def wait_for(url: str, process: subprocess.Popen, log: Path) -> None:
    def answers() -> bool:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            return False

    wait_until(answers, process, log)


def wait_for_port(port: int, process: subprocess.Popen, log: Path) -> None:
    """Wait until something listens."""

    def listens() -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_until(listens, process, log)


def wait_until(is_ready: Callable[[], bool], process: subprocess.Popen, log: Path) -> None:
    """Wait for what a process brings; raise AssertionError with what is in its log if it never will."""
    deadline = time.monotonic() + START_TIME
    while time.monotonic() < deadline and process.poll() is None:
        if is_ready():
            return
        time.sleep(0.1)
    raise AssertionError(f"It didn't start: {log.read_text() if log.exists() else ''}")
