"""How the first entries that have some terms are found, in the SQL of each database's full text search."""

import math
from dataclasses import dataclass
from functools import cache

from django.db import connection
from django.utils import timezone

from .engines import SHELVES
from .languages import LANGUAGES
from .prepared import adapted, cursor_of
from .querysets import PUBLISHED
from .search import Entry

FIELDS = [field.attname for field in Entry._meta.concrete_fields]
COLUMNS = ", ".join(f"entry.{field}" for field in FIELDS)
# Topics belong to no article and are always shown. Not EXISTS: PostgreSQL would read all articles for it.
SHOWN = f"""(entry.article_id IS NULL
    OR (SELECT {PUBLISHED} FROM articles_article WHERE id = entry.article_id))"""  # noqa: S608
# Those that have the terms, in the order of entries: FTS5 gives them so, one after the other; PostgreSQL sorts them.
FIRST = {
    "sqlite": """SELECT {columns}
        FROM articles_posting JOIN articles_entry AS entry ON entry.id = articles_posting.rowid
        WHERE entry.language = '{language}' AND articles_posting MATCH %(terms)s AND {shown}
        ORDER BY articles_posting.rowid LIMIT %(most)s""",
    "postgresql": """SELECT {columns}
        FROM articles_entry AS entry
        WHERE entry.language = '{language}' AND {shown}
        AND articles_terms(entry.id, entry.title, entry.lead, entry.body) @@ {terms}
        ORDER BY entry.id LIMIT %(most)s""",
}
ANYWHERE = "%(terms)s::tsquery"
# The first shelf may be all but empty, so that one more belongs to so many.
ON_FIRST_SHELVES = """(SELECT %(terms)s::tsquery && string_agg(concat('#', %(size)s::bigint, '/', number), '|')::tsquery
    FROM (SELECT min(id) / %(size)s AS first FROM articles_entry) AS shelves,
    generate_series(first, first + %(shelves)s) AS number)"""
# How much further is looked than would do if entries with the terms stood everywhere alike: looking twice takes longer.
AMPLE = 2
# Quotes about a term, and what stands for "or", "and", "and not".
SYNTAX = {"sqlite": ('""', " OR ", " AND ", " NOT "), "postgresql": ("''", " | ", " & ", " & !")}


@dataclass(frozen=True)
class Wanted:
    """A condition on the terms of an entry: of each group in `all_of` one at least, and none of `none_of`.

    `share` of `total` entries may be expected to fulfil it.
    """

    all_of: tuple[tuple[str, ...], ...]
    none_of: tuple[str, ...]
    share: float
    total: int

    def __str__(self) -> str:
        """Write the condition as the database's full text search has it. No term holds but letters, digits and `_`."""
        quotes, either, both, without = SYNTAX[connection.vendor]

        def group(terms: tuple[str, ...]) -> str:
            return "(" + either.join(term.join(quotes) for term in terms) + ")"

        query = both.join(map(group, self.all_of))
        return f"({query}){without}{group(self.none_of)}" if self.none_of else query


def first_entries(language: str, wanted: Wanted, most: int) -> list[Entry]:
    """Return the first published entries that have what is `wanted`, in their order, `most` of them at most.

    PostgreSQL is asked for all of these only where few can be expected: no index of it has both terms and an order, and
    to sort all entries that have a common word takes the longer, the more entries there are. It looks on the first
    shelves before, on as many as `most` are likely to need.
    """
    everywhere, values = statement(language, ANYWHERE), {"terms": str(wanted), "most": most}
    if connection.vendor == "sqlite":
        return asked(everywhere, values)
    reach = AMPLE * len(LANGUAGES) * most / wanted.share
    while reach < len(LANGUAGES) * wanted.total:
        found = asked(statement(language, ON_FIRST_SHELVES), values | shelves(reach))
        if len(found) == most:
            return found
        reach *= AMPLE * max(2, most / (len(found) or 1))
    return asked(everywhere, values)


def shelves(reach: float) -> dict[str, int]:
    """Return the size of the shelves on which the first entries stand, of all languages, up to a number; and how many.

    A few of the largest that waste little: PostgreSQL takes the longer, the more of them are named.
    """
    size = max((size for size in SHELVES if 2 * size <= reach), default=SHELVES[0])
    return {"size": size, "shelves": math.ceil(reach / size)}


def asked(statement: str, values: dict[str, object]) -> list[Entry]:
    with cursor_of(connection) as cursor:
        cursor.execute(statement, values | {"moment": adapted(timezone.now(), connection)})
        return [Entry.from_db(connection.alias, FIELDS, row) for row in cursor.fetchall()]


@cache
def statement(language: str, terms: str) -> str:
    # The language is part of it: each has an index of its own on PostgreSQL.
    return FIRST[connection.vendor].format(language=language, columns=COLUMNS, shown=SHOWN, terms=terms)
