"""SQL that the site has written once, asked of whichever database it has, with other values each time."""

import json

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

# So many statements stay prepared at most: all of the site in all languages, and what comes by. psycopg would keep 100.
STATEMENTS = 500


class Sql:
    """A statement with places for values, which stand in it by name: `%(name)s`."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._marks = Named() if connection.vendor == "sqlite" else Numbered()
        self._driver_text = text % self._marks

    def rows(self, values: dict[str, object]) -> list[tuple]:
        """Ask with these values."""
        database = connections[DEFAULT_DB_ALIAS]
        # Whether a server that was started anew has closed the connection is seen by the answer: to ask for it takes as
        # long as a question.
        database.health_check_done = True
        try:
            return self._fetched(values, database)
        except (InterfaceError, OperationalError):
            if database.in_atomic_block or database.is_usable():
                raise
            database.close()
            return self._fetched(values, database)

    def _fetched(self, values: dict[str, object], database: BaseDatabaseWrapper) -> list[tuple]:
        values = {name: adapted(value, database) for name, value in values.items()}
        # Django's cursor tells whoever wants to know of what is asked, and takes as long for itself as the answer.
        if database.queries_logged or database.execute_wrappers:
            with database.cursor() as cursor:
                cursor.execute(self.text, values)
                return cursor.fetchall()
        database.ensure_connection()
        with database.wrap_database_errors:
            return driver_cursor(database).execute(self._driver_text, self._marks.filled(values)).fetchall()


class Named(dict):
    """The places of values as SQLite names them."""

    def __missing__(self, name: str) -> str:
        return f":{name}"

    def filled(self, values: dict[str, object]) -> dict[str, object]:
        return values


class Numbered(dict):
    """The places of values as PostgreSQL numbers them."""

    def __missing__(self, name: str) -> str:
        return self.setdefault(name, f"${len(self) + 1}")

    def filled(self, values: dict[str, object]) -> list:
        return [values[name] for name in self]


def driver_cursor(database: BaseDatabaseWrapper):
    """Return a cursor of the driver (PEP 249) that takes a statement as the database does, and has it planned once.

    psycopg would take names to pieces anew each time in a statement of more than 4096 characters. SQLite keeps the
    statements of a connection that stays open anyway.
    """
    if database.vendor != "postgresql":
        return database.connection.cursor()
    from psycopg import RawCursor

    return RawCursor(database.connection)


def plan_once(connection: BaseDatabaseWrapper, **kwargs) -> None:
    """Have a new connection to PostgreSQL keep one plan for each statement, whatever its values are.

    By itself it would plan most of them anew each time, for what the values at hand seem to gain: a few hundred
    microseconds for nothing. Not told as the connection is opened, which some poolers refuse.
    """
    if connection.vendor == "postgresql":
        connection.connection.execute("SET plan_cache_mode = force_generic_plan")
        connection.connection.prepared_max = STATEMENTS


def adapted(value: object, database: BaseDatabaseWrapper) -> object:
    """Return a value as the database takes it."""
    if isinstance(value, list):
        return json.dumps(value) if database.vendor == "sqlite" else value
    return database.ops.adapt_unknown_value(value)
