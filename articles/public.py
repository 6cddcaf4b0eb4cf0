"""What all pages for readers have in common: they are the same for everyone, and anyone may keep them."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def public(view: Callable) -> Callable:
    """Make `view` read-only, and let anyone keep its answer who asks each time whether it still holds."""

    @wraps(view)
    def undated(*args, **kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        # What is published or taken back changes a page without a date that would tell; the ETag does.
        response.headers.pop("Last-Modified", None)
        if response["Content-Type"].startswith("text/html"):
            response.headers["Speculation-Rules"] = f'"{static("prefetch.speculationrules")}"'
        return response

    # No form of a reader changes anything, so there is nothing to forge.
    return csrf_exempt(require_safe(cache_control(public=True, no_cache=True)(undated)))
