"""PostgreSQL's database: a backup holds the rows of each table as COPY writes them.

No program of PostgreSQL is needed, so its version doesn't matter. The tables themselves are made by the migrations.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg.sql import SQL, Composable, Identifier

from .files import Backup, Draft, check_space
from .manifest import Migration, Snapshot, Table
from .rows import Sum, come_to, lines

BESIDE = "retention_restoring"
ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"
# What the database works out itself isn't copied.
COLUMNS = """
    SELECT column_name, pg_get_serial_sequence(quote_ident(table_name), column_name) FROM information_schema.columns
    WHERE table_schema = current_schema() AND table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""
SIZE = "SELECT sum(pg_table_size(quote_ident(name)::regclass)) FROM unnest(%s::text[]) AS name"
SET_SEQUENCE = "SELECT setval(pg_get_serial_sequence(quote_ident(%s), %s), %s, %s)"
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = %s"
FUNCTIONS = """
    SELECT quote_ident(proname) || '(' || pg_get_function_identity_arguments(oid) || ')' FROM pg_proc
    WHERE pronamespace = %s::regnamespace
"""


class PostgreSQL:
    """The schema that is served, and one beside it in which a backup is looked at before it takes its place."""

    vendor = "postgresql"

    def __init__(self) -> None:
        ((self.served,),) = ask("SELECT current_schema()")

    def __str__(self) -> str:
        place = connection.settings_dict
        return f"{place['NAME']} on {place['HOST'] or 'this machine'}"

    @property
    def holds_anything(self) -> bool:
        return MigrationRecorder(connection).has_table()

    @contextmanager
    def snapshot(self, draft: Draft) -> Iterator[Snapshot]:
        """Give the database as it is at one moment, to be written into a draft."""
        with one_moment():
            migrations = list(MigrationRecorder(connection).applied_migrations())
            names = tables_at(migrations)
            ((size,),) = ask(SIZE, names)
            check_space(draft.folder, int(size))
            yield Snapshot(migrations, (saved(name, draft) for name in names))

    def read(self, backup: Backup) -> Generator[tuple[str, Sum], None, None]:
        """Return what the tables in a backup come to."""
        for name in backup.manifest.tables:
            yield name, come_to(lines(backup.read(name)))

    @contextmanager
    def beside_it(self, backup: Backup) -> Iterator[None]:
        """Let this process work on what is in a backup, in a schema of its own."""
        try:
            clear()
            run(SQL("CREATE SCHEMA {}").format(Identifier(BESIDE)))
            run(SQL("SET search_path TO {}").format(Identifier(BESIDE)))
            fill(backup)
            yield
        finally:
            run(SQL("SET search_path TO {}").format(Identifier(self.served)))
            clear()

    def sums(self, backup: Backup) -> Generator[tuple[str, Sum], None, None]:
        """Return what the tables beside come to."""
        for name, table in backup.manifest.tables.items():
            yield name, come_to(lines(copied_out(name, table.columns)))

    def swap(self, keep: Callable[[], None]) -> None:
        """Put the tables beside in the place of those that are served, in one transaction.

        Who is connected sees the other content from one moment to the next. `keep` is called while nobody can write.
        """
        new = {name for (name,) in ask(TABLES, BESIDE)}
        old = [Identifier(self.served, name) for (name,) in ask(TABLES, self.served) if name in new]
        with transaction.atomic():
            run(ONE_MOMENT)
            if old:
                run(SQL("LOCK TABLE {} IN EXCLUSIVE MODE").format(SQL(", ").join(old)))
            run(SQL("SET LOCAL search_path TO {}").format(Identifier(self.served)))
            keep()
            if old:
                run(SQL("DROP TABLE {}").format(SQL(", ").join(old)))
            for name in sorted(new):
                self._move(SQL("TABLE"), Identifier(BESIDE, name))
            for (function,) in ask(FUNCTIONS, BESIDE):
                run(SQL("DROP FUNCTION IF EXISTS {}.{}").format(Identifier(self.served), SQL(function)))
                self._move(SQL("FUNCTION"), SQL("{}.{}").format(Identifier(BESIDE), SQL(function)))

    def _move(self, kind: SQL, name: Composable) -> None:
        run(SQL("ALTER {} {} SET SCHEMA {}").format(kind, name, Identifier(self.served)))


def ask(question: str, *parameters: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question, parameters)
        return cursor.fetchall()


def run(statement: str | Composable) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def clear() -> None:
    run(SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(Identifier(BESIDE)))


@contextmanager
def one_moment() -> Iterator[None]:
    """Let all questions see the same moment, which they do already in a transaction that was begun so."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        run(ONE_MOMENT)
        yield


def latest(migrations: list[Migration], loader: MigrationLoader) -> list[Migration]:
    """Return those migrations that no other one of the same app goes on from."""
    there = set(migrations)
    former = {
        parent.key for name in there for parent in loader.graph.node_map[name].parents if parent.key[0] == name[0]
    }
    return sorted(there - former)


def tables_at(migrations: list[Migration]) -> list[str]:
    """Return the tables that there are after these migrations, without any that others have made."""
    loader = MigrationLoader(connection)
    known = [migration for migration in migrations if migration in loader.graph.nodes]
    models = loader.project_state(latest(known, loader)).apps.get_models(include_auto_created=True)
    own = {model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy}
    return sorted({*own, MigrationRecorder.Migration._meta.db_table})


def saved(name: str, draft: Draft) -> tuple[str, Table]:
    """Write a table into a draft; return its name and what it comes to."""
    found = ask(COLUMNS, name)
    columns = [column for column, _sequence in found]
    sequences = {column: state_of(sequence) for column, sequence in found if sequence}
    return name, Table(*come_to(lines(draft.through(name, copied_out(name, columns)))), columns, sequences)


def state_of(sequence: str) -> list:
    """Return the number that a sequence has given last, and whether it has."""
    (state,) = ask(f"SELECT last_value, is_called FROM {sequence}")  # noqa: S608 - as the database writes its name
    return list(state)


def copied(name: str, columns: list[str], way: str) -> Composable:
    listed = SQL(", ").join(map(Identifier, columns))
    return SQL("COPY {} ({}) " + way).format(Identifier(name), listed)


def copied_out(name: str, columns: list[str]) -> Iterator[bytes]:
    """Return the rows of a table, a line each, in blocks."""
    with connection.cursor() as cursor, cursor.copy(copied(name, columns, "TO STDOUT")) as blocks:
        yield from blocks


def fill(backup: Backup) -> None:
    """Make the tables of a backup as they were then, and put its rows into them."""
    tables = backup.manifest.tables
    executor = MigrationExecutor(connection)
    executor.migrate(latest(backup.manifest.migrations, executor.loader))
    with transaction.atomic():
        # Migrations leave rows of their own.
        run(SQL("TRUNCATE {}").format(SQL(", ").join(map(Identifier, tables))))
        for name, table in tables.items():
            with connection.cursor() as cursor, cursor.copy(copied(name, table.columns, "FROM STDIN")) as copy:
                deque(map(copy.write, backup.read(name)), maxlen=0)
            for column, state in table.sequences.items():
                ask(SET_SEQUENCE, name, column, *state)
