"""What every query of the search asks of the database, in SQL: Django takes longer to write it than it takes to answer.

The rest, and all that only some queries ask, is asked by querysets.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from .querysets import PUBLISHED
from .search import Entry

# Terms with the beginnings of words that they were found by, and with how many entries they stand in.
Terms = list[tuple[str, str, int]]

FIELDS = [field.attname for field in Entry._meta.concrete_fields]
COLUMNS = ", ".join(f"entry.{field}" for field in FIELDS)
# Topics belong to no article and are always shown. The published articles are a set, not joined: PostgreSQL expects few
# finds and would look the article up for each of many.
SHOWN = f"(entry.article_id IS NULL OR entry.article_id IN (SELECT id FROM articles_article WHERE {PUBLISHED}))"  # noqa: S608
# SQLite needn't sort what FTS5 gives in its own order.
FIRST = {
    "sqlite": f"""SELECT {COLUMNS}
        FROM articles_posting JOIN articles_entry AS entry ON entry.id = articles_posting.rowid
        WHERE entry.language = %s AND articles_posting MATCH %s AND {SHOWN}
        ORDER BY articles_posting.rowid LIMIT %s""",  # noqa: S608
    "postgresql": f"""SELECT {COLUMNS}
        FROM articles_entry AS entry
        WHERE entry.language = %s AND articles_terms(entry.title, entry.lead, entry.body) @@ %s::tsquery AND {SHOWN}
        ORDER BY entry.id LIMIT %s""",  # noqa: S608
}
# Quotes about a term, and what stands for "or", "and", "and not".
SYNTAX = {"sqlite": ('""', " OR ", " AND ", " NOT "), "postgresql": ("''", " | ", " & ", " & !")}


@dataclass(frozen=True)
class Wanted:
    """A condition on the terms of an entry: of each group in `all_of` one at least, and none of `none_of`."""

    all_of: tuple[tuple[str, ...], ...]
    none_of: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Write the condition as the database's full text search has it. No term holds but letters, digits and `_`."""
        quotes, either, both, without = SYNTAX[connection.vendor]

        def group(terms: tuple[str, ...]) -> str:
            return "(" + either.join(term.join(quotes) for term in terms) + ")"

        query = both.join(map(group, self.all_of))
        return f"({query}){without}{group(self.none_of)}" if self.none_of else query


def first_entries(language: str, wanted: Wanted, most: int) -> list[Entry]:
    """Return the first published entries that have what is `wanted`, in their order, `most` of them at most."""
    rows = asked(FIRST[connection.vendor], [language, str(wanted), now(), most])
    return [Entry.from_db(connection.alias, FIELDS, row) for row in rows]


def terms_in(language: str, texts: Collection[str], roots: Collection[str]) -> tuple[Terms, int]:
    """Return which terms `language` has of these and with these beginnings, and how many entries were counted there."""
    # No word is empty, but lists must not be. The language is said twice so that SQLite asks one index for each.
    texts, roots = ["", *texts], ["", *roots]
    rows = asked(
        "SELECT text, root, entries FROM articles_word WHERE entries > 0"  # noqa: S608
        f" AND (language = %s AND text IN {places(texts)} OR language = %s AND root IN {places(roots)})"
        " UNION ALL SELECT '', '', entries FROM articles_census WHERE language = %s",
        [language, *texts, language, *roots, language],
    )
    return [row for row in rows if row[0]], next((entries for text, _root, entries in rows if not text), 0)


def topics_of(advice: Collection[int]) -> list[tuple[int, int]]:
    """Return the primary keys of these pieces of advice with those of their topics, pair by pair."""
    keys = ", ".join(map(str, [0, *advice]))
    return asked(f"SELECT advice_id, topic_id FROM articles_advice_topics WHERE advice_id IN ({keys})")  # noqa: S608


def now() -> object:
    """Return this moment as a parameter."""
    return connection.ops.adapt_datetimefield_value(timezone.now())


def places(values: Collection) -> str:
    return f"({', '.join(['%s'] * len(values))})"


def asked(statement: str, parameters: Iterable = ()) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall()
