"""The two databases for a measurement, each empty and gone afterwards, and sites on them that can be asked in turn."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import postgres

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def sqlite() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="retention-bench-") as folder:
        yield {"DATABASE_URL": f"sqlite:///{Path(folder) / 'db.sqlite3'}"}


ENGINES = {"SQLite": sqlite, "PostgreSQL": postgres}


def measure(module: str, *arguments: str) -> None:
    """Run a module once on each engine, in a process of its own, whose settings name that database."""
    for name, engine in ENGINES.items():
        print(f"\n=== {name} ===", flush=True)
        with engine() as database:
            command = [sys.executable, "-m", module, *arguments]
            subprocess.run(command, cwd=ROOT, env=environment_of(database), check=True)


class Site:
    """A process that has a site of its own and answers line by line, in JSON."""

    def __init__(self, process: subprocess.Popen) -> None:
        self.process = process

    def ask(self, *question: object) -> object:
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        return self.read()

    def read(self) -> object:
        """Return what it tells next, without being asked: that it is ready."""
        return json.loads(self.process.stdout.readline())


@contextmanager
def site(module: str, database: dict[str, str], *arguments: object) -> Iterator[Site]:
    """Run a module that makes a site on a database; when nobody asks any more, it ends."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=environment_of(database), **pipes) as process:
        yield Site(process)
        process.stdin.close()


def answer(ready: object, find: Callable) -> None:
    """Be such a site: tell once what it is when ready, then what `find` finds for each question."""
    print(json.dumps(ready), flush=True)
    for line in sys.stdin:
        print(json.dumps(find(*json.loads(line))), flush=True)


def environment_of(database: dict[str, str]) -> dict[str, str]:
    """Return the environment of a process that has the site on one of these databases."""
    return os.environ | {"DJANGO_SETTINGS_MODULE": "retention.settings", "CACHE_URL": ""} | database
