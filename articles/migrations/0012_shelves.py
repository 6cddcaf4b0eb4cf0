"""On PostgreSQL entries stand on shelves; nothing is found by walking along them any more."""

from django.db import migrations

from articles import engines


def make_anew(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        engines.drop(schema_editor)
        engines.make(schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_listings"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="entry", name="entry_in_language"),
        migrations.RunPython(make_anew, migrations.RunPython.noop),
    ]
