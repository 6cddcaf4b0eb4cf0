"""That there is always something to ask for, and what it is known by in addresses and queries."""

import datetime as dt
from collections.abc import Iterable

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from reversion.models import Version

from articles.languages import LANGUAGES, columns
from articles.models import Advice, Article, Figure, FormerSlug, Topic
from articles.publishing import preview_url
from articles.sitemaps import SITEMAPS

from .places import LANGUAGE

MODELS = (Topic, Article, Advice, Figure)
# What fuzzed deletions may take before it is made up for.
ENOUGH = 8
SAMPLE = 30
Values = dict[str, list[bytes]]


def replenished() -> None:
    """Make new content for what was deleted."""
    for number in range(ENOUGH - Article.objects.count()):
        texts = {name: f"Fuzzed {name} {number}" for name in columns("title")}
        status = {"status": "published", "published_at": timezone.now()} if number % 3 else {}
        Article.objects.create(introduction_en="*Text*", source_language=LANGUAGES[number % 5], **status, **texts)
    article = Article.objects.latest("pk")
    if Topic.objects.count() < ENOUGH:
        Topic.objects.create(name_en="Fuzzed", name_hy="Թեմա")
    for kind in ("tip", "rule", "mistake"):
        if Advice.objects.filter(kind=kind).count() < ENOUGH:
            Advice.objects.create(
                article=article, kind=kind, title_en=f"A {kind}", title_ru="Совет", question_en="Is it?"
            )
    if Figure.objects.count() < ENOUGH:
        Figure.objects.create(article=article, unit="percent", low=1, founded="estimate", claim_en="1% of it.")


def slugs_of(model: type[Model]) -> list[bytes]:
    """Return slugs of one model in all languages, those included that its objects had before."""
    found = [slug for row in model.objects.order_by("pk").values_list(*columns("slug"))[:SAMPLE] for slug in row]
    former = FormerSlug.objects.filter(model=model._meta.model_name).values_list("slug", flat=True)[:SAMPLE]
    return encoded([*filter(None, found), *former])


def values_in_paths(route: str) -> Values:
    """Return what may stand in the place of each parameter of the path of a page."""
    slugged = {"articles": Article, "topics": Topic}.get(route.split("/")[2], Advice) if "<slug>" in route else Advice
    drafts = [*Article.objects.filter(status="draft")[:3], *Advice.objects.all()[:2]]
    today = timezone.localdate()
    days = [today + dt.timedelta(days=number) for number in (-400, -1, 0, 1, 364, 366)]
    return {
        LANGUAGE: encoded(LANGUAGES),
        "language": encoded(LANGUAGES),
        "other": encoded(LANGUAGES),
        "slug": slugs_of(slugged),
        "token": encoded(preview_url(draft, "en").split("/")[-2] for draft in drafts),
        "date": encoded(days),
        "section": encoded(SITEMAPS),
        "app_label": [b"articles", b"auth"],
        "content_type_id": encoded(ContentType.objects.values_list("pk", flat=True)),
        "version_id": encoded(Version.objects.order_by("-pk").values_list("pk", flat=True)[:SAMPLE]),
        "pk": encoded(Advice.objects.values_list("pk", flat=True)[:SAMPLE]),
        "url": [b"", b"articles", b"auth/user/1", b"x.css"],
    }


def keys_of(model: type[Model] | None) -> list[bytes]:
    return encoded(model.objects.order_by("pk").values_list("pk", flat=True)[:SAMPLE]) if model else [b"1"]


def model_of(route: str) -> type[Model] | None:
    """Return the model whose pages at the desk have addresses like this."""
    app, _, name = route.removeprefix("/admin/").partition("/")
    try:
        return apps.get_model(app, name.partition("/")[0])
    except (LookupError, ValueError):
        return None


def encoded(values: Iterable[object]) -> list[bytes]:
    return [str(value).encode() for value in values]
