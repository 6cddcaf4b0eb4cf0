from django.db import migrations, models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Concat

from articles.standing import SEPARATOR, Standing

LANGUAGES = ("en", "fi", "et", "ru", "hy")
CONFIRMED = [f"confirmed_{language}" for language in LANGUAGES]
QUESTION = {
    "blank": True,
    "help_text": (
        "For a mistake: what the self-check asks; “yes” says that customers leave. Left empty, it isn’t asked."
    ),
    "max_length": 140,
    "verbose_name": "question",
}


def add_to_confirmed(apps, schema_editor):
    """Add an empty question to the source texts that translations were confirmed against: they stay confirmed.

    Each row is written once: PostgreSQL doesn't alter a table in whose rows something was written twice before.
    """
    text = models.TextField()
    added = {
        name: Case(
            When(**{f"{name}__gt": ""}, then=Concat(F(name), Value(SEPARATOR), output_field=text)), default=F(name)
        )
        for name in CONFIRMED
    }
    apps.get_model("articles", "Advice").objects.update(**added)


def take_from_confirmed(apps, schema_editor):
    """Take the last of the confirmed source texts away again."""
    advice = apps.get_model("articles", "Advice").objects
    for row in advice.values("pk", *CONFIRMED):
        advice.filter(pk=row["pk"]).update(**{name: row[name].rpartition(SEPARATOR)[0] for name in CONFIRMED})


def standing(language):
    return models.GeneratedField(
        db_persist=True,
        expression=Standing("title", ("title", "body", "action", "question"), language, LANGUAGES),
        output_field=models.CharField(max_length=5),
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_stints")]

    operations = [
        *(migrations.RemoveField("advice", f"standing_{language}") for language in LANGUAGES),
        migrations.AddField("advice", "question", models.CharField(**QUESTION)),
        *(
            migrations.AddField("advice", f"question_{language}", models.CharField(**QUESTION, null=True))
            for language in LANGUAGES
        ),
        migrations.RunPython(add_to_confirmed, take_from_confirmed),
        *(migrations.AddField("advice", f"standing_{language}", standing(language)) for language in LANGUAGES),
    ]
