"""What visitors reach. Each view asks a question of the querysets and hands the answer to a template."""

from collections.abc import Callable, Iterable
from functools import wraps

from django.conf import settings
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from . import addresses, structured_data
from .abstract import SluggedContent
from .choices import Kind
from .languages import columns
from .models import Advice, Article, Figure, Topic
from .querysets import SluggedQuerySet

# All advice of one kind that the site itself brings fits on one page.
PAGE_SIZE = 30
HOME_CARDS = 12
RELATED = 4


def public(view: Callable) -> Callable:
    """Make `view` read-only, and let anyone keep its answer who asks each time whether it still holds."""

    @wraps(view)
    def undated(*args, **kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        # What is published or taken back changes a page without a date that would tell; the ETag does.
        response.headers.pop("Last-Modified", None)
        return response

    # No form of a reader changes anything, so there is nothing to forge.
    return csrf_exempt(require_safe(cache_control(public=True, no_cache=True)(undated)))


@public
def home(request: HttpRequest) -> HttpResponse:
    articles = list(cards()[:HOME_CARDS])
    rules = (advice for article in articles for advice in article.advice.all() if advice.kind == Kind.RULE)
    context = {
        "articles": articles,
        "rule": next(rules, None),
        "topics": topics_with_counts(),
        "addresses": addresses.of_page(request),
    }
    return render(request, "articles/home.html", context)


# --- Articles ---------------------------------------------------------------------------------------------------------


@public
def article_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, cards())
    context = {
        "page": page,
        "structured": [structured_data.item_list(request, page)],
        "addresses": addresses.of_list(request, "articles", page.number),
        "section": "articles",
    }
    return render(request, "articles/article_list.html", context)


@public
def article_detail(request: HttpRequest, slug: str) -> HttpResponse:
    language = get_language()
    fields = ("summary", "introduction", "closing", "ink", "key", "published_at", "updated_at")
    article = get_or_404(Article.objects.published().shown_in(language, *columns("title", "slug"), *fields), slug)
    if moved := moved_to(request, article):
        return moved
    figures = list(Figure.objects.filter(article=article).read_in(language))
    context = {
        "article": article,
        "advice": with_figures(article.advice.read_in(language), figures),
        "figures": [figure for figure in figures if figure.advice_id is None],
        "structured": [structured_data.text(request, article, article.published_at)],
        "crumbs": [(_("Articles"), reverse("articles")), (article.title, request.path)],
        "addresses": addresses.of_object(request, article),
        "section": "articles",
    }
    return render(request, "articles/article_detail.html", context)


# --- Advice -----------------------------------------------------------------------------------------------------------


@public
def advice_list(request: HttpRequest, kind: Kind) -> HttpResponse:
    name = f"{kind}s"
    topics = list(Topic.objects.only(*columns("name", "slug")))
    topic = None
    if slug := request.GET.get("topic"):
        topic = next((each for each in topics if slug in each.slugs()), None) or Topic.objects.find(
            slug, get_language()
        )
        if topic is None:
            raise Http404
        if slug != topic.slug:
            query = request.GET.copy()
            query["topic"] = topic.slug
            return redirect(f"{request.path}?{query.urlencode()}", permanent=True)
    advice = Advice.objects.published().filter(kind=kind).in_reading_order().listed_in(get_language())
    page = page_of(request, advice.on_topic(topic) if topic else advice)
    context = {
        "kind": kind,
        "page": page,
        "topics": topics,
        "topic": topic,
        "structured": [structured_data.item_list(request, page)],
        "addresses": addresses.of_list(request, name, page.number, topic),
        "section": name,
    }
    return render(request, "articles/advice_list.html", context)


@public
def advice_detail(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    language = get_language()
    published = Advice.objects.published()
    fields = ("kind", "position", "article", "key", "body", "action", "created_at", "updated_at")
    found = published.shown_in(language, *columns("title", "slug"), *fields)
    advice = get_or_404(found.prefetch_related(topics_prefetched()), slug)
    if moved := moved_to(request, advice):
        return moved
    article = Article.objects.shown_in(language, "title", "slug", "ink", "published_at").get(pk=advice.article_id)
    siblings = list(article.advice.shown_in(language, "kind", "position", "article", "title", "slug"))
    place = siblings.index(advice)
    listed = published.in_reading_order().listed_in(language)
    context = {
        "advice": advice,
        "article": article,
        "siblings": siblings,
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1] if place + 1 < len(siblings) else None,
        "remedies": listed.filter(remedied=advice),
        "remedied": listed.filter(remedies=advice),
        "related": listed.related_to(advice)[:RELATED],
        "figures": advice.figures.read_in(language),
        "structured": [structured_data.text(request, advice, article.published_at)],
        "crumbs": [(Kind(kind).plural, reverse(f"{kind}s")), (advice.title, request.path)],
        "addresses": addresses.of_object(request, advice),
        "section": f"{kind}s",
    }
    return render(request, "articles/advice_detail.html", context)


