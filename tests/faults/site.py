"""The site as it is served in production, which can be killed and started again at the same address."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.server.machine import tree

from ..server import ROOT, free_port, wait_for
from ..unit.requests import Response, get

# As in the container: started as a module, it couldn't start another one in its place.
SERVE = [sys.executable, str(Path(sys.executable).with_name("gunicorn")), "-c", "python:retention.gunicorn"]


class Site:
    """A server with its workers, and the environment that it runs in."""

    def __init__(self, database_url: str, **environment: str) -> None:
        port = free_port()
        self.address = f"http://127.0.0.1:{port}"
        own = {"DATABASE_URL": database_url, "PORT": str(port), "MALLOC_ARENA_MAX": "1"}
        # A developer's own .env has no say here.
        plain = {"CACHE_URL": "", "DEBUG": "false", "BEHIND_TLS": "false"}
        self.environment = os.environ | own | plain | environment
        self.log = Path(tempfile.mkstemp(prefix="retention-site-", suffix=".log")[1])
        self.process: subprocess.Popen | None = None

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        """Run a command of the site, which has to succeed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise AssertionError(f"manage.py {' '.join(arguments)}: {done.stderr}")
        return done

    def prepare(self) -> None:
        self.manage("build")
        self.manage("prepare")

    def run_in(self, code: str) -> None:
        """Run Python with the models of the site at hand."""
        self.manage("shell", "-v0", "-c", f"from articles.models import *\n{code}")

    def start(self) -> None:
        with self.log.open("a") as log:
            self.process = subprocess.Popen(SERVE, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        wait_for(f"{self.address}/readyz", self.process, self.log)

    @property
    def workers(self) -> list[int]:
        return tree(self.process.pid)[1:]

    def kill(self) -> None:
        """End the server and all its workers at once, as if the machine had lost its power."""
        for pid in tree(self.process.pid):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(60)
        self.log.unlink(missing_ok=True)

    def get(self, path: str, **headers: str) -> Response:
        return get(self.address + path, **headers)


@contextmanager
def serving(database_url: str, **environment: str) -> Iterator[Site]:
    """Prepare a database and serve the site with it until the end."""
    site = Site(database_url, **environment)
    site.prepare()
    try:
        site.start()
        yield site
    finally:
        site.stop()


def seconds_until(is_so, patience: float) -> float | None:
    """Return after how many seconds something was so, None if it never was."""
    begun = time.monotonic()
    while time.monotonic() - begun < patience:
        if is_so():
            return time.monotonic() - begun
        time.sleep(0.05)
    return None
