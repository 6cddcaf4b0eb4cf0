"""What one process does at a time: those that come meanwhile wait, and find it done."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files import locks
from django.db import connection


@contextmanager
def alone(task: str) -> Iterator[None]:
    """Keep others with the same task away from this database until the end, or until this process is gone."""
    if connection.vendor == "sqlite":
        # Beside the file: within it, migrations would have to be one transaction.
        path = Path(connection.settings_dict["NAME"])
        with locked(path.with_name(f"{path.name}.{task}")):
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [task])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [task])


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Keep others away who lock the same file, which is made if need be, until the end or the death of this process."""
    with path.open("w") as file:
        locks.lock(file, locks.LOCK_EX)
        yield
