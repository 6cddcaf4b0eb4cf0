"""What visitors reach. Each view asks a question of the querysets and hands the answer to a template."""

from collections import defaultdict
from collections.abc import Iterable
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
from .neighbours import related_to
from .pages import Pages, in_order_of
from .paths import path_in, path_of
from .public import depends_on, public, readable
from .querysets import best_match
from .readable import Addressed
from .shown import Several, ShownAdvice, ShownArticle, ShownFigure, ShownTopic

Row = TypeVar("Row", ShownAdvice, ShownFigure, ShownTopic)
# All that the site itself brings of one kind fits on one page.
PAGE_SIZE = 30
# A card has a circle for each piece of advice in its article.
CARDS, HOME_CARDS = 10, 6
RELATED = 4


@public
def home(request: HttpRequest) -> HttpResponse:
    articles = with_circles(questions.cards(get_language(), HOME_CARDS))
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
    articles = with_circles(in_order_of(page.keys, questions.articles_listed(get_language(), keys=page.keys)))
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
    articles, advice, figures = questions.articles_read(get_language(), slug=slug)
    article = get_or_404(articles, Article, slug)
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
    advice, figures = (belonging(rows, "article_id", article) for rows in (advice, figures))
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
        topic = get_or_404(with_slug, Topic, slug)
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
    found, topics, figures = questions.advice_read(get_language(), slug=slug)
    advice = get_or_404(found, Advice, slug)
    if moved := moved_to(request, advice):
        return moved
    advice.topics = Several(belonging(topics, "advice", advice))
    context = advice_context(request, advice, figures) | {
        "structured": [structured_data.text(request, advice, advice.article.published_at)],
        "addresses": addresses.of_object(request, advice),
    }
    return render(request, "articles/advice_detail.html", context)


def advice_context(request: HttpRequest, advice: Advice | ShownAdvice, figures: list[ShownFigure]) -> dict[str, object]:
    language, kind, article = get_language(), Kind(advice.kind), advice.article
    related = related_to(advice, RELATED)
    around = questions.advice_around(language, advice=advice.pk, article=article.pk, related=related)
    siblings = [each for each in around if each.article.pk == article.pk]
    place = [each.pk for each in siblings].index(advice.pk)
    return {
        "advice": advice,
        "article": article,
        "siblings": siblings,
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1] if place + 1 < len(siblings) else None,
        "remedies": [each for each in around if each.is_remedy],
        "remedied": [each for each in around if each.is_repaired],
        "related": in_order_of(related, around),
        "figures": belonging(figures, "advice_id", advice),
        "crumbs": [(kind.plural, path_in(language, f"{kind}s")), (advice.title, request.path)],
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
    topic = get_or_404(questions.topics_called(get_language(), slug=slug), Topic, slug)
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


def with_circles(articles: Iterable[ShownArticle]) -> list[ShownArticle]:
    """Give articles the pieces of advice that stand as circles on their cards."""
    cards = {article.pk: article for article in articles}
    circles = defaultdict(list)
    for circle in questions.circles(get_language(), articles=list(cards)):
        circle.article = cards[circle.article_id]
        circles[circle.article_id].append(circle)
    for key, article in cards.items():
        article.advice = Several(circles[key])
    return list(cards.values())


def belonging(rows: Iterable[Row], relation: str, obj: Addressed) -> list[Row]:
    """Return those of several rows that belong to an object by a relation, in the order in which they are read."""
    return sorted((row for row in rows if getattr(row, relation) == obj.pk), key=attrgetter("position", "pk"))


def with_figures(
    advice: Iterable[ShownAdvice], figures: list[ShownFigure]
) -> list[tuple[ShownAdvice, list[ShownFigure]]]:
    """Return each piece of advice with the figures that stand beside it."""
    return [(each, [figure for figure in figures if figure.advice_id == each.pk]) for each in advice]


def get_or_404(present: Iterable[Addressed], model: type[SluggedContent], slug: str) -> Addressed:
    """Return that of the objects with `slug` which it means to the reader, or the one that once had it."""
    language = get_language()
    found = best_match(present, slug, language) or model.objects.published().find_former(slug, language)
    if found is None:
        raise Http404
    return found


def moved_to(request: HttpRequest, obj: Addressed) -> HttpResponsePermanentRedirect | None:
    """Return a redirect where `obj` has another address by now, or in this language."""
    return sent_on(request, obj.get_absolute_url())


def sent_on(request: HttpRequest, path: str) -> HttpResponsePermanentRedirect | None:
    """Return a redirect to `path`, the query kept, unless that is where the request is."""
    if request.path == path:
        return None
    query = request.META["QUERY_STRING"]
    return redirect(path + (f"?{query}" if query else ""), permanent=True)