# --- Topics and figures -----------------------------------------------------------------------------------------------


@public
def topic_list(request: HttpRequest) -> HttpResponse:
    context = {"topics": topics_with_counts(), "addresses": addresses.of_page(request), "section": "topics"}
    return render(request, "articles/topic_list.html", context)


@public
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_or_404(Topic.objects.all(), slug)
    if moved := moved_to(request, topic):
        return moved
    page = page_of(request, Advice.objects.published().on_topic(topic).by_kind().listed_in(get_language()))
    context = {
        "topic": topic,
        "page": page,
        "structured": [structured_data.item_list(request, page)],
        "crumbs": [(_("Topics"), reverse("topics")), (topic.name, request.path)],
        "addresses": addresses.of_object(request, topic, page.number),
        "section": "topics",
    }
    return render(request, "articles/topic_detail.html", context)


@public
def figure_list(request: HttpRequest) -> HttpResponse:
    page = page_of(request, Figure.objects.published().listed_in(get_language()))
    context = {"page": page, "addresses": addresses.of_list(request, "figures", page.number), "section": "figures"}
    return render(request, "articles/figure_list.html", context)


# --- For machines -----------------------------------------------------------------------------------------------------


@public
def root(request: HttpRequest) -> HttpResponse:
    """Send the reader to the home page in the best language that the browser asks for."""
    response = redirect(reverse("home"))
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public
def robots(request: HttpRequest) -> HttpResponse:
    sitemap = request.build_absolute_uri(reverse("sitemap"))
    return HttpResponse(f"User-agent: *\nDisallow: /admin/\n\nSitemap: {sitemap}\n", content_type="text/plain")


@public
def favicon(request: HttpRequest) -> HttpResponse:
    """Serve the icon where browsers look for it unasked."""
    icon = settings.BASE_DIR / "static" / "img" / "favicon.svg"
    return HttpResponse(icon.read_bytes(), content_type="image/svg+xml")


# --- What the views share ---------------------------------------------------------------------------------------------


def cards() -> QuerySet[Article]:
    """Return the published articles with the pieces of advice that stand as circles on their cards."""
    circles = Advice.objects.shown_in(get_language(), "kind", "position", "article", "title", "slug")
    articles = Article.objects.published().shown_in(get_language(), "title", "slug", "summary", "ink", "position")
    return articles.prefetch_related(Prefetch("advice", circles))


def topics_with_counts() -> QuerySet[Topic]:
    return Topic.objects.only(*columns("name", "slug", "summary")).with_counts()


def topics_prefetched() -> Prefetch:
    return Prefetch("topics", Topic.objects.shown_in(get_language(), "name", "slug", "position"))


def with_figures(advice: Iterable[Advice], figures: list[Figure]) -> list[tuple[Advice, list[Figure]]]:
    """Return each piece of advice with the figures that stand beside it."""
    return [(each, [figure for figure in figures if figure.advice_id == each.pk]) for each in advice]


def page_of(request: HttpRequest, queryset: QuerySet) -> Page:
    """Return the page of `queryset` that the request asks for; a page that there isn't is not found."""
    try:
        return Paginator(queryset, PAGE_SIZE).page(request.GET.get("page") or 1)
    except InvalidPage:
        raise Http404 from None


def get_or_404(queryset: SluggedQuerySet, slug: str) -> SluggedContent:
    found = queryset.find(slug, get_language())
    if found is None:
        raise Http404
    return found


def moved_to(request: HttpRequest, obj: SluggedContent) -> HttpResponsePermanentRedirect | None:
    """Return a redirect where `obj` has another address by now, or in this language."""
    if request.path == obj.get_absolute_url():
        return None
    query = request.META["QUERY_STRING"]
    return redirect(obj.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
