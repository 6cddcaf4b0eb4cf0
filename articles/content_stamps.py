"""The content stamp: a number that every change of content raises, in the transaction that makes the change.

Pages that were made before it rose may be out of date. The database itself counts, by triggers: whatever writes to a
table of content, be it a form, a command or SQL by hand, can't forget it.
"""

import secrets
from collections.abc import Iterator

from django.apps import apps
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Sum
from django.db.transaction import atomic

NAME = "content_stamp"
OPERATIONS = ("INSERT", "UPDATE", "DELETE")


class ContentStamp(models.Model):
    """How many times one writer has changed the content.

    Each connection counts for itself, so that two that write at the same time never wait for each other's count; the
    stamp is the sum.
    """

    # On PostgreSQL the process that serves the connection; 0 for all that don't write any more.
    writer = models.IntegerField(primary_key=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.writer}: {self.number}"

    @classmethod
    def current(cls) -> int:
        """Return the content stamp."""
        return cls.objects.aggregate(stamp=Sum("number"))["stamp"] or 0

    @classmethod
    @atomic
    def gather(cls) -> None:
        """Put the counts of all writers together; the stamp stays what it is."""
        counts = dict(cls.objects.select_for_update().values_list("writer", "number"))
        cls.objects.filter(writer__in=counts).delete()
        cls.objects.create(writer=0, number=sum(counts.values()))

    @classmethod
    def leap(cls) -> None:
        """Raise the stamp so far that it is none that was ever seen: the content is that of another time."""
        cls.gather()
        cls.objects.update(number=F("number") + secrets.randbits(48))


def tables() -> list[str]:
    """Return the tables whose rows pages are made of."""
    everything = apps.get_app_config("articles").get_models(include_auto_created=True)
    return sorted(model._meta.db_table for model in everything if model is not ContentStamp)


def after_migration(using: str, **kwargs) -> None:
    """Have a database count each change from now on; a migration that makes a table anew drops its triggers."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in statements(connection):
            cursor.execute(statement)


def uncounted(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the tables whose changes the database doesn't count, once it has anything to count them in."""
    with connection.cursor() as cursor:
        present = connection.introspection.table_names(cursor)
        if ContentStamp._meta.db_table not in present:
            return []
        cursor.execute(FOUND[connection.vendor])
        found = set(cursor.fetchall())
    return [
        table
        for table in tables()
        if table in present and not found.issuperset((table, name) for name in trigger_names(connection, table))
    ]


def trigger_names(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    if connection.vendor == "sqlite":
        return [f"{NAME}_{table}_{operation.lower()}" for operation in OPERATIONS]
    return [NAME]


FOUND = {
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT relname, tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
    " WHERE NOT tgisinternal AND tgenabled <> 'D' AND pg_table_is_visible(tgrelid)",
}

# A writer's first change, then each further one.
COUNT = {
    # One process writes at a time. No upsert: within a trigger, INSERT OR IGNORE would make it ignored as well.
    "sqlite": """
        INSERT INTO articles_contentstamp SELECT 0, 0 WHERE NOT EXISTS (SELECT 1 FROM articles_contentstamp);
        UPDATE articles_contentstamp SET number = number + 1 WHERE writer = 0;
    """,
    "postgresql": """
        INSERT INTO articles_contentstamp VALUES (pg_backend_pid(), 1)
        ON CONFLICT (writer) DO UPDATE SET number = articles_contentstamp.number + 1;
    """,
}


def statements(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """Return the SQL that makes the triggers that are missing."""
    count, tables_without = COUNT[connection.vendor], uncounted(connection)
    if connection.vendor == "sqlite":
        for table in tables_without:
            for name, operation in zip(trigger_names(connection, table), OPERATIONS, strict=True):
                yield f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {operation} ON {table} BEGIN {count} END"
        return
    if tables_without:
        yield (
            f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN {count} RETURN NULL; END $$"
        )
    for table in tables_without:
        yield f"DROP TRIGGER IF EXISTS {NAME} ON {table}"
        # For each statement: it costs nothing more where many rows change at once.
        yield (
            f"CREATE TRIGGER {NAME} AFTER {' OR '.join(OPERATIONS)} OR TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {NAME}()"
        )
