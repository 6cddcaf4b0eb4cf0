"""What all pages for readers have in common: they are the same for everyone, and anyone may keep them."""

from collections.abc import Callable
from functools import cache, wraps
from typing import TypeVar

from django.http import HttpResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

View = TypeVar("View", bound=Callable[..., HttpResponse])


def readable(view: Callable) -> Callable:
    """Make `view` read-only, and let anyone keep its answer who asks each time whether it still holds."""
    # No form of a reader changes anything, so there is nothing to forge.
    return csrf_exempt(require_safe(cache_control(public=True, no_cache=True)(view)))


def public(view: Callable) -> Callable:
    """Make `view` readable, and its page one that is kept: the same for everyone.

    It depends on its address alone, and of the query on what `depends_on` names; see `retention.page_cache`.
    """

    @wraps(view)
    def undated(*args, **kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        # What is published or taken back changes a page without a date that would tell; the ETag does.
        response.headers.pop("Last-Modified", None)
        if response["Content-Type"].startswith("text/html"):
            response.headers["Speculation-Rules"] = speculation_rules()
        return response

    undated.parameters = getattr(view, "parameters", ())
    return readable(undated)


@cache
def speculation_rules() -> str:
    """Return where browsers read what they may fetch ahead."""
    return f'"{static("prefetch.speculationrules")}"'


def depends_on(*parameters: str) -> Callable[[View], View]:
    """Name the parameters of the query that the page of a view depends on; it gets no other.

    "*" stands for those of a page that readers answer as they like: with a query it is made each time.
    """

    def named(view: View) -> View:
        view.parameters = parameters
        return view

    return named
