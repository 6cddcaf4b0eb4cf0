"""The file of SQLite's database: for its owner only, and written to as long as it is where it should be."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path


class Connection(sqlite3.Connection):
    """A connection that acknowledges nothing which goes into a file that was moved away.

    Who has a file open goes on with it wherever it is, and what was saved would be gone once another is in its place.
    """

    def __init__(self, database: str, **options) -> None:
        # Of an address it is said there whether a file is to be made.
        if not database.startswith((":", "file:")):
            make_private(database)
        super().__init__(database, **options)
        _number, _name, self.path = self.execute("PRAGMA database_list").fetchone()
        self.opened = identity(self.path)

    def commit(self) -> None:
        if identity(self.path) == self.opened:
            super().commit()
            return
        # Without it, the next request opens what is there by then.
        self.close()
        raise sqlite3.OperationalError(f"{self.path} was moved away")


def make_no_database(database: dict[str, object]) -> None:
    """Let a server make no file: where it is away for a while, an empty one would stand in its place."""
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["NAME"] = f"{Path(database['NAME']).resolve().as_uri()}?mode=rw"


def make_private(path: str | Path) -> None:
    """Make a file that isn't there yet; if that can't be, SQLite says so better."""
    with suppress(OSError):
        os.close(os.open(path, os.O_CREAT, 0o600))


def identity(path: str) -> tuple[int, int] | None:
    """Return by what a file is known whatever its name, None if there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino
