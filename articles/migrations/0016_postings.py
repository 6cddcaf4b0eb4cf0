"""On SQLite, too, each language has a full text search of its own, and entries stand on shelves."""

from django.db import migrations

from articles import engines

FORMER = [
    "DROP TRIGGER IF EXISTS articles_entry_inserted",
    "DROP TRIGGER IF EXISTS articles_entry_deleted",
    "DROP TRIGGER IF EXISTS articles_entry_updated",
    "DROP TABLE IF EXISTS articles_posting",
]


def make_anew(apps, schema_editor) -> None:
    if schema_editor.connection.vendor != "sqlite":
        return
    for statement in FORMER:
        schema_editor.execute(statement)
    engines.drop(schema_editor)
    engines.make(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_filters"),
    ]

    operations = [
        migrations.RunPython(make_anew, migrations.RunPython.noop),
    ]
