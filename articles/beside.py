"""An article in two languages side by side, for teams that don't share one."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from .abstract import Content
from .addresses import Addresses
from .languages import LANGUAGES, column, columns
from .models import Article
from .paths import path_in, path_of
from .public import public
from .slugs import has_slug
from .status import OUTDATED
from .views import get_or_404, sent_on, with_figures

# Whole sentences, since most languages inflect the name of a language.
MISSING = {
    "en": gettext_lazy("This text isn’t there in English yet."),
    "fi": gettext_lazy("This text isn’t there in Finnish yet."),
    "et": gettext_lazy("This text isn’t there in Estonian yet."),
    "ru": gettext_lazy("This text isn’t there in Russian yet."),
    "hy": gettext_lazy("This text isn’t there in Armenian yet."),
}

NAMES = dict(settings.LANGUAGES)

# Two languages, the reader's first.
Pair = tuple[str, str]


@dataclass(frozen=True)
class Cell:
    """A text in one language. Without one, `missing` says so to the reader, once for all texts of an object."""

    language: str
    text: str
    missing: str
    is_outdated: bool


def cells(obj: Content, field: str, pair: Pair) -> list[Cell]:
    """Return a text of `obj` in both languages; nothing where it is in neither, unless it is the heading."""
    if field != obj.HEADING and not any(getattr(obj, column(field, language)) for language in pair):
        return []
    return [cell(obj, field, language) for language in pair]


def cell(obj: Content, field: str, language: str) -> Cell:
    text = getattr(obj, column(field, language)) or ""
    is_first_to_miss = not text and (field == obj.HEADING or obj.exists_in(language))
    is_outdated = getattr(obj, f"status_{language}") == OUTDATED
    return Cell(language, text, MISSING[language] if is_first_to_miss else "", is_outdated)


@public
def article_beside(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """Show an article in the language of the address, and beside it in `other`."""
    if other not in LANGUAGES:
        raise Http404
    language = get_language()
    whole = columns("title", "slug", "summary")
    articles = Article.objects.published().written_in((language, other), "ink", "introduction", "closing", *whole)
    article = get_or_404(articles.filter(has_slug(slug)), Article, slug)
    if other == language:
        return redirect(article, permanent=True)
    if moved := sent_on(request, path_to(article, language, other)):
        return moved
    return render(request, "articles/article_beside.html", context_of(request, article, (language, other)))


def context_of(request: HttpRequest, article: Article, pair: Pair) -> dict[str, object]:
    language, other = pair
    texts = ("kind", "position", "article", "key", "title", "body", "action", *columns("slug"))
    figures = list(article.figures.written_in(pair, "advice", "article", "year", "claim", "source"))

    def own_path_in(code: str) -> str:
        # In the other language the page is the same two texts, the other way round.
        return path_to(article, code, language if code == other else other)

    return {
        "article": article,
        "pair": pair,
        "named": [(code, NAMES[code]) for code in pair],
        "names": f"{NAMES[language]} – {NAMES[other]}",
        "advice": with_figures(article.advice.written_in(pair, *texts), figures),
        "figures": [figure for figure in figures if figure.advice_id is None],
        "swapped": own_path_in(other),
        "addresses": Addresses(request, own_path_in, [code for code in LANGUAGES if article.exists_in(code)]),
        # Search engines find both halves of it as pages of their own.
        "is_unlisted": True,
        "crumbs": [
            (_("Articles"), path_of("articles")),
            (article.title, article.get_absolute_url()),
            (_("Side by side"), request.path),
        ],
        "section": "articles",
    }


def path_to(article: Article, language: str, other: str) -> str:
    """Return the path of `article` in `language` with `other` beside it."""
    return path_in(language, "article-beside", article.slug_in(language), other)
