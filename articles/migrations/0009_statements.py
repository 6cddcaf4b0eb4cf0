"""The full text search is asked in SQL now: the model that lent it a face is gone, on PostgreSQL its view, too."""

from django.db import migrations


def drop_view(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP VIEW IF EXISTS articles_posting")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0008_questions"),
    ]

    operations = [
        migrations.RunPython(drop_view, migrations.RunPython.noop),
        migrations.DeleteModel(name="Posting"),
    ]
