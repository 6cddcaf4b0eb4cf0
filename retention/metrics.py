"""What operators count, in the text format of Prometheus, for those in METRICS_ALLOWED."""

import os
import platform
from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import accumulate
from pathlib import Path
from time import time

import django
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from .fingerprint import fingerprint
from .page_cache.counters import counters
from .proxies import HEARSAY
from .traffic import BOUNDS, CLASSES, MICROSECONDS, traffic

STARTED = time()


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Tell what all processes of the server have done since it started."""
    # A proxy that nobody vouches for may ask for anyone.
    if HEARSAY in request.META or request.META.get("REMOTE_ADDR", "") not in settings.METRICS_ALLOWED:
        raise Http404
    families = (pages(), requests(), durations(), database_errors(), build(), process())
    text = "".join(line for lines in families for line in lines)
    return HttpResponse(text, content_type="text/plain; version=0.0.4; charset=utf-8")


def head(name: str, kind: str, text: str) -> str:
    return f"# HELP {name} {text}\n# TYPE {name} {kind}\n"


def sample(name: str, value: float, **labels: str) -> str:
    told = ",".join(f'{label.rstrip("_")}="{text}"' for label, text in labels.items())
    return f"{name}{{{told}}} {value}\n" if told else f"{name} {value}\n"


def pages() -> Iterator[str]:
    name = "retention_pages_total"
    yield head(name, "counter", "Public pages sent: ready, made, made for somebody else just then, maybe out of date.")
    for source, count in counters.sums().items():
        yield sample(name, count, from_=source)


def kinds() -> dict[str, dict]:
    """Return the counts of each kind of page that anybody has asked for."""
    by_kind: dict[str, dict] = {}
    for (kind, column), count in traffic().counters.sums().items():
        by_kind.setdefault(kind, {})[column] = count
    return {kind: counts for kind, counts in by_kind.items() if any(counts.values())}


def requests() -> Iterator[str]:
    name = "retention_requests_total"
    yield head(name, "counter", "Requests that the program itself answered; pages that were ready aren't among them.")
    for kind, counts in kinds().items():
        for status in CLASSES:
            if counts[status]:
                yield sample(name, counts[status], kind=kind, status=status)


def durations() -> Iterator[str]:
    name = "retention_request_duration_seconds"
    yield head(name, "histogram", "How long the program took for its answers.")
    for kind, counts in kinds().items():
        sums = list(accumulate(counts[bound] for bound in BOUNDS))
        for bound, count in zip(BOUNDS, sums, strict=True):
            yield sample(f"{name}_bucket", count, kind=kind, le="+Inf" if bound == BOUNDS[-1] else str(bound))
        yield sample(f"{name}_sum", counts[MICROSECONDS] / 1_000_000, kind=kind)
        yield sample(f"{name}_count", sums[-1], kind=kind)


def database_errors() -> Iterator[str]:
    name = "retention_database_errors_total"
    yield head(name, "counter", "Requests that failed since the database couldn't be asked or refused something.")
    yield sample(name, sum(traffic().database_errors.sums().values()))


def build() -> Iterator[str]:
    name = "retention_build_info"
    yield head(name, "gauge", "Which program runs.")
    yield sample(name, 1, program=fingerprint(), python=platform.python_version(), django=django.__version__)


def process() -> Iterator[str]:
    sizes = list(resident(counters.processes()))
    name = "retention_processes"
    yield head(name, "gauge", "Processes of the server that run, the first one included.")
    yield sample(name, len(sizes))
    name = "retention_memory_bytes"
    yield head(name, "gauge", "Memory that they take; what they share is counted in each.")
    yield sample(name, sum(sizes))
    name = "retention_start_time_seconds"
    yield head(name, "gauge", "When the server started, in seconds since 1970.")
    yield sample(name, round(STARTED, 3))


def resident(processes: Iterable[int]) -> Iterator[int]:
    """Return the memory of each of the processes that are still there, where the system tells."""
    for each in processes:
        with suppress(OSError):
            yield int(Path(f"/proc/{each}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
