"""The addresses of the pictures beside links that people share."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

from . import questions, share_images
from .listings import List
from .models import Article, Listing
from .paths import path_of
from .public import public
from .views import get_or_404, sent_on, with_circles

# They are shown wherever a link is shared.
ANYWHERE = {"Cross-Origin-Resource-Policy": "cross-origin"}
# More are too small to tell apart.
EMBLEMS = 12


@public
def site_image(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.filter(pk__in=Listing.objects.of(List.ARTICLES).items()[:EMBLEMS]).only("key", "ink")
    return HttpResponse(share_images.of_site(articles), content_type="image/png", headers=ANYWHERE)


@public
def article_image(request: HttpRequest, slug: str) -> HttpResponse:
    article = get_or_404(questions.article_called(get_language(), slug=slug), Article, slug)
    if moved := sent_on(request, path_of("article-image", article.slug)):
        return moved
    with_circles([article], questions.circles(get_language(), found=[article.pk]))
    return HttpResponse(share_images.of_article(article), content_type="image/png", headers=ANYWHERE)
