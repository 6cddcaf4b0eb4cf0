"""On PostgreSQL the vectors of terms were a column of the entries; they are in the indexes alone now."""

from django.db import migrations

from articles import engines


def make_anew(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        engines.drop(schema_editor)
        schema_editor.execute("ALTER TABLE articles_entry DROP COLUMN IF EXISTS terms")
        engines.make(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0005_moments"),
    ]

    operations = [
        migrations.RunPython(make_anew, migrations.RunPython.noop),
    ]
