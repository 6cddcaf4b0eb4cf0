"""The figures of one engine, that of the settings."""

import sys
import time
from collections import deque
from statistics import median
from typing import NamedTuple, Self

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from articles.indexing import rebuild  # noqa: E402
from articles.languages import LANGUAGES  # noqa: E402
from articles.models import Article, Entry, Topic  # noqa: E402
from articles.results import Filters, results  # noqa: E402
from articles.search_pages import PAGE_SIZE  # noqa: E402
from articles.searching import search  # noqa: E402
from bench import made_up  # noqa: E402
from bench.search_quality.questions import questions  # noqa: E402

SMALL, LARGE = 500, 50_000
ROUNDS = 3


class Times(NamedTuple):
    """What one query took, in milliseconds: until its answer was known, and until all that its page shows was, too."""

    answer: float
    page: float

    @classmethod
    def of(cls, text: str, language: str) -> tuple[Self, int]:
        """Return the shortest of some times by the clock, and how many results the page shows."""
        times = []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            answer = search(text, language)
            answered = time.perf_counter()
            filters = Filters(answer.entries, language, "", "")
            shown = len(results(filters.entries[:PAGE_SIZE], answer, filters.topics_by_entry))
            times.append((1000 * (answered - begun), 1000 * (time.perf_counter() - begun)))
        return cls(*map(min, zip(*times, strict=True))), shown


def measure(count: int) -> dict[tuple[str, str], Times]:
    """Make a site of `count` pieces of advice; return the times of each query that fills a page."""
    Article.objects.all().delete()
    Topic.objects.all().delete()
    deque(made_up.make(max(1, count // 10), count), maxlen=0)
    clock, process = time.perf_counter(), time.process_time()
    objects = sum(1 for _ in rebuild())
    clock, process = time.perf_counter() - clock, time.process_time() - process
    entries = Entry.objects.count()
    print(
        f"{count:,} pieces of advice: {entries:,} entries indexed in {clock:.1f} s ({process:.1f} s of this process), "
    )
    print(f"that is {entries / clock:,.0f} entries or {objects / clock:,.0f} objects a second", flush=True)
    asked = [(question.text, language) for language in LANGUAGES for question in questions(language)]
    taken = {each: Times.of(*each) for each in asked}
    return {each: times for each, (times, shown) in taken.items() if shown == PAGE_SIZE}


def main() -> None:
    call_command("build")
    call_command("migrate", verbosity=0)
    small, large = measure(SMALL), measure(int(sys.argv[1]) if len(sys.argv) > 1 else LARGE)
    for language in LANGUAGES:
        both = [each for each in small if each in large and each[1] == language]
        for name in Times._fields:
            before, after = (median(getattr(times[each], name) for each in both) for times in (small, large))
            print(
                f"{language}  {len(both)} queries, median until the {name} {before:5.1f} ms, then {after:5.1f} ms ",
                end="",
            )
            print(f"({after / before:.2f} times)", flush=True)


main()
