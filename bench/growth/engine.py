"""A site of so many articles, on the database of the settings: `python -m bench.growth.engine <articles>`.

It fills the database and tells the names of the pages that can be asked for, then answers line by line, in JSON, how
many milliseconds by the clock the page of that name takes at best.
"""

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.http import urlencode  # noqa: E402
from django.utils.translation import override  # noqa: E402

from articles.languages import LANGUAGES  # noqa: E402
from articles.listings import List  # noqa: E402
from articles.models import Advice, Article, Listing, Topic  # noqa: E402
from bench.engines import answer  # noqa: E402
from retention.page_cache.keys import Key  # noqa: E402
from retention.page_cache.pages import Pages  # noqa: E402

ADVICE_PER_ARTICLE = 10
# One after the other, of which the best counts: a database that was asked for another page has this one's rows farther.
TIMES = 4
NAMES = (
    *("home", "articles", "tips", "rules", "mistakes", "topics", "figures", "today", "sheet", "check", "check-result"),
    *("calculator", "feed", "daily-feed", "calendar"),
)
# A common word, and several words that stand together.
SEARCHES = {
    "en": ("price", "loyal customers"),
    "fi": ("hinta", "uskolliset asiakkaat"),
    "et": ("hind", "lojaalsed kliendid"),
    "ru": ("цена", "верные клиенты"),
    "hy": ("գին", "հավատարիմ հաճախորդներ"),
}

# Asks for a page once, and returns its status.
Ask = Callable[[], int]


def addresses() -> dict[str, tuple[str, str]]:
    """Return path and query of each page for readers, by what it is called; deep ones lie near the end."""
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
        found["the sitemap’s last full part"] = "/sitemap-advice.xml", f"p={last // 250}"
    for language in LANGUAGES:
        with override(language):
            found |= {f"search for {text}": (reverse("search"), urlencode({"q": text})) for text in SEARCHES[language]}
    return found


def paths_of_the_desk() -> dict[str, str]:
    """Return the path of each list of the desk that is full on a small site, too, by what it is called."""
    articles, advice, figures = (
        reverse(f"admin:articles_{name}_changelist") for name in ("article", "advice", "figure")
    )
    topic = Topic.objects.order_by("position").first()
    return {
        "board": reverse("admin:index"),
        "work": f"{reverse('admin:work')}?language=fi",
        "articles at the desk": articles,
        "advice at the desk": advice,
        "advice at the desk, the second page": f"{advice}?p=2",
        "mistakes at the desk": f"{advice}?kind__exact=mistake",
        "advice at the desk on a topic": f"{advice}?topic={topic.pk}",
        "figures at the desk": figures,
        "titles at the desk with “customer”": f"{advice}?q=customer",
    }


def asks() -> dict[str, Ask]:
    """Return what asks for each page, past the cache of pages."""
    pages = Pages()
    found = {
        name: partial(status_of, pages, Key(is_secure=False, host="localhost", mount="", path=path, query=query))
        for name, (path, query) in addresses().items()
    }
    client = Client(headers={"host": "localhost"})
    client.force_login(get_user_model().objects.create_superuser("editor"))
    return found | {name: partial(status_at, client, path) for name, path in paths_of_the_desk().items()}


def status_of(pages: Pages, key: Key) -> int:
    status, _headers, _body = pages(key)
    return int(status.split()[0])


def status_at(client: Client, path: str) -> int:
    return client.get(path).status_code


def time_of(ask: Ask) -> float:
    """Return the milliseconds that a page takes at best."""
    taken = []
    for _time in range(TIMES):
        begun = time.perf_counter()
        status = ask()
        taken.append(1000 * (time.perf_counter() - begun))
        assert status == 200, (ask, status)
    return min(taken)


def main() -> None:
    articles = int(sys.argv[1])
    command = [sys.executable, "-m", "bench.fill", str(articles), str(ADVICE_PER_ARTICLE * articles), "--search"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    known = asks()
    answer(list(known), lambda name: time_of(known[name]))


main()
