"""Questions to the database that are put into SQL once: Django takes longer to write it than it takes to answer it."""

import inspect
import json
from collections.abc import Callable, Iterator, Sequence
from functools import update_wrapper

from django.db import connection
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
    """The SQL of a queryset of which some values are Parameters."""

    def __init__(self, queryset: QuerySet) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.parameters = compiler.as_sql()
        self.shown = queryset.rows.shown if queryset.rows else tuple
        expressions = [expression for expression, _sql, _alias in compiler.select]
        # What Python has another type for than the database.
        self.converted = [(number, expressions[number]) for number in compiler.get_converters(expressions)]

    def rows(self, values: dict[str, object]) -> Iterator:
        """Ask with these values for the Parameters."""
        given = {name: adapted(value) for name, value in values.items()}
        parameters = [given[each.name] if isinstance(each, Parameter) else each for each in self.parameters]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, parameters)
            rows = cursor.fetchall()
        return map(self.shown, self.convert(rows) if self.converted else rows)

    def convert(self, rows: list[tuple]) -> Iterator[Sequence]:
        converters = [
            (number, convert, expression)
            for number, expression in self.converted
            for convert in (*connection.ops.get_db_converters(expression), *expression.get_db_converters(connection))
        ]
        for row in map(list, rows):
            for number, convert, expression in converters:
                row[number] = convert(row[number], expression, connection)
            yield row


def adapted(value: object) -> object:
    """Return a value as the database takes it."""
    if isinstance(value, list) and connection.vendor == "sqlite":
        return json.dumps(value)
    return connection.ops.adapt_unknown_value(value)


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
        return list(statement.rows(values))

    def first(self, *shape, **values):
        """Return the first row, or None."""
        return next(iter(self(*shape, **values)), None)
