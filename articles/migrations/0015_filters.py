"""What the filters of the desk keep comes from indexes, in the order of the lists."""

from django.db import migrations, models

# In its order, which none of those has that Django makes for the table.
ON_TOPIC = "CREATE UNIQUE INDEX advice_on_topic ON articles_advice_topics (topic_id, advice_id)"


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_figure_in_article")]

    operations = [
        migrations.AddIndex(
            "article",
            models.Index(condition=models.Q(status="draft"), fields=["position", "id"], name="article_drafts"),
        ),
        migrations.AddIndex(
            "article", models.Index(fields=["source_language", "position", "id"], name="article_written_in")
        ),
        migrations.AddIndex(
            "advice", models.Index(fields=["kind", "article", "position", "id"], name="advice_of_kind")
        ),
        migrations.AddIndex(
            "figure", models.Index(fields=["founded", "article", "position", "id"], name="figure_founded")
        ),
        migrations.RunSQL(ON_TOPIC, "DROP INDEX advice_on_topic"),
    ]
