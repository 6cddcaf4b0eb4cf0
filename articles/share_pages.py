"""The addresses of the pictures beside links that people share."""

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language

from . import share_images
from .languages import columns
from .listings import List
from .models import Advice, Article, Listing
from .public import public
from .views import get_or_404, sent_on

# More are too small to tell apart.
EMBLEMS = 12


@public
def site_image(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.only("key", "ink").filter(pk__in=Listing.objects.of(List.ARTICLES).items()[:EMBLEMS])
    return HttpResponse(share_images.of_site(articles), content_type="image/png")


@public
def article_image(request: HttpRequest, slug: str) -> HttpResponse:
    articles = Article.objects.published().shown_in(get_language(), *columns("title", "slug"), "key", "ink")
    circles = Prefetch("advice", Advice.objects.only("kind", "position", "article"))
    article = get_or_404(articles.prefetch_related(circles), slug)
    if moved := sent_on(request, reverse("article-image", args=[article.slug])):
        return moved
    return HttpResponse(share_images.of_article(article), content_type="image/png")
