"""The lists of the site, the rotation of the days and the newest articles stand in their order in indexes."""

import django.db.models.deletion
from django.db import migrations, models

import articles.stints
from articles.enlisting import enlist_all
from articles.rotation import shuffled


def enlist(apps, schema_editor) -> None:
    # By the code of now: there is nothing to enlist where the tables are as old as this.
    if apps.get_model("articles", "Article").objects.exists():
        enlist_all()


def shuffle(apps, schema_editor) -> None:
    stints = apps.get_model("articles", "Stint").objects.values_list("key", "id")
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE articles_stint SET shuffled = %s WHERE id = %s", [(shuffled(key), pk) for key, pk in stints]
        )


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0010_content_stamps"),
    ]

    operations = [
        migrations.CreateModel(
            name="Listing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("topic", models.PositiveBigIntegerField()),
                (
                    "list",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Tips"),
                            (2, "Rules"),
                            (3, "Mistakes"),
                            (4, "Questions"),
                            (5, "Figures"),
                            (6, "Articles"),
                        ]
                    ),
                ),
                ("article_position", models.PositiveIntegerField()),
                ("position", models.PositiveIntegerField()),
                ("item", models.PositiveBigIntegerField()),
                ("shown_from", models.DateTimeField()),
            ],
            options={
                "ordering": ["topic", "list", "article_position", "article_id", "position", "item"],
            },
        ),
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
        migrations.AddIndex(
            model_name="article",
            index=models.Index(fields=["-published_at", "position", "id"], name="article_newest"),
        ),
        migrations.RunPython(shuffle, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="stint",
            index=models.Index(fields=["joins_on", "shuffled", "id", "leaves_on", "key"], name="stint_in_queue"),
        ),
        migrations.AddField(
            model_name="listing",
            name="article",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.article"
            ),
        ),
        migrations.AddIndex(
            model_name="listing",
            index=models.Index(
                fields=["topic", "list", "article_position", "article_id", "position", "item", "shown_from"],
                name="listing_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="listing",
            constraint=models.UniqueConstraint(fields=("item", "topic", "list"), name="listing_unique"),
        ),
        migrations.RunPython(enlist, migrations.RunPython.noop),
    ]
