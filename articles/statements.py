"""How the first entries that have some terms are found, in the SQL of each database's full text search."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from .engines import SHELVES
from .languages import LANGUAGES
from .querysets import PUBLISHED
from .search import KINDS, Extent, model_of
from .sql import Sql

# All that stands in an article belongs to it, too.
OBJECT = "coalesce(entry.advice_id, entry.topic_id, entry.figure_id, entry.article_id)"
COLUMNS = f"entry.id, entry.kind, {OBJECT}, entry.title, entry.lead, entry.body"
# Topics belong to no article and are always shown. Not EXISTS: PostgreSQL would read all articles for it.
SHOWN = f"""(entry.article_id IS NULL
    OR (SELECT {PUBLISHED} FROM articles_article WHERE id = entry.article_id))"""  # noqa: S608
# Written, not a value: each has an index of its own on PostgreSQL.
IN_LANGUAGE = "entry.language = '{}'"
TERMS = "articles_terms(entry.id, entry.title, entry.lead, entry.body)"
# Those that have the terms, in the order of entries: FTS5 gives them so, one after the other; PostgreSQL sorts those of
# one shelf after the other, until there are enough. Shelf and terms are two conditions: GIN goes on in the one from
# where it is in the other, but reads all of a rare term if both are in one. It sorts primary keys only, and looks at
# what they stand for as long as it needs more: a whole shelf may have the terms.
FIRST = {
    "sqlite": """SELECT {columns}
        FROM articles_posting JOIN articles_entry AS entry ON entry.id = articles_posting.rowid
        WHERE articles_posting MATCH %(terms)s AND {condition}
        ORDER BY articles_posting.rowid LIMIT %(most)s""",
    "postgresql": """SELECT {columns}
        FROM unnest(%(shelves)s::text[]) AS shelf, LATERAL (
            SELECT entry.id FROM articles_entry AS entry
            WHERE {in_language} AND {terms} @@ shelf::tsquery AND {terms} @@ %(terms)s::tsquery
            ORDER BY entry.id
        ) AS found JOIN articles_entry AS entry ON entry.id = found.id
        WHERE {condition} LIMIT %(most)s""",
}
# As many of the first shelves as are likely to do, or somewhat more.
FIRST_SHELVES = 4
LARGER = dict(pairwise(SHELVES))
# Quotes about a term, and what stands for "or", "and", "and not".
SYNTAX = {"sqlite": ('""', " OR ", " AND ", " NOT "), "postgresql": ("''", " | ", " & ", " & !")}


class Found(NamedTuple):
    """What the search reads of an Entry: of many, of which few are shown, so that it is no model."""

    pk: int
    kind: str
    object_id: int
    title: str
    lead: str
    body: str

    @property
    def model(self) -> str:
        """The name of the object's model."""
        return model_of(self.kind)


@dataclass(frozen=True)
class Wanted:
    """A condition on the terms of an entry: of each group in `all_of` one at least, and none of `none_of`.

    `share` of all entries may be expected to fulfil it.
    """

    all_of: tuple[tuple[str, ...], ...]
    none_of: tuple[str, ...]
    share: float

    def __str__(self) -> str:
        """Write the condition as the database's full text search has it. No term holds but letters, digits and `_`."""
        quotes, either, both, without = SYNTAX[connection.vendor]

        def group(terms: tuple[str, ...]) -> str:
            return "(" + either.join(term.join(quotes) for term in terms) + ")"

        query = both.join(map(group, self.all_of))
        return f"({query}){without}{group(self.none_of)}" if self.none_of else query


def first_entries(language: str, wanted: Wanted, most: int, extent: Extent) -> list[Found]:
    """Return the first published entries that have what is `wanted`, in their order, `most` of them at most."""
    return list(map(Found._make, rows(statement(language), wanted, most, extent)))


def first_objects(model: str, language: str, wanted: Wanted, most: int, extent: Extent) -> list[int]:
    """Return the primary keys of the first objects of a model, published or not, that have what is `wanted`."""
    return [key for (key,) in rows(statement_of(model, language), wanted, most, extent)]


def rows(sql: Sql, wanted: Wanted, most: int, extent: Extent) -> list[tuple]:
    """Return what the first entries have in the columns of a statement.

    No index of PostgreSQL has both terms and an order, and to fetch and sort all entries that have a common word takes
    the longer, the more entries there are. So it goes from shelf to shelf, and stops where it has enough.
    """
    values = {"terms": str(wanted), "most": most, "moment": timezone.now()}
    if connection.vendor == "postgresql":
        values["shelves"] = list(shelves(extent, len(LANGUAGES) * most / wanted.share))
    return sql.rows(values)


def shelves(extent: Extent, reach: float) -> Iterator[str]:
    """Give shelves on which all entries stand, in their order, as terms of their own.

    The first ones are so small that several go into `reach`, within which enough is likely to be found. They grow as
    soon as they may, so that few are looked at where that was far too little.
    """
    size = max((size for size in SHELVES if FIRST_SHELVES * size <= reach), default=SHELVES[0])
    start = extent.first // size * size
    while start <= extent.last:
        yield f"'#{size}/{start // size}'"
        start += size
        if start % LARGER.get(size, size) == 0:
            size = LARGER.get(size, size)


@cache
def statement(language: str) -> Sql:
    return first(COLUMNS, language, f"{IN_LANGUAGE.format(language)} AND {SHOWN}")


@cache
def statement_of(model: str, language: str) -> Sql:
    kinds = ", ".join(f"'{kind}'" for kind in KINDS if model_of(kind) == model)
    # SQLite has one index for all: what another language has alike is taken, since to pass it over may take long.
    return first(OBJECT, language, f"entry.kind IN ({kinds})")


def first(columns: str, language: str, condition: str) -> Sql:
    in_language = IN_LANGUAGE.format(language)
    template = FIRST[connection.vendor]
    return Sql(template.format(columns=columns, in_language=in_language, condition=condition, terms=TERMS))
