"""Databases of their own for tests that serve the site, of the kind that this run of the tests is on."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from django.db import connection

from ..server import ROOT


@contextmanager
def empty_database(folder: Path) -> Iterator[str]:
    """Give the DATABASE_URL of a database in which nothing is."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{folder / 'db.sqlite3'}"
        return
    name = f"serving_{os.getpid()}_{uuid4().hex}"
    administer(f"CREATE DATABASE {name}")
    url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    yield url
    drop(url)


@contextmanager
def copied_database(url: str, folder: Path) -> Iterator[str]:
    """Give the DATABASE_URL of a copy of a database that nobody uses."""
    if connection.vendor == "sqlite":
        copy = shutil.copy(url.removeprefix("sqlite:///"), folder)
        yield f"sqlite:///{copy}"
        return
    server, _, name = url.rpartition("/")
    administer(f"CREATE DATABASE {name}_copy TEMPLATE {name}")
    yield f"{server}/{name}_copy"
    drop(f"{server}/{name}_copy")


def administer(statement: str) -> None:
    """Run one statement on the PostgreSQL server of the tests."""
    url = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://")
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(statement)


def drop(url: str) -> None:
    administer(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")


def take_away(url: str) -> None:
    """Let a database be there no more, in the middle of all that is going on."""
    if connection.vendor == "postgresql":
        drop(url)
        return
    path = Path(url.removeprefix("sqlite:///"))
    path.unlink()
    path.mkdir()


def manage(database_url: str, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "manage.py", *arguments]
    environment = os.environ | {"DATABASE_URL": database_url}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def run_in(database_url: str, code: str) -> None:
    """Run Python with the models of the site at hand."""
    done = manage(database_url, "shell", "-v0", "-c", f"from articles.models import *\n{code}")
    assert done.returncode == 0, done.stderr
