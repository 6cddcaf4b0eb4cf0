"""What operators count, in the text format of Prometheus."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .page_cache.counters import counters

PAGES = """\
# HELP retention_pages_total Public pages sent, by whether they were ready, had to be made, or may be out of date.
# TYPE retention_pages_total counter
"""


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell where the public pages came from that all processes of the server have sent since it started."""
    lines = [f'retention_pages_total{{from="{name}"}} {count}\n' for name, count in counters.sums().items()]
    return HttpResponse(PAGES + "".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")
