"""The figures of one engine, that of the settings."""

import subprocess
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.translation import override  # noqa: E402

from articles.listings import List  # noqa: E402
from articles.models import Advice, Article, Listing, Topic  # noqa: E402
from retention.page_cache.keys import Key  # noqa: E402
from retention.page_cache.pages import Pages  # noqa: E402

# The smallest site on which every list has a page and more to show.
SMALL, LARGE = 100, 50_000
ADVICE_PER_ARTICLE = 10
ROUNDS, TIMES, MOST = 5, 5, 1.25
NAMES = (
    *("home", "articles", "tips", "rules", "mistakes", "topics", "figures", "today", "sheet", "check", "check-result"),
    *("calculator", "feed", "daily-feed", "calendar"),
)


def addresses() -> dict[str, tuple[str, str]]:
    """Return path and query of each page that is looked at, by what it is called; deep ones lie near the end."""
    with override("en"):
        found = {name: (reverse(name), "") for name in NAMES}
        middle = Listing.objects.of(List.ARTICLES).items()[Listing.objects.of(List.ARTICLES).count() // 2]
        article = Article.objects.get(pk=middle)
        advice = article.advice.order_by("position").first()
        topic = Topic.objects.order_by("position").first()
        found |= {"article": (article.get_absolute_url(), ""), "advice": (advice.get_absolute_url(), "")}
        found |= {"topic": (topic.get_absolute_url(), ""), "tips on a topic": (reverse("tips"), f"topic={topic.slug}")}
        for name, number in (("tips", List.TIPS), ("articles", List.ARTICLES), ("figures", List.FIGURES)):
            after = Listing.objects.of(number).reverse().items()[40]
            found[f"{name}, the last but one"] = reverse(name), f"after={after}"
        last = Advice.objects.order_by("-pk").values_list("pk", flat=True)[0]
    return found | {"the sitemap’s last full part": ("/sitemap-advice.xml", f"p={last // 250}")}


def times() -> dict[str, float]:
    """Return the milliseconds by the clock that each page takes at best.

    They are asked for several times each, and that again in turn, since this machine has other things to do for a
    while, as has the database after much was written.
    """
    pages = Pages()
    keys = {
        name: Key(is_secure=False, host="localhost", mount="", path=path, query=query)
        for name, (path, query) in addresses().items()
    }
    rounds = [
        {name: min(time_of(pages, key) for _time in range(TIMES)) for name, key in keys.items()}
        for _round in range(ROUNDS)
    ]
    return {name: min(each[name] for each in rounds) for name in keys}


def time_of(pages: Pages, key: Key) -> float:
    begun = time.perf_counter()
    status, _headers, _body = pages(key)
    taken = 1000 * (time.perf_counter() - begun)
    assert status.startswith("200"), (key, status)
    return taken


def filled(articles: int) -> dict[str, float]:
    """Make a site of so many articles in place of the one that is there; return what its pages take."""
    call_command("migrate", verbosity=0)
    call_command("flush", interactive=False, verbosity=0)
    command = [sys.executable, "-m", "bench.fill", str(articles), str(ADVICE_PER_ARTICLE * articles)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return times()


def main() -> None:
    call_command("build")
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else LARGE
    small, large = filled(SMALL), filled(articles)
    print(f"milliseconds a page with {SMALL} and {articles:,} articles, {ADVICE_PER_ARTICLE} pieces of advice in each")
    for name, before in small.items():
        factor = large[name] / before
        print(f"  {name:30} {before:6.2f} {large[name]:6.2f}  {factor:.2f} times{'   MISSED' if factor > MOST else ''}")


main()
