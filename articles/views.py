"""What visitors reach. Each view asks a question of the querysets and hands the answer to a template."""

from collections.abc import Iterable

from django.core import signing
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import addresses, publishing, structured_data
from .abstract import SluggedContent
from .choices import Kind
from .days import days
from .languages import columns
from .listings import OF_KIND, WHOLE, List, Listing
from .models import Advice, Article, Figure, Topic
from .neighbours import related_to
from .pages import Pages
from .public import public
from .querysets import SluggedQuerySet

# All that the site itself brings of one kind fits on one page.
PAGE_SIZE = 30
# A card has a circle for each piece of advice in its article.
CARDS, HOME_CARDS = 10, 6
RELATED = 4


@public
def home(request: HttpRequest) -> HttpResponse:
    articles = list(cards().filter(pk__in=Listing.objects.of(List.ARTICLES).items()[:HOME_CARDS]))
    rules = (advice for article in articles for advice in article.advice.all() if advice.kind == Kind.RULE)
    date = timezone.localdate()
    context = {
        "articles": articles,
        "rule": next(rules, None),
        "day": next(iter(days(date, date, get_language())), None),
        "topics": topics_with_counts(),
        "addresses": addresses.of_page(request),
    }
    return render(request, "articles/home.html", context)


# --- Articles ---------------------------------------------------------------------------------------------------------


@public
def article_list(request: HttpRequest) -> HttpResponse:
    pages = Pages(Listing.objects.of(List.ARTICLES), CARDS)
    if moved := pages.moved(request):
        return moved
    page = pages.asked_for(request)
    articles = cards().in_order_of(page.keys)
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
    language = get_language()
    fields = ("summary", "introduction", "closing", "ink", "key", "source_language", "published_at", "updated_at")
    articles = Article.objects.published().shown_in(language, *columns("title", "slug"), *fields)
    article = get_or_404(articles.telling_outdated(language), slug)
    if moved := moved_to(request, article):
        return moved
    context = article_context(request, article) | {
        "structured": [structured_data.text(request, article, article.published_at)],
        "addresses": addresses.of_object(request, article),
    }
    return render(request, "articles/article_detail.html", context)


def article_context(request: HttpRequest, article: Article) -> dict[str, object]:
    language = get_language()
    figures = list(Figure.objects.filter(article=article).read_in(language))
    advice = article.advice.read_in(language)
    return {
        "article": article,
        "advice": with_figures(advice, figures),
        "has_mistakes": any(each.kind == Kind.MISTAKE for each in advice),
        "figures": [figure for figure in figures if figure.advice_id is None],
        "crumbs": [(_("Articles"), reverse("articles")), (article.title, request.path)],
        "section": "articles",
    }


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
    pages = Pages(Listing.objects.of(OF_KIND[kind], topic.pk if topic else WHOLE), PAGE_SIZE)
    if moved := pages.moved(request):
        return moved
    page = pages.asked_for(request)
    advice = Advice.objects.listed_in(get_language()).in_order_of(page.keys)
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
def advice_detail(request: HttpRequest, kind: Kind, slug: str) -> HttpResponse:
    language = get_language()
    fields = ("kind", "position", "article", "key", "body", "action", "created_at", "updated_at")
    found = Advice.objects.published().shown_in(language, *columns("title", "slug"), *fields)
    advice = get_or_404(found.telling_outdated(language).prefetch_related(topics_prefetched()), slug)
    if moved := moved_to(request, advice):
        return moved
    context = advice_context(request, advice)
    context |= {
        "structured": [structured_data.text(request, advice, context["article"].published_at)],
        "addresses": addresses.of_object(request, advice),
    }
    return render(request, "articles/advice_detail.html", context)


def advice_context(request: HttpRequest, advice: Advice) -> dict[str, object]:
    language, kind = get_language(), Kind(advice.kind)
    of_article = ("title", "slug", "ink", "position", "source_language", "published_at")
    article = advice.article = Article.objects.shown_in(language, *of_article).get(pk=advice.article_id)
    siblings = list(article.advice.shown_in(language, "kind", "position", "article", "title", "slug"))
    place = siblings.index(advice)
    loaded = Advice.objects.listed_in(language)
    listed = loaded.published().in_reading_order()
    return {
        "advice": advice,
        "article": article,
        "siblings": siblings,
        "previous": siblings[place - 1] if place else None,
        "next": siblings[place + 1] if place + 1 < len(siblings) else None,
        "remedies": listed.filter(remedied=advice),
        "remedied": listed.filter(remedies=advice),
        "related": loaded.in_order_of(related_to(advice, RELATED)),
        "figures": advice.figures.read_in(language),
        "crumbs": [(kind.plural, reverse(f"{kind}s")), (advice.title, request.path)],
        "section": f"{kind}s",
    }


