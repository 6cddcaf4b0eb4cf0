"""The paths of all public pages that need no query, for whoever wants the whole site, such as a web server."""

from collections.abc import Iterator

from .abstract import SluggedContent
from .choices import Kind
from .languages import LANGUAGES, columns
from .models import Advice, Article, FormerSlug, Topic
from .paths import path_in, path_of
from .querysets import SluggedQuerySet
from .sitemaps import PageSitemap

PART = 500
# Beside the pages of the sitemap: first those that each language has, then those of all.
IN_EACH_LANGUAGE = ("feed", "daily-feed", "calendar", "search-description", "site-image")
FOR_ALL_LANGUAGES = ("sitemap", "robots", "favicon", "touch-icon")
MODELS = {model._meta.model_name: model for model in (Article, Advice, Topic)}


def paths() -> Iterator[str]:
    """Return the path of every page that readers may see now."""
    yield from map(path_of, FOR_ALL_LANGUAGES)
    for language in LANGUAGES:
        for name in (*PageSitemap().items(), *IN_EACH_LANGUAGE):
            yield path_in(language, name)
    for obj in objects():
        for language in LANGUAGES:
            yield from of_object(obj, language)


def count() -> int:
    """Return how many paths there are."""
    standing = len(PageSitemap().items()) + len(IN_EACH_LANGUAGE)
    articles = Article.objects.published().count() * (1 + len(LANGUAGES))
    rules = Advice.objects.published().filter(kind=Kind.RULE).count()
    others = Advice.objects.published().count() + Topic.objects.count()
    return len(FOR_ALL_LANGUAGES) + len(LANGUAGES) * (standing + articles + rules + others)


def objects() -> Iterator[SluggedContent]:
    """Return all that has a page of its own."""
    yield from in_parts(Article.objects.published().only(*columns("title", "slug")))
    yield from in_parts(Advice.objects.published().only("kind", *columns("title", "slug")))
    yield from in_parts(Topic.objects.only(*columns("name", "slug")))


def in_parts(found: SluggedQuerySet) -> Iterator[SluggedContent]:
    """Return the rows of a queryset, some at a time: whoever asks for a page in between may end the connection."""
    last = 0
    while part := list(found.filter(id__gt=last).order_by("id")[:PART]):
        yield from part
        last = part[-1].pk


def of_object(obj: SluggedContent, language: str) -> Iterator[str]:
    """Return the paths that belong to one object in `language`."""
    slug = obj.slug_in(language)
    yield path_in(language, obj.page, slug)
    if isinstance(obj, Article):
        yield path_in(language, "article-image", slug)
        for other in LANGUAGES:
            if other != language:
                yield path_in(language, "article-beside", slug, other)
    if isinstance(obj, Advice) and obj.kind == Kind.RULE:
        yield path_in(language, "poster", slug)


def moved() -> Iterator[tuple[str, str]]:
    """Return the paths that pages once had, each with the one that it leads to now."""
    for former in FormerSlug.objects.filter(model__in=MODELS).iterator():
        obj = MODELS[former.model].objects.published().find(former.slug, former.language)
        for language in LANGUAGES if obj else ():
            yield path_in(language, obj.page, former.slug), obj.url_in(language)
