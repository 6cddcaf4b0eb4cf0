"""The lists of the site are kept ready in their order; they are made once of the content that there is."""

import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

from articles.enlisting import enlist_all


def enlist(apps, schema_editor) -> None:
    # By the code of now: there is nothing to enlist where the tables are as old as this.
    if apps.get_model("articles", "Article").objects.exists():
        enlist_all()


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0009_statements"),
    ]

    operations = [
        migrations.CreateModel(
            name="Listing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "list",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Tips"), (2, "Rules"), (3, "Mistakes"), (4, "Questions"), (5, "Figures")]
                    ),
                ),
                ("article_position", models.PositiveIntegerField()),
                ("position", models.PositiveIntegerField()),
                ("item", models.BigIntegerField()),
                ("shown_from", models.DateTimeField()),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="articles.article"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="articles.topic",
                    ),
                ),
            ],
            options={
                "ordering": ["topic_id", "list", "article_position", "article_id", "position", "item"],
                "indexes": [
                    models.Index(
                        fields=["topic_id", "list", "article_position", "article_id", "position", "item", "shown_from"],
                        name="listing_in_order",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("item"),
                        models.F("list"),
                        django.db.models.functions.comparison.Coalesce("topic", 0),
                        name="listing_unique",
                    )
                ],
            },
        ),
        migrations.RunPython(enlist, migrations.RunPython.noop),
    ]
