"""The figures of one engine, that of the settings."""

import sys
import time
from statistics import median

import django

django.setup()

from django.core.management import call_command  # noqa: E402

from articles.indexing import rebuild  # noqa: E402
from articles.languages import LANGUAGES  # noqa: E402
from articles.models import Article, Entry  # noqa: E402
from articles.results import results  # noqa: E402
from articles.search_pages import PAGE_SIZE  # noqa: E402
from articles.searching import search  # noqa: E402
from bench import made_up  # noqa: E402
from bench.search_quality.questions import questions  # noqa: E402

SMALL, LARGE = 500, 50_000
ROUNDS = 3


def milliseconds(text: str, language: str) -> tuple[float, int]:
    """Return the shortest of some times that a query took with a page of its results, and how many were shown."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        answer = search(text, language)
        shown = len(results(answer.entries[:PAGE_SIZE], answer))
        times.append(1000 * (time.perf_counter() - start))
    return min(times), shown


def measure(count: int) -> dict[tuple[str, str], float]:
    """Make a site of `count` pieces of advice; return the time of each query that fills a page."""
    Article.objects.all().delete()
    made_up.make(count)
    start = time.perf_counter()
    objects = sum(1 for _ in rebuild())
    seconds = time.perf_counter() - start
    entries = Entry.objects.count()
    print(f"{count:,} pieces of advice: {entries:,} entries indexed in {seconds:.1f} s, ", end="")
    print(f"{entries / seconds:,.0f} entries or {objects / seconds:,.0f} objects a second", flush=True)
    asked = [(question.text, language) for language in LANGUAGES for question in questions(language)]
    taken = {each: milliseconds(*each) for each in asked}
    return {each: milliseconds for each, (milliseconds, shown) in taken.items() if shown == PAGE_SIZE}


def main() -> None:
    call_command("build")
    call_command("migrate", verbosity=0)
    small, large = measure(SMALL), measure(int(sys.argv[1]) if len(sys.argv) > 1 else LARGE)
    for language in LANGUAGES:
        both = [each for each in small if each in large and each[1] == language]
        before, after = median(small[each] for each in both), median(large[each] for each in both)
        slowest = max(large[each] for each in both)
        print(f"{language}  {len(both)} queries, median {before:5.1f} ms, then {after:5.1f} ms ", end="")
        print(f"({after / before:.2f} times, slowest {slowest:.1f} ms)", flush=True)


main()
