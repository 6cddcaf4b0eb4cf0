"""What visitors reach. Each view asks a question of the querysets and hands the answer to a template."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import addresses, questions, structured_data
from .abstract import SluggedContent
from .choices import Kind
from .days import days
from .listings import OF_KIND, WHOLE, List
from .models import Advice, Article, Topic
from .pages import Pages, in_order_of
from .paths import path_in, path_of
from .public import depends_on, public, readable
from .readable import Addressed
from .shown import Several, ShownAdvice, ShownArticle, ShownFigure, ShownTopic

Row = TypeVar("Row", ShownAdvice, ShownFigure, ShownTopic)
# All that the site itself brings of one kind fits on one page.
PAGE_SIZE = 30
# A card has a circle for each piece of advice in its article.
CARDS = 10


@public
def home(request: HttpRequest) -> HttpResponse:
    articles = in_place(with_circles(*questions.cards_read(get_language())))
    rules = (advice for article in articles for advice in article.advice if advice.kind == Kind.RULE)
    date = timezone.localdate()
    context = {
        "articles": articles,
        "rule": next(rules, None),
        "day": next(iter(days(date, date, get_language())), None),
        "topics": questions.topics_counted(get_language()),
        "addresses": addresses.of_page(request),
    }
    return render(request, "articles/home.html", context)


# --- Articles ---------------------------------------------------------------------------------------------------------


@public
@depends_on("after", "page")
def article_list(request: HttpRequest) -> HttpResponse:
    pages = Pages(CARDS, List.ARTICLES)
    if moved := pages.moved(request):
        return moved
    page = pages.asked_for(request)
    articles = in_order_of(page.keys, with_circles(*questions.cards_listed(get_language(), keys=page.keys)))
    context = {
        "page": page,
        "articles": articles,
        "structured": [structured_data.item_list(request, articles)],
        "addresses": addresses.of_list(request, "articles", page.after),
        "section": "articles",
    }
    return render(request, "articles/article_list.html", context)


@public
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    found, advice, figures = questions.article_read(get_language(), slug=slug)
    article = get_or_404(found, Article, slug)
    if moved := moved_to(request, article):
        return moved
    context = article_context(request, article, advice, figures) | {
        "structured": [structured_data.text(request, article, article.published_at)],
        "addresses": addresses.of_object(request, article),
    }
    return render(request, "articles/article_detail.html", context)


def article_context(
    request: HttpRequest, article: Article | ShownArticle, advice: list[ShownAdvice], figures: list[ShownFigure]
) -> dict[str, object]:
    advice, figures = in_place(advice), in_place(figures)
    return {
        "article": article,
        "advice": with_figures(advice, figures),
        "has_mistakes": any(each.kind == Kind.MISTAKE for each in advice),
        "figures": [figure for figure in figures if figure.advice_id is None],
        "crumbs": [(_("Articles"), path_in(get_language(), "articles")), (article.title, request.path)],
        "section": "articles",
    }


# --- Advice -----------------------------------------------------------------------------------------------------------


@public
@depends_on("after", "page", "topic")
def advice_list(request: HttpRequest, kind: Kind) -> HttpResponse:
    name = f"{kind}s"
    topics = questions.topics_offered(get_language())
    topic = None
    if slug := request.GET.get("topic"):
        with_slug = [each for each in topics if slug in each.slugs()]
        topic = get_or_404(sorted(with_slug, key=lambda each: each.slug != slug), Topic, slug)
        if slug != topic.slug:
            query = request.GET.copy()
            query["topic"] = topic.slug
            return redirect(f"{request.path}?{query.urlencode()}", permanent=True)
    pages = Pages(PAGE_SIZE, OF_KIND[kind], topic.pk if topic else WHOLE)
    if moved := pages.moved(request):
        return moved
    page = pages.asked_for(request)
    advice = in_order_of(page.keys, questions.advice_listed(get_language(), keys=page.keys))
    context = {
        "kind": kind,
        "page": page,
        "advice": advice,
        "topics": topics,
        "topic": topic,
        "structured": [structured_data.item_list(request, advice)],
        "addresses": addresses.of_list(request, name, page.after, topic),
        "section": name,
    }
    return render(request, "articles/advice_list.html", context)


@public
@depends_on("sheet")
def advice_detail(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    found, *about = questions.advice_read(get_language(), slug=slug)
    advice = get_or_404(found, Advice, slug)
    if moved := moved_to(request, advice):
        return moved
    context = advice_context(request, advice, *about) | {
        "structured": [structured_data.text(request, advice, advice.article.published_at)],
        "addresses": addresses.of_object(request, advice),
    }
    return render(request, "articles/advice_detail.html", context)


def advice_context(
    request: HttpRequest,
    advice: Advice | ShownAdvice,
    topics: list[ShownTopic],
    figures: list[ShownFigure],
    around: list[ShownAdvice],
    related: list[ShownAdvice],
) -> dict[str, object]:
    kind, article = Kind(advice.kind), advice.article
    around = sorted(around, key=attrgetter("article.position", "article.pk", "position", "pk"))
    siblings = [each for each in around if each.article.pk == article.pk]
    place = [each.pk for each in siblings].index(advice.pk)
    return {
        "advice": advice,
        "article": article,
        "topics": in_place(topics),
        "siblings": siblings,
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1] if place + 1 < len(siblings) else None,
        "remedies": [each for each in around if each.is_remedy],
        "remedied": [each for each in around if each.is_repaired],
        "related": sorted(related, key=lambda each: (-each.shared, each.article.position, each.pk)),
        "figures": in_place(figures),
        "crumbs": [(kind.plural, path_in(get_language(), f"{kind}s")), (advice.title, request.path)],
        "section": f"{kind}s",
    }


# --- Topics and figures -----------------------------------------------------------------------------------------------


@public
def topic_list(request: HttpRequest) -> HttpResponse:
    topics = questions.topics_counted(get_language())
    context = {"topics": topics, "addresses": addresses.of_page(request), "section": "topics"}
    return render(request, "articles/topic_list.html", context)


@public
@depends_on("after", "page")
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_or_404(questions.topic_called(get_language(), slug=slug), Topic, slug)
    if moved := moved_to(request, topic):
        return moved
    pages = Pages(PAGE_SIZE, None, topic.pk)
    if moved := pages.moved(request):
        return moved
    page = pages.asked_for(request)
    advice = in_order_of(page.keys, questions.advice_listed(get_language(), keys=page.keys))
    context = {
        "topic": topic,
        "page": page,
        "advice": advice,
        "structured": [structured_data.item_list(request, advice)],
        "crumbs": [(_("Topics"), path_in(get_language(), "topics")), (topic.name, request.path)],
        "addresses": addresses.of_object(request, topic, page.after),
        "section": "topics",
    }
    return render(request, "articles/topic_detail.html", context)


@public
@depends_on("after", "page")
def figure_list(request: HttpRequest) -> HttpResponse:
    pages = Pages(PAGE_SIZE, List.FIGURES)
    if moved := pages.moved(request):
        return moved
    page = pages.asked_for(request)
    context = {
        "page": page,
        "figures": in_order_of(page.keys, questions.figures_listed(get_language(), keys=page.keys)),
        "addresses": addresses.of_list(request, "figures", page.after),
        "section": "figures",
    }
    return render(request, "articles/figure_list.html", context)


# --- For machines -----------------------------------------------------------------------------------------------------


@readable
def root(request: HttpRequest) -> HttpResponse:
    """Send the reader to the home page in the best language that the browser asks for."""
    response = redirect(path_of("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(path_of("sitemap"))
    return HttpResponse(f"User-agent: *\nDisallow: /admin/\n\nSitemap: {sitemap}\n", content_type="text/plain")


# --- What the views share ---------------------------------------------------------------------------------------------


def with_circles(articles: list[ShownArticle], circles: Iterable[ShownAdvice]) -> list[ShownArticle]:
    """Give articles the pieces of advice that stand as circles on their cards."""
    by_article = defaultdict(list)
    for circle in in_place(circles):
        by_article[circle.article_id].append(circle)
    for article in articles:
        article.advice = Several(by_article[article.pk])
        for circle in article.advice:
            circle.article = article
    return articles


def in_place(rows: Iterable[Row]) -> list[Row]:
    """Return rows in the order in which they are read."""
    return sorted(rows, key=attrgetter("position", "pk"))


def with_figures(
    advice: Iterable[ShownAdvice], figures: list[ShownFigure]
) -> list[tuple[ShownAdvice, list[ShownFigure]]]:
    """Return each piece of advice with the figures that stand beside it."""
    return [(each, [figure for figure in figures if figure.advice_id == each.pk]) for each in advice]


def get_or_404(found: Sequence[Addressed], model: type[SluggedContent], slug: str) -> Addressed:
    """Return what was found by `slug`, or the object that once had it."""
    obj = found[0] if found else model.objects.published().find_former(slug, get_language())
    if obj is None:
        raise Http404
    return obj


def moved_to(request: HttpRequest, obj: Addressed) -> HttpResponsePermanentRedirect | None:
    """Return a redirect where `obj` has another address by now, or in this language."""
    return sent_on(request, obj.get_absolute_url())


def sent_on(request: HttpRequest, path: str) -> HttpResponsePermanentRedirect | None:
    """Return a redirect to `path`, the query kept, unless that is where the request is."""
    if request.path == path:
        return None
    query = request.META["QUERY_STRING"]
    return redirect(path + (f"?{query}" if query else ""), permanent=True)
