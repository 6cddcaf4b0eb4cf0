"""What isn't published yet, for those who were sent the link."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from . import addresses, publishing, questions
from .models import Advice, Article
from .views import advice_context, article_context

READ = {Article: (questions.article_read, article_context), Advice: (questions.advice_read, advice_context)}


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
    context = context_of(request, obj) | {
        "addresses": addresses.of_page(request),
        "is_unlisted": True,
        "is_preview": True,
    }
    response = render(request, f"articles/{obj._meta.model_name}_detail.html", context)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def context_of(request: HttpRequest, obj: Article | Advice) -> dict[str, object]:
    read, context = READ[type(obj)]
    return context(request, obj, *read.about(get_language(), found=[obj.pk]))
