"""The two databases, each of which can be taken away and given back."""

import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.server.machine import tree

from ..postgres import Cluster, local_binaries
from ..unavailable import Unavailable

# As in production: what was acknowledged is on the disk.
DURABLE = ("-c", "listen_addresses=")


class SQLite:
    """A file, which is away while it has another name."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "db.sqlite3"
        self.url = f"sqlite:///{self.path}"
        self.away = folder / "away.sqlite3"

    def stop(self) -> None:
        self.path.rename(self.away)

    def start(self) -> None:
        self.away.rename(self.path)


class PostgreSQL:
    """A server of its own, which stops as in a power cut."""

    name = "PostgreSQL"

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.folder = cluster.folder
        self.url = cluster.url

    def stop(self) -> None:
        self.cluster.stop(signal.SIGQUIT)

    def start(self) -> None:
        self.cluster.start()

    def kill(self) -> None:
        """End all of its processes at once, in the middle of whatever they do."""
        for pid in tree(self.cluster.process.pid):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.cluster.process.wait()
        # Its socket is no sign of life any more.
        for left in self.folder.glob(".s.PGSQL.*"):
            left.unlink()
        time.sleep(0.5)


@contextmanager
def sqlite() -> Iterator[SQLite]:
    with tempfile.TemporaryDirectory(prefix="retention-fault-") as folder:
        yield SQLite(Path(folder))


@contextmanager
def postgresql() -> Iterator[PostgreSQL]:
    binaries = local_binaries()
    if not binaries:
        raise Unavailable("the programs of a PostgreSQL server are missing; on Debian: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="retention-fault-") as folder:
        cluster = Cluster(binaries, Path(folder), DURABLE)
        cluster.make()
        cluster.start()
        try:
            yield PostgreSQL(cluster)
        finally:
            cluster.stop(signal.SIGINT)


ENGINES = {"SQLite": sqlite, "PostgreSQL": postgresql}
