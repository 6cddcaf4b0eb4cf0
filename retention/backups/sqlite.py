"""SQLite's database: a backup holds its file, copied by SQLite's own backup API while others read and write."""

import sqlite3
import tempfile
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from django.db import connection

from ..sqlite import make_private
from .files import Backup, Draft, blocks_of, check_space
from .manifest import Refused, Snapshot, Table
from .rows import Sum, come_to

FILE = "database.sqlite3"
# Tables that hold rows; those of the full text index are its own.
TABLES = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'"
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY id"
PAGES = 16
PATIENCE = 60  # seconds for which others may write


class SQLite:
    """The database that is served, and one beside it in which a backup is looked at before it takes its place."""

    vendor = "sqlite"

    def __init__(self) -> None:
        self.served = Path(connection.settings_dict["NAME"])
        self.beside = self.served.with_name(f"{self.served.name}.restoring")

    def __str__(self) -> str:
        return str(self.served)

    @property
    def holds_anything(self) -> bool:
        if not self.served.exists():
            return False
        with closing(connected(self.served)) as database:
            return "django_migrations" in {name for (name,) in database.execute(TABLES)}

    @contextmanager
    def snapshot(self, draft: Draft) -> Iterator[Snapshot]:
        """Give the database as it is at one moment, to be written into a draft."""
        # The copy, and a draft that may be as large.
        check_space(draft.folder, 2 * size_of(self.served))
        # Only its owner can enter the folder.
        with tempfile.TemporaryDirectory(prefix=".backup-", dir=draft.folder) as folder:
            copy = Path(folder) / FILE
            with (
                connection.wrap_database_errors,
                closing(connected(self.served)) as source,
                closing(sqlite3.connect(copy)) as target,
            ):
                source.backup(target)
                migrations = target.execute(MIGRATIONS).fetchall()
            yield Snapshot(migrations, ((name, Table(*found)) for name, found in sums(copy)))
            with copy.open("rb") as file:
                deque(draft.through(FILE, blocks_of(file)), maxlen=0)

    def read(self, backup: Backup) -> Generator[tuple[str, Sum], None, None]:
        """Return what the tables in a backup come to."""
        with tempfile.TemporaryDirectory(prefix="backup-") as folder:
            check_space(Path(folder), backup.size)
            yield from sums(unpacked(backup, Path(folder) / FILE))

    @contextmanager
    def beside_it(self, backup: Backup) -> Iterator[None]:
        """Let this process work on what is in a backup, in a file of its own."""
        # The file, and the log through which its pages come into the one that is served.
        check_space(self.beside.parent, 2 * backup.size)
        connection.close()
        try:
            self._clear()
            unpacked(backup, self.beside)
            connection.settings_dict["NAME"] = str(self.beside)
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = str(self.served)
            self._clear()

    def sums(self, backup: Backup) -> Generator[tuple[str, Sum], None, None]:
        """Return what the tables beside come to."""
        return sums(self.beside)

    def swap(self, keep: Callable[[], None]) -> None:
        """Put the database beside in the place of the one that is served, in one transaction of that.

        Who has it open sees the other content from one moment to the next. `keep` is called while nobody can write.
        """
        connection.close()
        keep_once = cache(keep)
        make_private(self.served)
        with (
            connection.wrap_database_errors,
            closing(connected(self.beside)) as source,
            closing(connected(self.served)) as target,
        ):
            # Else nobody could read meanwhile, not even what is kept.
            target.execute("PRAGMA journal_mode = WAL")
            # The first pages hold off whoever writes until the last one has come; readers go on.
            source.backup(target, pages=PAGES, progress=lambda *_: keep_once())

    def _clear(self) -> None:
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.beside}{ending}").unlink(missing_ok=True)


def connected(path: Path) -> sqlite3.Connection:
    """Open a database that is there."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=PATIENCE)


def size_of(path: Path) -> int:
    """Return the bytes of a database, with what is still in its log."""
    return sum(each.stat().st_size for each in (path, Path(f"{path}-wal")) if each.exists())


def sums(path: Path) -> Generator[tuple[str, Sum], None, None]:
    """Return what the tables of a file come to, raising Refused if it isn't sound."""
    with closing(connected(path)) as database:
        try:
            (sound,) = database.execute("PRAGMA integrity_check(1)").fetchone()
            if sound != "ok":
                raise Refused(f"the database is damaged: {sound}")
            for (name,) in database.execute(TABLES).fetchall():
                rows = database.execute(f'SELECT * FROM "{name}"')  # noqa: S608 - the name of a table that is there
                # As SQLite keeps them, in letters that no version of Python writes otherwise.
                yield name, come_to(ascii(row).encode() for row in rows)
        except sqlite3.DatabaseError as error:
            raise Refused(f"the database is damaged: {error}") from None


def unpacked(backup: Backup, path: Path) -> Path:
    """Write the database that is in a backup to `path`, for its owner only."""
    path.touch(0o600)
    with path.open("wb") as file:
        file.writelines(backup.read(FILE))
    return path
