"""The part of the index that each database keeps in its own way: statements that make it and take it away.

Everything in it follows from the entries, so that it can be made anew at any time.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from .languages import LANGUAGES

# So many entries in a row, of all languages, stand on a shelf. The shelves of each size hold all entries; an entry has
# those on which it stands for terms.
SHELVES = (2_500, 10_000, 40_000, 160_000)
SHELF = "#{size}/{number}"

# A table of FTS5 for each language: in one for all, who looks for a word that another language has alike goes through
# all that this one has. An entry keeps its language.
POSTING = "articles_posting_{language}"
INDEXED = "rowid, title, lead, body, shelves"


def shelves_of(key: str) -> list[str]:
    """Return what names the shelves of an entry, in SQL, from the SQL of its primary key."""
    return [f"'{SHELF.format(size=size, number='')}' || ({key} / {size})" for size in SHELVES]


def indexed_of(row: str) -> str:
    """Return what is indexed of a row, in the SQL of SQLite."""
    shelves = " || ' ' || ".join(shelves_of(f"{row}.id"))
    return f"{row}.id, {row}.title, {row}.lead, {row}.body, {shelves}"


FTS5 = [
    """CREATE VIRTUAL TABLE {posting} USING fts5(
        title, lead, body, shelves, content='', detail=none, columnsize=0, tokenize="ascii tokenchars '_#/'")""",
    """CREATE TRIGGER {posting}_inserted AFTER INSERT ON articles_entry WHEN new.language = '{language}' BEGIN
        INSERT INTO {posting} ({indexed}) VALUES ({of_new});
    END""",
    """CREATE TRIGGER {posting}_deleted AFTER DELETE ON articles_entry WHEN old.language = '{language}' BEGIN
        INSERT INTO {posting} ({posting}, {indexed}) VALUES ('delete', {of_old});
    END""",
    """CREATE TRIGGER {posting}_updated AFTER UPDATE ON articles_entry WHEN new.language = '{language}' BEGIN
        INSERT INTO {posting} ({posting}, {indexed}) VALUES ('delete', {of_old});
        INSERT INTO {posting} ({indexed}) VALUES ({of_new});
    END""",
    """INSERT INTO {posting} ({indexed})
        SELECT {of_entry} FROM articles_entry AS entry WHERE language = '{language}' ORDER BY id""",
]
FTS5_GONE = [
    *(f"DROP TRIGGER IF EXISTS {{posting}}_{event}" for event in ("inserted", "deleted", "updated")),
    "DROP TABLE IF EXISTS {posting}",
]


def for_each_language(statements: list[str]) -> list[str]:
    """Return the statements that do for the table of each language what these templates say."""
    columns = {"indexed": INDEXED} | {f"of_{row}": indexed_of(row) for row in ("new", "old", "entry")}
    return [
        statement.format(language=language, posting=POSTING.format(language=language), **columns)
        for language in LANGUAGES
        for statement in statements
    ]


MAKE = {
    "sqlite": for_each_language(FTS5),
    "postgresql": [
        # The terms are lexemes as they are: no parser and no configuration of the server has a say. So are the shelves,
        # that the first entries that have a common term can be found without all others.
        f"""CREATE FUNCTION articles_terms(id bigint, title text, lead text, body text) RETURNS tsvector
            LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT array_to_tsvector(array_remove(string_to_array(
            replace(title || ' ' || lead || ' ' || body, '+', ''), ' '), '')
            || ARRAY[{", ".join(shelves_of("id"))}]) $$""",
        # One for each language: else the planner reads all of a language to intersect it with what has the terms.
        # The vectors are in the indexes alone: beside the texts they would double what a query reads.
        *(
            f"CREATE INDEX articles_entry_terms_{language} ON articles_entry USING gin"
            f" (articles_terms(id, title, lead, body)) WHERE language = '{language}'"
            for language in LANGUAGES
        ),
    ],
}
DROP = {
    "sqlite": for_each_language(FTS5_GONE),
    "postgresql": [
        # There was one until 0009.
        "DROP VIEW IF EXISTS articles_posting",
        *(f"DROP INDEX IF EXISTS articles_entry_terms_{language}" for language in LANGUAGES),
        "DROP FUNCTION IF EXISTS articles_terms",
    ],
}
# Before all entries are written anew: row by row, the triggers of SQLite make FTS5 flush what it knows each time.
SET_ASIDE = {"sqlite": DROP["sqlite"], "postgresql": []}
# Afterwards.
SETTLE = {
    "sqlite": for_each_language([*FTS5, "INSERT INTO {posting} ({posting}) VALUES ('optimize')"]),
    "postgresql": [
        *(f"SELECT gin_clean_pending_list('articles_entry_terms_{language}')" for language in LANGUAGES),
        "ANALYZE articles_entry",
        "ANALYZE articles_word",
    ],
}


def make(editor: BaseDatabaseSchemaEditor) -> None:
    """Make the engine's part of the index from the entries that there are."""
    run(editor, MAKE)


def drop(editor: BaseDatabaseSchemaEditor) -> None:
    """Take the engine's part of the index away."""
    run(editor, DROP)


@contextmanager
def filling(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Let all entries be written anew meanwhile, within a transaction, and bring the engine's part into order."""
    with connection.cursor() as cursor:
        for statement in SET_ASIDE[connection.vendor]:
            cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for statement in SETTLE[connection.vendor]:
            cursor.execute(statement)


def run(editor: BaseDatabaseSchemaEditor, statements: dict[str, list[str]]) -> None:
    for statement in statements[editor.connection.vendor]:
        editor.execute(statement, params=None)
