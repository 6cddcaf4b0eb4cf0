"""A site of so many pieces of advice, on the database of the settings: `python -m bench.search_speed.engine <count>`.

It fills the database and tells how long the index took, then answers line by line, in JSON as it is asked: for a query
and its language how long it took until the answer was known, and until all that its page shows was, in milliseconds,
and whether results fill that page.
"""

import sys
import time
from collections import deque

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from articles.indexing import rebuild  # noqa: E402
from articles.models import Entry  # noqa: E402
from articles.results import Filters, results  # noqa: E402
from articles.search_pages import PAGE_SIZE  # noqa: E402
from articles.searching import search  # noqa: E402
from bench import made_up  # noqa: E402
from bench.engines import answer  # noqa: E402


def fill(count: int) -> dict[str, float]:
    """Make the site; return how many entries its index has, and the seconds that took, of this process and in all."""
    call_command("migrate", verbosity=0)
    deque(made_up.make(max(1, count // 10), count), maxlen=0)
    clock, process = time.perf_counter(), time.process_time()
    deque(rebuild(), maxlen=0)
    clock, process = time.perf_counter() - clock, time.process_time() - process
    return {"entries": Entry.objects.count(), "clock": clock, "process": process}


def times(text: str, language: str) -> tuple[float, float, bool]:
    begun = time.perf_counter()
    answer = search(text, language)
    answered = time.perf_counter()
    filters = Filters(answer.entries, language, "", "")
    first = filters.entries[:PAGE_SIZE]
    shown = len(results(first, answer, filters.topics_by_entry(first)))
    return 1000 * (answered - begun), 1000 * (time.perf_counter() - begun), shown == PAGE_SIZE


answer(fill(int(sys.argv[1])), times)
