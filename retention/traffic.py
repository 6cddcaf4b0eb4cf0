"""What the program itself has answered: how often, how, and how long it took. Pages that were ready aren't among it."""

import sys
from bisect import bisect_left
from collections.abc import Callable
from functools import cache
from itertools import product
from time import perf_counter

from django.conf import settings
from django.core.signals import got_request_exception
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.urls import get_resolver

from articles.paths import READERS

from .counters import Counters

CLASSES = ("1xx", "2xx", "3xx", "4xx", "5xx")
# Up to so many seconds; what takes longer is in the last one.
BOUNDS = (0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, float("inf"))
MICROSECONDS = "microseconds"
COLUMNS = (*CLASSES, *BOUNDS, MICROSECONDS)
DESK, STATIC, UNKNOWN = "desk", "static", "unknown"


class Traffic:
    """The requests of each kind of page, by the name of its address: by status, by time taken, and the time in all."""

    def __init__(self) -> None:
        named = sorted(name for name in get_resolver(READERS).reverse_dict if isinstance(name, str))
        self._places = {kind: number * len(COLUMNS) for number, kind in enumerate((DESK, STATIC, UNKNOWN, *named))}
        self.counters = Counters(product(self._places, COLUMNS))
        self.database_errors = Counters(["database errors"])

    def add(self, kind: str, status: int, seconds: float) -> None:
        place = self._places.get(kind, self._places[UNKNOWN])
        self.counters.add(place + status // 100 - 1)
        self.counters.add(place + len(CLASSES) + bisect_left(BOUNDS, seconds))
        self.counters.add(place + len(COLUMNS) - 1, int(seconds * 1_000_000))

    def note(self, **kwargs) -> None:
        """Count a fault that is the database's; a receiver of Django's signal."""
        if isinstance(sys.exc_info()[1], Error):
            self.database_errors.add(0)


@cache
def traffic() -> Traffic:
    """Return the one traffic of all processes, made before they part."""
    return Traffic()


def counted(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Count each request that reaches Django."""
    counts = traffic()
    got_request_exception.connect(counts.note, dispatch_uid="count database errors")

    def middleware(request: HttpRequest) -> HttpResponse:
        begun = perf_counter()
        response = get_response(request)
        counts.add(kind_of(request), response.status_code, perf_counter() - begun)
        return response

    return middleware


def kind_of(request: HttpRequest) -> str:
    """Return what kind of page was asked for."""
    match = request.resolver_match
    if match is None:
        return STATIC if request.path_info.startswith(settings.STATIC_URL) else UNKNOWN
    return DESK if match.namespaces else match.url_name
