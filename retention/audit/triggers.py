"""The triggers by which the database itself keeps the audit log as it was written.

An event goes once its time is over, `kept_until`; nothing else deletes it, and nothing changes it: no form, no command,
no SQL of the program.
"""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from .models import Event

TABLE = Event._meta.db_table
REFUSAL = "The audit log is only added to."

REFUSE = f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
TRIGGERS = {
    "sqlite": {
        "audit_unchanged": f"BEFORE UPDATE ON {TABLE} {REFUSE}",
        "audit_undeleted": f"BEFORE DELETE ON {TABLE} WHEN OLD.kept_until > CURRENT_TIMESTAMP {REFUSE}",
        # INSERT OR REPLACE would take a row's place without deleting it.
        "audit_unreplaced": f"BEFORE INSERT ON {TABLE} WHEN NEW.id IN (SELECT id FROM {TABLE}) {REFUSE}",  # noqa: S608
    },
    "postgresql": {
        "audit_kept": f"BEFORE UPDATE OR DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION audit_kept()",
        "audit_not_emptied": f"BEFORE TRUNCATE ON {TABLE} FOR EACH STATEMENT EXECUTE FUNCTION audit_kept()",
    },
}
FOUND = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled <> 'D'",
}
FUNCTION = f"""
    CREATE OR REPLACE FUNCTION audit_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF OLD.kept_until <= now() THEN
                RETURN OLD;
            END IF;
        ELSIF TG_OP = 'TRUNCATE' THEN
            IF NOT EXISTS (SELECT 1 FROM {TABLE} WHERE kept_until > now()) THEN
                RETURN NULL;
            END IF;
        END IF;
        RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation';
    END $$
"""  # noqa: S608


def after_migration(using: str, **kwargs) -> None:
    """Have a database keep its audit log from now on; a migration that makes the table anew drops its triggers."""
    connection = connections[using]
    absent = missing(connection)
    with connection.cursor() as cursor:
        if absent and connection.vendor == "postgresql":
            cursor.execute(FUNCTION)
        for name in absent:
            if connection.vendor == "postgresql":
                # It may be there and disabled.
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}")
            cursor.execute(f"CREATE TRIGGER {name} {TRIGGERS[connection.vendor][name]}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the triggers that a database lacks, once it has the table."""
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return []
        cursor.execute(FOUND[connection.vendor], [TABLE])
        found = {name for (name,) in cursor.fetchall()}
    return [name for name in TRIGGERS[connection.vendor] if name not in found]
