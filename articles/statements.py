"""How the first entries that have some terms are found, in the SQL of each database's full text search."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from .engines import POSTING, SHELF, SHELVES
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
# Written, not a value: each has an index of its own.
IN_LANGUAGE = "entry.language = '{}'"
TERMS = "articles_terms(entry.id, entry.title, entry.lead, entry.body)"
# Those that have the terms, in the order of entries: FTS5 gives them so, one after the other; PostgreSQL sorts those of
# one shelf after the other, until there are enough. The shelf and each group of terms are conditions of their own: GIN
# leaps in one to where it is in another, but weighs all of one for each entry that has any term of it. It sorts primary
# keys only, and looks at what they stand for as long as it needs more: a whole shelf may have the terms.
FIRST = {
    "sqlite": """SELECT {columns}
        FROM {posting} JOIN articles_entry AS entry ON entry.id = {posting}.rowid
        WHERE {matches} AND {posting}.rowid <= %(last)s AND {condition}
        ORDER BY {posting}.rowid LIMIT %(most)s""",
    "postgresql": """SELECT {columns}
        FROM unnest(%(shelves)s::text[]) AS shelf, LATERAL (
            SELECT entry.id FROM articles_entry AS entry
            WHERE {in_language} AND {terms} @@ shelf::tsquery AND {matches} {order}
        ) AS found JOIN articles_entry AS entry ON entry.id = found.id
        WHERE entry.id <= %(last)s AND {condition} LIMIT %(most)s""",
}
MATCHES = {"sqlite": "{posting} MATCH %({name})s", "postgresql": "{terms} @@ %({name})s::tsquery"}
# How those of one shelf come: in their order, or as they are stored where any of them do, which spares fetching a whole
# shelf. OFFSET keeps PostgreSQL from planning the shelves away.
IN_ORDER, AS_STORED = "ORDER BY entry.id", "OFFSET 0"
# As many of the first shelves as are likely to do, or somewhat more.
FIRST_SHELVES = 4
LARGER = dict(pairwise(SHELVES))
# Quotes about a term, and what stands for "or" and "and not".
SYNTAX = {"sqlite": ('""', " OR ", " NOT "), "postgresql": ("''", " | ", " & !")}


class Reading(NamedTuple):
    """What is read of entries of a language that fulfil a condition, and in which order those of one shelf come."""

    columns: str
    language: str
    condition: str
    order: str


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

    The group that fewest entries have comes first. `share` of all entries may be expected to fulfil the condition.
    """

    all_of: tuple[tuple[str, ...], ...]
    none_of: tuple[str, ...]
    share: float

    def conditions(self) -> list[str]:
        """Write it as the database's full text search has it. No term holds but letters, digits and `_#/`."""
        quotes, either, without = SYNTAX[connection.vendor]

        def group(terms: tuple[str, ...]) -> str:
            return "(" + either.join(term.join(quotes) for term in terms) + ")"

        first, *others = map(group, self.all_of)
        if connection.vendor == "sqlite":
            first, others = f"({' AND '.join([first, *others])})", []
        return [first + without + group(self.none_of) if self.none_of else first, *others]


def first_entries(language: str, wanted: Wanted, most: int, extent: Extent) -> list[Found]:
    """Return the first published entries that have what is `wanted`, in their order, `most` of them at most."""
    reading = Reading(COLUMNS, language, f"{IN_LANGUAGE.format(language)} AND {SHOWN}", IN_ORDER)
    return list(map(Found._make, rows(reading, wanted, most, extent)))


def first_objects(model: str, language: str, wanted: Wanted, most: int, extent: Extent) -> list[int]:
    """Return the primary keys of objects of a model, published or not, that have what is `wanted`, on whatever shelf.

    Where there are more than `most`, they are about the first.
    """
    kinds = ", ".join(f"'{kind}'" for kind in KINDS if model_of(kind) == model)
    reading = Reading(OBJECT, language, f"entry.kind IN ({kinds})", AS_STORED)
    return [key for (key,) in rows(reading, wanted, most, extent)]


def rows(reading: Reading, wanted: Wanted, most: int, extent: Extent) -> list[tuple]:
    """Return what is read of the first entries that have what is `wanted`, `most` at most.

    No index of PostgreSQL has both terms and an order, and to fetch and sort all entries that have a common word takes
    the longer, the more entries there are. So it goes from shelf to shelf, and stops where it has enough.
    """
    values = {"last": extent.last, "most": most, "moment": timezone.now()}
    on_shelves = shelves(extent, len(LANGUAGES) * most / wanted.share)
    if connection.vendor == "postgresql":
        values["shelves"] = [f"'{shelf}'" for shelf in on_shelves]
    elif extent.is_part:
        # FTS5 tells no number before it has found an entry, so that it would look for one to the end of all.
        wanted = replace(wanted, all_of=(*wanted.all_of, tuple(on_shelves)))
    conditions = {f"terms{number}": text for number, text in enumerate(wanted.conditions())}
    return statement(reading, tuple(conditions)).rows(values | conditions)


@cache
def statement(reading: Reading, names: tuple[str, ...]) -> Sql:
    """Return what asks for the first entries that match what is given by these names."""
    language, template = reading.language, FIRST[connection.vendor]
    own = {"posting": POSTING.format(language=language), "terms": TERMS, "in_language": IN_LANGUAGE.format(language)}
    matches = " AND ".join(MATCHES[connection.vendor].format(name=name, **own) for name in names)
    return Sql(template.format(**reading._asdict(), **own, matches=matches))


def shelves(extent: Extent, reach: float) -> Iterator[str]:
    """Give shelves on which all entries stand, in their order, as terms of their own.

    The first ones are so small that several go into `reach`, within which enough is likely to be found. They grow as
    soon as they may, so that few are looked at where that was far too little.
    """
    size = max((size for size in SHELVES if FIRST_SHELVES * size <= reach), default=SHELVES[0])
    start = extent.first // size * size
    while start <= extent.last:
        yield SHELF.format(size=size, number=start // size)
        start += size
        if start % LARGER.get(size, size) == 0:
            size = LARGER.get(size, size)
