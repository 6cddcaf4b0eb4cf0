"""Questions to the database that are put into SQL once: Django takes longer to write it than it takes to answer it."""

import inspect
import json
from collections.abc import Callable, Iterable, Iterator
from functools import update_wrapper

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper
from django.db.models import BooleanField, Expression, Func, QuerySet
from django.utils import timezone


class Parameter(Expression):
    """The place of a value that is known when the question is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler, connection) -> tuple[str, list]:
        return "%s", [self]


class Among(Func):
    """The condition that a field has one of several values, which all together are one parameter."""

    conditional = True
    output_field = BooleanField()

    def as_sqlite(self, compiler, connection, **context) -> tuple[str, list]:
        parts = {"arg_joiner": " IN (SELECT value FROM json_each(", "template": "%(expressions)s))"}
        return self.as_sql(compiler, connection, **parts)

    def as_postgresql(self, compiler, connection, **context) -> tuple[str, list]:
        return self.as_sql(compiler, connection, arg_joiner=" = ANY (", template="%(expressions)s)")


class Statement:
    """The SQL of a queryset, its constants written out, the places of its Parameters named."""

    def __init__(self, queryset: QuerySet) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        self.sql = sql.replace("%%", "%%%%") % tuple(map(written, parameters))
        self.driver_sql = self.sql % Named() if connection.vendor == "sqlite" else self.sql
        rows = getattr(queryset, "rows", None)
        self.shown = rows.shown if rows else tuple
        expressions = [expression for expression, _sql, _alias in compiler.select]
        # Columns of which Python has other types than the database.
        self.converters = [
            (number, convert, expression)
            for number, (converters, expression) in compiler.get_converters(expressions).items()
            for convert in converters
        ]

    def rows(self, values: dict[str, object]) -> list:
        """Ask with these values for the Parameters."""
        database = connections[DEFAULT_DB_ALIAS]
        # Whether a server that was started anew has closed the connection is seen by the answer: to ask for it takes as
        # long as a question.
        database.health_check_done = True
        try:
            rows = self.fetched(values, database)
        except (InterfaceError, OperationalError):
            if database.in_atomic_block or database.is_usable():
                raise
            database.close()
            rows = self.fetched(values, database)
        if self.converters:
            rows = self.converted(rows, database)
        return list(map(self.shown, rows))

    def fetched(self, values: dict[str, object], database: BaseDatabaseWrapper) -> list[tuple]:
        values = {name: adapted(value, database) for name, value in values.items()}
        if database.queries_logged or database.execute_wrappers:
            with cursor_of(database) as cursor:
                cursor.execute(self.sql, values)
                return cursor.fetchall()
        database.ensure_connection()
        # Django's cursor takes as long for itself as the database for the answer.
        with database.wrap_database_errors:
            return driver_cursor(database).execute(self.driver_sql, values).fetchall()

    def converted(self, rows: Iterable[tuple], database: BaseDatabaseWrapper) -> Iterator[list]:
        for row in map(list, rows):
            for number, convert, expression in self.converters:
                row[number] = convert(row[number], expression, database)
            yield row


class Named(dict):
    """The places of values as SQLite names them."""

    def __missing__(self, name: str) -> str:
        return f":{name}"


def cursor_of(database: BaseDatabaseWrapper) -> CursorWrapper:
    """Return a cursor of Django's, which tells whoever wants to know of what is asked; otherwise as `driver_cursor`."""
    database.ensure_connection()
    cursor = driver_cursor(database) if database.vendor == "postgresql" else database.create_cursor()
    return database.make_debug_cursor(cursor) if database.queries_logged else database.make_cursor(cursor)


def driver_cursor(database: BaseDatabaseWrapper):
    """Return a cursor of the driver (PEP 249) whose statements the database, too, plans once only.

    SQLite keeps the statements of a connection that stays open anyway; PostgreSQL would plan each time it is asked.
    """
    if database.vendor != "postgresql":
        return database.connection.cursor()
    from django.db.backends.postgresql.base import ServerBindingCursor

    return ServerBindingCursor(database.connection)


def written(parameter: object) -> str:
    """Return what stands in SQL for a constant or a Parameter."""
    if isinstance(parameter, Parameter):
        return f"%({parameter.name})s"
    text = str(parameter).replace("%", "%%")
    return text if isinstance(parameter, int) else "'" + text.replace("'", "''") + "'"


def adapted(value: object, database: BaseDatabaseWrapper) -> object:
    """Return a value as the database takes it."""
    if isinstance(value, list):
        return json.dumps(value) if database.vendor == "sqlite" else value
    return database.ops.adapt_unknown_value(value)


class Prepared:
    """A question that is asked by calling it, made from a function that returns a queryset.

    The function's positional arguments shape the SQL, which is kept for each of them; its keyword arguments are values,
    others each time. A value called `moment` is always the present one.
    """

    def __init__(self, question: Callable[..., QuerySet]) -> None:
        update_wrapper(self, question)
        self.question = question
        parameters = inspect.signature(question).parameters.values()
        self.places = {each.name: Parameter(each.name) for each in parameters if each.kind is each.KEYWORD_ONLY}
        self.statements: dict[tuple, Statement] = {}

    def __call__(self, *shape, **values) -> list:
        statement = self.statements.get(shape)
        if statement is None:
            statement = self.statements[shape] = Statement(self.question(*shape, **self.places))
        if "moment" in self.places:
            values["moment"] = timezone.now()
        return statement.rows(values)

    def first(self, *shape, **values):
        """Return the first row, or None."""
        return next(iter(self(*shape, **values)), None)