# --- Previews ---------------------------------------------------------------------------------------------------------


@require_safe
@never_cache
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show an article or a piece of advice as its readers will see it, to whoever was given the link."""
    try:
        obj = publishing.previewed(token)
    except signing.SignatureExpired:
        return render(request, "articles/preview_expired.html", status=410)
    except signing.BadSignature:
        raise Http404 from None
    if obj is None:
        raise Http404
    if publishing.is_visible(obj):
        return redirect(obj)
    name = obj._meta.model_name
    contexts = {"article": article_context, "advice": advice_context}
    context = contexts[name](request, obj) | {
        "addresses": addresses.of_page(request),
        "is_unlisted": True,
        "is_preview": True,
    }
    response = render(request, f"articles/{name}_detail.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


# --- Topics and figures -----------------------------------------------------------------------------------------------


@public
def topic_list(request: HttpRequest) -> HttpResponse:
    context = {"topics": topics_with_counts(), "addresses": addresses.of_page(request), "section": "topics"}
    return render(request, "articles/topic_list.html", context)


@public
def topic_detail(request: HttpRequest, slug: str) -> HttpResponse:
    topic = get_or_404(Topic.objects.telling_outdated(get_language()), slug)
    if moved := moved_to(request, topic):
        return moved
    pages = Pages(Listing.objects.on(topic.pk), PAGE_SIZE)
    if moved := pages.moved(request):
        return moved
    page = pages.asked_for(request)
    advice = Advice.objects.listed_in(get_language()).in_order_of(page.keys)
    context = {
        "topic": topic,
        "page": page,
        "advice": advice,
        "structured": [structured_data.item_list(request, advice)],
        "crumbs": [(_("Topics"), reverse("topics")), (topic.name, request.path)],
        "addresses": addresses.of_object(request, topic, page.after),
        "section": "topics",
    }
    return render(request, "articles/topic_detail.html", context)


@public
def figure_list(request: HttpRequest) -> HttpResponse:
    pages = Pages(Listing.objects.of(List.FIGURES), PAGE_SIZE)
    if moved := pages.moved(request):
        return moved
    page = pages.asked_for(request)
    context = {
        "page": page,
        "figures": Figure.objects.listed_in(get_language()).in_order_of(page.keys),
        "addresses": addresses.of_list(request, "figures", page.after),
        "section": "figures",
    }
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


# --- What the views share ---------------------------------------------------------------------------------------------


def cards() -> QuerySet[Article]:
    """Load articles with the pieces of advice that stand as circles on their cards."""
    circles = Advice.objects.shown_in(get_language(), "kind", "position", "article", "title", "slug")
    fields = ("key", "title", "slug", "summary", "ink", "position")
    articles = Article.objects.shown_in(get_language(), *fields)
    return articles.prefetch_related(Prefetch("advice", circles))


def topics_with_counts() -> QuerySet[Topic]:
    return Topic.objects.only("key", *columns("name", "slug", "summary")).with_counts()


def topics_prefetched() -> Prefetch:
    return Prefetch("topics", Topic.objects.shown_in(get_language(), "name", "slug", "position"))


def with_figures(advice: Iterable[Advice], figures: list[Figure]) -> list[tuple[Advice, list[Figure]]]:
    """Return each piece of advice with the figures that stand beside it."""
    return [(each, [figure for figure in figures if figure.advice_id == each.pk]) for each in advice]


def get_or_404(queryset: SluggedQuerySet, slug: str) -> SluggedContent:
    found = queryset.find(slug, get_language())
    if found is None:
        raise Http404
    return found


def moved_to(request: HttpRequest, obj: SluggedContent) -> HttpResponsePermanentRedirect | None:
    """Return a redirect where `obj` has another address by now, or in this language."""
    return sent_on(request, obj.get_absolute_url())


def sent_on(request: HttpRequest, path: str) -> HttpResponsePermanentRedirect | None:
    """Return a redirect to `path`, the query kept, unless that is where the request is."""
    if request.path == path:
        return None
    query = request.META["QUERY_STRING"]
    return redirect(path + (f"?{query}" if query else ""), permanent=True)
