from django.db import migrations, models
from django.db.models import F, Value
from django.db.models.functions import Concat

from articles.standing import SEPARATOR, Standing

LANGUAGES = ("en", "fi", "et", "ru", "hy")
QUESTION = {
    "blank": True,
    "help_text": (
        "For a mistake: what the self-check asks; “yes” says that customers leave. Left empty, it isn’t asked."
    ),
    "max_length": 140,
    "verbose_name": "question",
}


def add_to_confirmed(apps, schema_editor):
    """Add an empty question to the source texts that translations were confirmed against: they stay confirmed."""
    advice = apps.get_model("articles", "Advice").objects
    for language in LANGUAGES:
        name = f"confirmed_{language}"
        advice.filter(**{f"{name}__gt": ""}).update(**{name: Concat(F(name), Value(SEPARATOR))})


def take_from_confirmed(apps, schema_editor):
    """Take the last of the confirmed source texts away again."""
    advice = apps.get_model("articles", "Advice").objects
    for language in LANGUAGES:
        name = f"confirmed_{language}"
        for pk, joined in advice.filter(**{f"{name}__gt": ""}).values_list("pk", name):
            advice.filter(pk=pk).update(**{name: joined.rpartition(SEPARATOR)[0]})


def standing(language):
    return models.GeneratedField(
        db_persist=True,
        expression=Standing("title", ("title", "body", "action", "question"), language, LANGUAGES),
        output_field=models.CharField(max_length=5),
    )


class Migration(migrations.Migration):
    dependencies = [("articles", "0005_moments")]

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
