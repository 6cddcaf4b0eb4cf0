"""What is left to do stands in indexes: rows tell by themselves, without their article, how their translations are."""

from django.db import migrations, models
from django.db.models import Case, F, OuterRef, Q, Subquery, Value, When
from django.db.models.lookups import IsNull

from articles.standing import Left, LeftAnywhere, Standing

LANGUAGES = ("en", "fi", "et", "ru", "hy")
TEXTS = {
    "topic": ("name", "summary"),
    "article": ("title", "summary", "introduction", "closing"),
    "advice": ("title", "body", "action", "question"),
    "figure": ("claim", "source"),
}
# Where the language stands that the rows are judged by; topics are judged by that of the code.
SOURCES = {"topic": None, "article": "source_language", "advice": "judged_by", "figure": "judged_by"}


class Change(migrations.SeparateDatabaseAndState):
    """The operations on one model, for which SQLite makes its table anew once instead of eight times."""

    def __init__(self, name):
        self.name = name
        state = changes(name)
        told = [migrations.RunPython(tell(name), migrations.RunPython.noop)] if SOURCES[name] == "judged_by" else []
        # First what is told: the columns that the database makes come last.
        first = [each for each in state if not isinstance(each, migrations.AddIndex) and each.name != "standing"]
        super().__init__(first + told + state[len(first) :], state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "sqlite":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        if SOURCES[self.name] == "judged_by":
            column = "judged_by varchar(2) NOT NULL DEFAULT ''"
            schema_editor.execute(f"ALTER TABLE articles_{self.name} ADD COLUMN {column}")
            tell(self.name)(to_state.apps, schema_editor)
        schema_editor._remake_table(to_state.apps.get_model(app_label, self.name))


def changes(name):
    """Return what changes in a model."""
    judged_by = models.CharField(blank=True, default="", editable=False, max_length=2)
    return [
        *(migrations.RemoveField(name, f"standing_{language}") for language in LANGUAGES),
        *([migrations.AddField(name, "judged_by", judged_by)] if SOURCES[name] == "judged_by" else []),
        migrations.AddField(name, "standing", standing(name)),
        *(migrations.AddIndex(name, index) for index in indexes(name)),
    ]


def tell(name):
    """Return the function that tells rows the source language of their article.

    Each row is written once: PostgreSQL doesn't alter a table in whose rows something was written twice before.
    """

    def copy_source_language(apps, schema_editor):
        of_article = apps.get_model("articles", "Article").objects.filter(pk=OuterRef("article"))
        source_language = Subquery(of_article.order_by().values("source_language"))
        apps.get_model("articles", name).objects.update(judged_by=source_language)

    return copy_source_language


def standing(name):
    heading, source = TEXTS[name][0], SOURCES[name]
    by_source = {language: Standing(heading, TEXTS[name], language, LANGUAGES) for language in LANGUAGES}
    chosen = Case(
        *(When(Q((source, language)), then=standing) for language, standing in by_source.items()),
        default=Value("mmmmm"),
        output_field=models.CharField(),
    )
    return models.GeneratedField(
        db_persist=True,
        expression=chosen if source else by_source["en"],
        output_field=models.CharField(max_length=len(LANGUAGES)),
    )


def indexes(name):
    kinds = {f"left_{language}": Left(place) for place, language in enumerate(LANGUAGES, 1)}
    for kind, left in (kinds | {status: LeftAnywhere(status[0]) for status in ("missing", "outdated")}).items():
        condition = Q(IsNull(left, False))
        yield models.Index(left, F("source_changed_at"), F("id"), condition=condition, name=f"{name}_{kind}")


class Migration(migrations.Migration):
    dependencies = [("articles", "0012_shelves")]

    operations = [Change(name) for name in TEXTS]
