"""Questions to the database that are put into SQL once: Django takes longer to write it than it takes to answer it."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from functools import update_wrapper
from itertools import accumulate, pairwise

from django.db import connection
from django.db.models import Expression, Field, Lookup, QuerySet
from django.utils import timezone

from .sql import Sql

# Of questions about what another has found, the Parameter that stands for its keys; and these in SQL.
FOUND, KEYS = "found", "ARRAY(SELECT key FROM part0)"
# In SQL, that something is one of several values: given as one together, or found by a query in brackets.
ONE_OF = {"sqlite": "IN (SELECT value FROM json_each(%s))", "postgresql": "= ANY (%s)"}
ONE_FOUND = {"sqlite": "IN %s", "postgresql": "= ANY (ARRAY%s)"}


class Parameter(Expression):
    """The place of a value that is known when the question is asked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def as_sql(self, compiler, connection) -> tuple[str, list]:
        return "%s", [self]


@Field.register_lookup
class Among(Lookup):
    """`field__among`: that a field has one of several values: a Parameter for all together, or what a query finds.

    Such a query is answered by itself, before any row is looked at.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler, connection) -> tuple[str, list]:
        field, of_field = self.process_lhs(compiler, connection)
        values, of_values = compiler.compile(self.rhs)
        template = (ONE_OF if isinstance(self.rhs, Parameter) else ONE_FOUND)[connection.vendor]
        return f"{field} {template % values}", [*of_field, *of_values]


class Statement:
    """The SQL of a queryset, its constants written out, the places of its Parameters named."""

    def __init__(self, queryset: QuerySet) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        text, parameters = compiler.as_sql()
        self.sql = Sql(text.replace("%%", "%%%%") % tuple(map(written, parameters)))
        rows = getattr(queryset, "rows", None)
        self.shown = rows.shown if rows else tuple
        expressions = [expression for expression, _sql, _alias in compiler.select]
        self.width = len(expressions)
        # Columns of which Python has other types than the database.
        self.converters = [
            (number, convert, expression)
            for number, (converters, expression) in compiler.get_converters(expressions).items()
            for convert in converters
        ]

    def rows(self, values: dict[str, object]) -> list:
        """Ask with these values for the Parameters."""
        return self.read(self.sql.rows(values))

    def read(self, rows: Iterable[tuple]) -> list:
        """Return rows of the database as they are shown."""
        return list(map(self.shown, self.converted(rows) if self.converters else rows))

    def converted(self, rows: Iterable[tuple]) -> Iterator[list]:
        for row in map(list, rows):
            for number, convert, expression in self.converters:
                row[number] = convert(row[number], expression, connection)
            yield row


class Joined:
    """A statement and others about the keys that it finds in one, for PostgreSQL. In each a key comes first."""

    def __init__(self, first: Statement, *others: Statement) -> None:
        self.statements = (first, *others)
        places = ", ".join(f"({place})" for place in range(len(self.statements)))
        parts = (
            f"LEFT JOIN ({each.sql.text.replace(f'%({FOUND})s', KEYS)}) part{place} ON place = {place}"
            for place, each in enumerate(others, 1)
        )
        self.sql = Sql(
            f"WITH part0 (key) AS MATERIALIZED ({first.sql.text}) SELECT * "  # noqa: S608
            f"FROM (VALUES {places}) places (place) LEFT JOIN part0 ON place = 0 {' '.join(parts)}"
        )
        ends = accumulate((each.width for each in self.statements), initial=1)
        self.columns = [slice(start, end) for start, end in pairwise(ends)]

    def rows(self, values: dict[str, object]) -> list[list]:
        """Ask with these values for the Parameters; return what each statement gives, in no certain order."""
        parts = [[] for _statement in self.statements]
        for row in self.sql.rows(values):
            place = row[0]
            own = row[self.columns[place]]
            # A statement that gives nothing has one row, of NULLs.
            if own[0] is not None:
                parts[place].append(own)
        return [statement.read(rows) for statement, rows in zip(self.statements, parts, strict=True)]


def written(parameter: object) -> str:
    """Return what stands in SQL for a constant or a Parameter."""
    if isinstance(parameter, Parameter):
        return f"%({parameter.name})s"
    text = str(parameter).replace("%", "%%")
    return text if isinstance(parameter, int) else "'" + text.replace("'", "''") + "'"


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
        return self.statement(*shape).rows(self.completed(values))

    def first(self, *shape, **values):
        """Return the first row, or None."""
        return next(iter(self(*shape, **values)), None)

    def statement(self, *shape) -> Statement:
        """Return the SQL in a shape."""
        found = self.statements.get(shape)
        if found is None:
            found = self.statements[shape] = Statement(self.question(*shape, **self.places))
        return found

    def completed(self, values: dict[str, object]) -> dict[str, object]:
        """Return the values to ask with."""
        return values | {"moment": timezone.now()} if "moment" in self.places else values


class Together:
    """A question, and others of the same shape about what it finds: their Parameter `found` is the keys of its rows.

    Calling it gives the rows of each, in no certain order. The way to PostgreSQL and back takes as long as an answer,
    so it is gone once for all of them; SQLite is no way off, and asked for one thing after the other.
    """

    def __init__(self, first: Prepared, *others: Prepared) -> None:
        self.first, self.others = first, others
        self.joined: dict[tuple, Joined] = {}

    def __call__(self, *shape, **values) -> list[list]:
        if connection.vendor == "sqlite":
            rows = self.first(*shape, **values)
            return [rows, *self.about(*shape, found=[row.pk for row in rows])]
        joined = self.joined.get(shape)
        if joined is None:
            statements = (question.statement(*shape) for question in (self.first, *self.others))
            joined = self.joined[shape] = Joined(*statements)
        return joined.rows(self.first.completed(values))

    def about(self, *shape, found: list[int]) -> list[list]:
        """Ask the others alone, about what has been found already."""
        return [question(*shape, found=found) for question in self.others]
