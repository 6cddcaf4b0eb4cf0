"""The two databases, each of which can be taken away and given back."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.server.machine import tree

from ..postgres import Cluster, local_binaries
from ..unavailable import Unavailable
from .site import Site

# As in production: what was acknowledged is on the disk.
DURABLE = ("-c", "listen_addresses=")


class SQLite:
    """A file, which is away while it has another name."""

    name = "SQLite"

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "db.sqlite3"
        self.url = f"sqlite:///{self.path}"
        self.away = folder / "away"
        self.away.mkdir(exist_ok=True)

    def stop(self) -> None:
        self._move(self.folder, self.away)

    def start(self) -> None:
        self._move(self.away, self.folder)

    def rest(self) -> None:
        """Leave the database as nobody uses it: SQLite does that by itself."""

    def _move(self, source: Path, target: Path) -> None:
        """Move the file with its log, which is no use to another one."""
        for path in source.glob(f"{self.path.name}*"):
            path.rename(target / path.name)


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

    def rest(self) -> None:
        """Leave the database as nobody uses it."""
        self.cluster.stop(signal.SIGINT)

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
def sqlite(source: Path | None) -> Iterator[SQLite]:
    with tempfile.TemporaryDirectory(prefix="retention-fault-") as folder:
        if source:
            shutil.copytree(source, folder, dirs_exist_ok=True)
        yield SQLite(Path(folder))


@contextmanager
def postgresql(source: Path | None) -> Iterator[PostgreSQL]:
    binaries = local_binaries()
    if not binaries:
        raise Unavailable("the programs of a PostgreSQL server are missing; on Debian: apt-get install postgresql")
    with tempfile.TemporaryDirectory(prefix="retention-fault-") as folder:
        cluster = Cluster(binaries, Path(folder), DURABLE)
        if source:
            subprocess.run(["cp", "--archive", source / "data", cluster.data], check=True)
        else:
            cluster.make()
        cluster.start()
        try:
            yield PostgreSQL(cluster)
        finally:
            cluster.stop(signal.SIGINT)


ENGINES = {"SQLite": sqlite, "PostgreSQL": postgresql}


class Prepared:
    """Databases with the content of the site, each made once and copied for every fault."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @contextmanager
    def engine(self, name: str) -> Iterator[SQLite | PostgreSQL]:
        """Give a database of one kind that is ready to be served."""
        source = self._folder / name
        if not source.exists():
            self._make(name, source)
        with ENGINES[name](source) as engine:
            yield engine

    def _make(self, name: str, source: Path) -> None:
        with ENGINES[name](None) as engine:
            Site(engine.url).prepare()
            # In good order, as a copy of a database has to be.
            engine.rest()
            subprocess.run(["cp", "--archive", engine.folder, source], check=True)
