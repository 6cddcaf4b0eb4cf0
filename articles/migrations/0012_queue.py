"""The order of the rotation and that of the newest articles stand in indexes."""

from django.db import migrations, models

import articles.stints
from articles.rotation import shuffled


def shuffle(apps, schema_editor) -> None:
    stints = apps.get_model("articles", "Stint").objects.values_list("key", "id")
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE articles_stint SET shuffled = %s WHERE id = %s", [(shuffled(key), pk) for key, pk in stints]
        )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0011_listings"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="stint",
            options={"ordering": ["joins_on", "shuffled", "id"]},
        ),
        migrations.RemoveIndex(
            model_name="advice",
            name="advice_by_kind",
        ),
        migrations.RemoveIndex(
            model_name="article",
            name="article_published",
        ),
        migrations.AddField(
            model_name="stint",
            name="shuffled",
            field=articles.stints.Shuffled(default=b"", max_length=16),
        ),
        migrations.RunPython(shuffle, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["status", "-published_at", "position", "id"], name="article_newest"),
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["status", "position", "id"], name="article_in_order"),
        ),
        migrations.AddIndex(
            model_name="stint",
            index=models.Index(fields=["joins_on", "shuffled", "id"], name="stint_in_queue"),
        ),
    ]
