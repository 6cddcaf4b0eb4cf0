"""What is left for translators, across all content."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.conf import settings
from django.db import connection
from django.db.models import CharField, Count, F, Q, QuerySet, Value

from .languages import LANGUAGES, column
from .models import Advice, Article, Figure, Topic
from .standing import STATUS_BY_LETTER, is_left
from .status import CURRENT, MISSING, OUTDATED, count_by_status, is_in, overall

# For each language how many objects have which status.
Counts = dict[str, Counter[str]]
# Which rows of which models are meant.
Scope = dict[type, Q]

TODO = (MISSING, OUTDATED)
ARTICLE_PATHS = {Article: "pk", Advice: "article_id", Figure: "article_id"}
TOPICS: Scope = {Topic: Q()}
EVERYTHING: Scope = {Article: Q(), Advice: Q(), Figure: Q(), **TOPICS}


def belonging_to(*articles: int) -> Scope:
    """Return what belongs to these articles, which are given by primary key: themselves, their advice and figures."""
    return {model: Q((f"{path}__in", articles)) for model, path in ARTICLE_PATHS.items()}


def holds_outdated(scope: Scope) -> bool:
    """Tell whether a translation of anything in `scope` is out of date."""
    return any(model.objects.filter(condition & overall(OUTDATED)).exists() for model, condition in scope.items())


# --- How much ---------------------------------------------------------------------------------------------------------


def totals(most: int) -> Counts:
    """Return for each language how many objects have which status: of each no more are counted than `most`.

    What is current is what remains: where there is more than was counted, nobody knows how much that is.
    """
    left = {
        (language, status): [model.objects.filter(is_left(status, language)) for model in EVERYTHING]
        for language in LANGUAGES
        for status in TODO
    }
    numbers = counted(left | {(CURRENT,): [model.objects.all() for model in EVERYTHING]}, most)
    everything = numbers.pop((CURRENT,))
    counts: Counts = {language: Counter() for language in LANGUAGES}
    for (language, status), number in numbers.items():
        counts[language][status] = number
    for each in counts.values():
        each[CURRENT] = max(everything - each.total(), 0)
    return counts


def totals_of_topics() -> Counts:
    """Return for each language how many topics have which status."""
    return count_by_status(Topic.objects.order_by().values_list("standing").annotate(number=Count("pk")))


def totals_by_article(articles: Iterable[Article]) -> dict[int, Counts]:
    """Return by primary key for each of `articles` how much of what belongs to it has which status."""
    keys = [article.pk for article in articles]
    first, *others = (
        model.objects.filter(condition)
        .order_by()
        .annotate(belongs_to=F(ARTICLE_PATHS[model]))
        .values_list("belongs_to", "standing")
        .annotate(number=Count("pk"))
        for model, condition in belonging_to(*keys).items()
    )
    pairs: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for article, letters, number in first.union(*others, all=True):
        pairs[article].append((letters, number))
    return {key: count_by_status(pairs[key]) for key in keys}


def counted(groups: dict[tuple, list[QuerySet]], most: int) -> dict[tuple, int]:
    """Return by name how many rows there are in each group of querysets, counted as far as `most`."""
    keys = ((part.order_by().values_list("pk") for part in parts) for parts in groups.values())
    statements, params = zip(*(united(parts, most) for parts in keys), strict=True)
    firsts = (f"SELECT COUNT(*) FROM ({statement} LIMIT {most:d}) AS found" for statement in statements)  # noqa: S608
    numbers = ", ".join(f"({each})" for each in firsts)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {numbers}", [each for own in params for each in own])
        return dict(zip(groups, cursor.fetchone(), strict=True))


def united(parts: Iterable[QuerySet], most: int) -> tuple[str, list]:
    """Return the statement, and its parameters, that gives the first rows of each of these querysets.

    A union of Django's can't do that: SQLite wants limits within it in brackets of their own.
    """
    compiled = [part[:most].query.sql_with_params() for part in parts]
    statement = " UNION ALL ".join(f"SELECT * FROM ({sql}) AS part" for sql, _params in compiled)  # noqa: S608
    return statement, [each for _sql, params in compiled for each in params]


# --- What -------------------------------------------------------------------------------------------------------------


class Unfinished:
    """What is left to do in `language`, what has waited longest first.

    Rows are dicts: model (name), id, heading and the language that it is written_in, status_now, since.
    """

    def __init__(self, language: str, scope: Scope = EVERYTHING, statuses: Collection[str] = TODO) -> None:
        self.language, self.scope, self.statuses = language, scope, statuses

    def count_to(self, most: int) -> int:
        """Count as far as `most`."""
        return counted({(): list(self.parts())}, most)[()]

    def __getitem__(self, wanted: slice) -> list[dict]:
        start, stop = wanted.start or 0, wanted.stop
        if stop <= start:
            return []
        statement, params = united(self.parts(), stop)
        wanted_rows = f"SELECT model, id FROM ({statement}) AS found ORDER BY source_changed_at, model, id"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(f"{wanted_rows} LIMIT %s OFFSET %s", [*params, stop - start, start])
            keys = cursor.fetchall()
        found = rows_of(self.scope, keys)
        return [self.told(found[key]) for key in keys if key in found]

    def told(self, row: dict) -> dict:
        """Return what is told of a row: its heading is in the source language, or else the first that has one."""
        codes = (row["judged_in"], *LANGUAGES)
        written_in = next((code for code in codes if row[f"heading_{code}"]), "")
        return {
            "model": row["model"],
            "id": row["id"],
            "status_now": STATUS_BY_LETTER[row["letters"][LANGUAGES.index(self.language)]],
            "since": row["since"],
            "written_in": written_in,
            "heading": row.get(f"heading_{written_in}", ""),
        }

    def parts(self) -> Iterator[QuerySet]:
        """Return for each model and status what there is, in the order of its index."""
        for model, condition in self.scope.items():
            name = Value(model._meta.model_name, CharField())
            for status in self.statuses:
                rows = model.objects.filter(condition & self.has(status, condition))
                yield (
                    rows.order_by("source_changed_at", "id")
                    .annotate(model=name)
                    .values("source_changed_at", "model", "id")
                )

    def has(self, status: str, condition: Q) -> Q:
        """Return the condition that a row has this status: of what belongs to an article, not as indexes know it.

        Else SQLite might go through all that is left to do for the few rows of one article.
        """
        return Q(is_in(status, self.language) if condition else is_left(status, self.language))


def rows_of(models: Iterable[type], keys: Collection[tuple[str, int]]) -> dict[tuple[str, int], dict]:
    """Return by name of the model and primary key what is known of these objects."""
    first, *others = (
        model.objects.filter(pk__in=[pk for name, pk in keys if name == model._meta.model_name])
        .order_by()
        .annotate(
            model=Value(model._meta.model_name, CharField()),
            since=F("source_changed_at"),
            letters=F("standing"),
            judged_in=F(model.SOURCE_COLUMN) if model.SOURCE_COLUMN else Value(settings.LANGUAGE_CODE, CharField()),
            **{f"heading_{language}": F(column(model.HEADING, language)) for language in LANGUAGES},
        )
        .values("model", "id", "since", "letters", "judged_in", *(f"heading_{language}" for language in LANGUAGES))
        for model in models
    )
    return {(row["model"], row["id"]): row for row in first.union(*others, all=True)}
