"""What is left for translators, across all content."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from django.conf import settings
from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.db.models.lookups import Exact

from .languages import LANGUAGES, column
from .models import Advice, Article, Figure, Topic
from .standing import has_text
from .status import MISSING, OUTDATED, count_by_status

# For each language how many objects have which status.
Counts = dict[str, Counter[str]]
# Which rows of which models are meant.
Scope = dict[type, Q]

ARTICLE_PATHS = {Article: "pk", Advice: "article_id", Figure: "article_id"}
TOPICS: Scope = {Topic: Q()}
EVERYTHING: Scope = {Article: Q(), Advice: Q(), Figure: Q(), **TOPICS}


def belonging_to(*articles: int) -> Scope:
    """Return what belongs to these articles, which are given by primary key: themselves, their advice and figures."""
    return {model: Q((f"{path}__in", articles)) for model, path in ARTICLE_PATHS.items()}


def totals(scope: Scope = EVERYTHING) -> Counts:
    """Return for each language how many objects in `scope` have which status."""
    first, *others = (
        standings(model, condition).values_list("standing").annotate(number=Count("pk"))
        for model, condition in scope.items()
    )
    return count_by_status(first.union(*others, all=True))


def totals_by_article(articles: Iterable[Article]) -> dict[int, Counts]:
    """Return by primary key the `totals` of what belongs to each of `articles`."""
    keys = [article.pk for article in articles]
    first, *others = (
        standings(model, condition)
        .annotate(belongs_to=F(ARTICLE_PATHS[model]))
        .values_list("belongs_to", "standing")
        .annotate(number=Count("pk"))
        for model, condition in belonging_to(*keys).items()
    )
    pairs: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for article, letters, number in first.union(*others, all=True):
        pairs[article].append((letters, number))
    return {key: count_by_status(pairs[key]) for key in keys}


def standings(model: type, condition: Q) -> QuerySet:
    return model.objects.with_status().filter(condition).order_by()


def unfinished(language: str, scope: Scope = EVERYTHING, statuses: Collection[str] = (MISSING, OUTDATED)) -> QuerySet:
    """Return what is left to do in `language`, what has waited longest first.

    Rows are dicts: model (name), id, heading and the language that it is written_in, status_now, since.
    """
    first, *others = (unfinished_of(model, condition, language, statuses) for model, condition in scope.items())
    return first.union(*others, all=True).order_by("since", "model", "id")


def unfinished_of(model: type, condition: Q, language: str, statuses: Collection[str]) -> QuerySet:
    headings = (When(Q(written_in=code), then=F(column(model.HEADING, code))) for code in LANGUAGES)
    heading = Case(*headings, default=Value(""), output_field=CharField())
    return (
        standings(model, condition)
        .with_status(language)
        .filter(**{f"status_{language}__in": statuses})
        .annotate(
            model=Value(model._meta.model_name, CharField()),
            status_now=F(f"status_{language}"),
            since=F("source_changed_at"),
            written_in=language_of_heading(model),
        )
        # PostgreSQL wants the same type of all models.
        .annotate(heading=Cast(heading, CharField(max_length=500)))
        .values("model", "id", "status_now", "since", "written_in", "heading")
    )


def language_of_heading(model: type) -> Case:
    """Return the expression for the language of a row's title: the source language, or else the first that has one."""
    exists = {code: has_text(model.HEADING, code) for code in LANGUAGES}
    source = F(model.SOURCE_COLUMN) if model.SOURCE_COLUMN else Value(settings.LANGUAGE_CODE)
    own = (When(Exact(source, Value(code)) & exists[code], then=Value(code)) for code in LANGUAGES)
    others = (When(exists[code], then=Value(code)) for code in LANGUAGES)
    return Case(*own, *others, default=Value(""), output_field=CharField())
