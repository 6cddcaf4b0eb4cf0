"""The two databases for a measurement, each empty and gone afterwards."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
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


def environment_of(database: dict[str, str]) -> dict[str, str]:
    """Return the environment of a process that has the site on one of these databases."""
    return os.environ | {"DJANGO_SETTINGS_MODULE": "retention.settings", "CACHE_URL": ""} | database
