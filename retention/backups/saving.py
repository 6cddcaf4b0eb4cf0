"""The making of a backup."""

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import connection
from django.utils import timezone

from ..fingerprint import fingerprint
from .files import drafted
from .manifest import Manifest

Database = "SQLite | PostgreSQL"


def database() -> Database:
    """Return the database of the settings."""
    if connection.vendor == "sqlite":
        from .sqlite import SQLite

        return SQLite()
    from .postgresql import PostgreSQL

    return PostgreSQL()


def tables() -> int:
    """Return how many tables there are, at about."""
    return len(apps.get_models(include_auto_created=True))


def saved(source: Database, path: Path, *, overwrite: bool) -> Iterator[str]:
    """Write a backup of a database to `path`, telling of each table that is done.

    Raises FileExistsError if there is a file already that isn't to be overwritten.
    """
    with drafted(path, overwrite=overwrite) as draft:
        made, tables = timezone.now().isoformat(timespec="seconds"), {}
        with source.snapshot(draft) as snapshot:
            for name, table in snapshot.tables:
                tables[name] = table
                yield name
        draft.finish(Manifest(source.vendor, fingerprint(), made, snapshot.migrations, tables, draft.members))
