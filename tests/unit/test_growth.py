"""What readers and the desk ask for costs no more on a large site than on a small one, on either database."""

import datetime as dt
import json
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from reversion.models import Revision, Version

from articles import titles
from articles.admin import board, lists
from articles.choices import Kind
from articles.enlisting import enlist_all
from articles.history import keep, versions_of
from articles.indexing import rebuild
from articles.languages import LANGUAGES
from articles.listings import WHOLE, List
from articles.models import Advice, Article, Figure, Listing, Stint, Topic, Word
from articles.roster import follow
from articles.status import OUTDATED, confirm
from articles.unrecorded import keep_unrecorded
from bench import made_up

pytestmark = pytest.mark.django_db

SMALL, LARGE = 150, 450
# What rows happen to be on a page makes some difference.
FACTOR, SLACK = 1.25, 600
CONTENT = {"reversion_revision", "reversion_version"} | {
    f"articles_{name}" for name in ("advice", "advice_topics", "article", "figure", "listing", "stint", "word")
}


def fill(articles: int) -> None:
    """Make a site of so many articles, each with ten pieces of advice."""
    for model in (Article, Topic, Stint):
        model.objects.all().delete()
    deque(made_up.make(articles, 10 * articles), maxlen=0)
    enlist_all()
    follow()
    gather_statistics()


def gather_statistics() -> None:
    """Do what PostgreSQL does by itself after a while, and SQLite never."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def paths() -> dict[str, str]:
    """Return the paths of the pages that are looked at, by name; the deep ones lie near the end."""
    names = ("home", "articles", "tips", "rules", "mistakes", "topics", "figures")
    others = ("today", "daily-feed", "feed", "sheet", "check", "check-result", "calculator")
    found = {name: reverse(name) for name in (*names, *others)}
    topics = list(Topic.objects.all())
    article = Article.objects.get(pk=Listing.objects.of(List.ARTICLES).items()[SMALL // 2])
    advice = article.advice.order_by("position")
    for each in (article, *advice.filter(position__in=(2, 3, 10)), *topics[:3]):
        found[str(each.key)] = each.get_absolute_url()
    rules = advice.filter(kind=Kind.RULE)
    found |= {
        "side by side": reverse("article-beside", args=[article.slug, "fi"]),
        "poster": reverse("poster", args=[rules[0].slug]),
        "picture": reverse("article-image", args=[article.slug]),
        "sheet of some": f"{reverse('sheet')}?{'&'.join(f'advice={each.pk}' for each in advice[:3])}",
    }
    for name, places in {
        "tips": Listing.objects.of(List.TIPS),
        "articles": Listing.objects.of(List.ARTICLES),
        "figures": Listing.objects.of(List.FIGURES),
        "topic": Listing.objects.of(None, topics[0].pk),
    }.items():
        path = topics[0].get_absolute_url() if name == "topic" else reverse(name)
        found[f"{name}, deep"] = f"{path}?after={places.reverse().items()[31]}"
    for topic in (topics[0], topics[2]):
        found[f"tips on {topic.key}"] = f"{reverse('tips')}?topic={topic.slug}"
    last = Advice.objects.order_by("-pk").values_list("pk", flat=True)[0]
    return found | {
        "index of the sitemap": "/sitemap.xml",
        "part of the sitemap": f"/sitemap-advice.xml?p={1 + last // 100}",
        "nothing": "/en/tips/there-is-no-such-tip/",
    }


@contextmanager
def steps_of_sqlite() -> Iterator[Callable[[], int]]:
    """Count by tens the instructions that SQLite's machine takes."""
    ticks = []
    connection.connection.set_progress_handler(lambda: ticks.append(1), 10)
    try:
        yield lambda: 10 * len(ticks)
    finally:
        connection.connection.set_progress_handler(None, 0)


@contextmanager
def rows_of_postgresql() -> Iterator[Callable[[], int]]:
    """Count the rows of content that PostgreSQL looks at, and have it read no table from end to end if it needn't."""
    rows: list[int] = []

    def explained(execute, sql, params, many, context):
        if sql.lstrip("( ").upper().startswith("SELECT"):
            with connection.connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
                rows.extend(map(looked_at, scans(plan_in(cursor.fetchone()[0]))))
        return execute(sql, params, many, context)

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    with connection.execute_wrapper(explained):
        yield lambda: sum(rows)


def plan_in(answer: str | list) -> dict:
    return (json.loads(answer) if isinstance(answer, str) else answer)[0]["Plan"]


def scans(node: dict) -> Iterator[dict]:
    if node.get("Relation Name") in {*CONTENT, "articles_entry"}:
        assert node["Node Type"] != "Seq Scan", node
    # Of entries, what stands on one shelf is looked at, which a small site doesn't fill.
    if node.get("Relation Name") in CONTENT:
        yield node
    for child in node.get("Plans", ()):
        yield from scans(child)


def looked_at(node: dict) -> int:
    removed = node.get("Rows Removed by Filter", 0) + node.get("Rows Removed by Index Recheck", 0)
    return round((node["Actual Rows"] + removed) * node["Actual Loops"])


COUNTING = {"sqlite": steps_of_sqlite, "postgresql": rows_of_postgresql}


def work(paths: dict[str, str], client: Client) -> dict[str, int]:
    """Return what each page costs the database by the second time that it is asked for."""
    found = {}
    for name, path in paths.items():
        client.get(path)
        with COUNTING[connection.vendor]() as count:
            response = client.get(path)
        assert response.status_code == (404 if name == "nothing" else 200), path
        found[name] = count()
    return found


def grown(
    paths: Callable[[], dict[str, str]], client: Client, fill: Callable[[int], None] = fill
) -> dict[str, tuple[int, int]]:
    """Return by name what costs more on the large site than on the small one, with both costs."""
    fill(SMALL)
    small = work(paths(), client)
    fill(LARGE)
    large = work(paths(), client)
    return {name: (small[name], cost) for name, cost in large.items() if cost > FACTOR * small[name] + SLACK}


def test_nothing_that_readers_ask_for_grows_with_the_site(monkeypatch):
    monkeypatch.setattr("articles.sitemaps.LanguageSitemap.limit", 100)
    assert grown(paths, Client()) == {}
    assert Listing.objects.filter(topic=WHOLE, list=List.ARTICLES).count() > 300


def fill_with_words(articles: int) -> None:
    """Have the texts use some more words for each of so many articles."""
    Word.objects.filter(text__startswith="zz").delete()
    Word.objects.bulk_create(
        Word.spelt(language, f"zz{number}", entries=1, titles=1)
        for language in LANGUAGES
        for number in range(10 * articles)
    )


def searches_of_readers() -> dict[str, str]:
    """Return the paths of what readers look for: a word of the texts, one that goes on, a misspelt one, and none."""
    search, suggestions = reverse("search"), reverse("search-suggestions")
    words = ("complaint", "compl", "complant", "qxqxqx")
    return {f"{path} {word}": f"{path}?q={word}" for path in (search, suggestions) for word in words}


def test_no_search_of_readers_grows_with_the_words_of_the_texts():
    assert grown(searches_of_readers, Client(), fill_with_words) == {}


def fill_with_history(articles: int) -> None:
    """Have the history hold a save of other things for each of so many articles."""
    Revision.objects.filter(comment="Other").delete()
    revisions = Revision.objects.bulk_create(
        Revision(date_created=timezone.now(), comment="Other") for number in range(articles)
    )
    types = ContentType.objects.get_for_models(Article, Advice, Figure).values()
    data = {"db": "default", "format": "content", "serialized_data": "[]"}
    Version.objects.bulk_create(
        Version(content_type=each, object_id=f"9000{number}{revision.pk}", revision=revision, **data)
        for each in types
        for revision in revisions
        for number in range(10)
    )
    gather_statistics()


def test_whether_an_article_is_recorded_is_told_as_soon_however_much_the_history_holds():
    article = Article.objects.first()
    keep([article])
    costs = []
    for articles in (SMALL, LARGE):
        fill_with_history(articles)
        with COUNTING[connection.vendor]() as count:
            keep_unrecorded(article)
        costs.append(count())
    small, large = costs
    assert large <= FACTOR * small + SLACK


def pages_with_history() -> dict[str, str]:
    """Return the paths of the pages of the desk that tell of saves, by name, for one object of each model."""
    found = {}
    for model in (Article, Topic, Advice, Figure):
        obj = model.objects.order_by("pk")[0]
        version = versions_of(model, obj.pk)[0]
        name = f"articles_{model._meta.model_name}"
        for page, *further in (("change",), ("history",), ("restore", version.pk)):
            found[f"{name} {page}"] = reverse(f"admin:{name}_{page}", args=[obj.pk, *further])
        found[f"{name} compare"] = f"{reverse(f'admin:{name}_compare', args=[obj.pk])}?old={version.pk}&new=now"
    return found


def test_no_page_of_the_desk_grows_with_the_history_of_what_it_does_not_show(admin_client):
    keep([model.objects.order_by("pk")[0] for model in (Article, Topic, Advice, Figure)])
    assert grown(pages_with_history, admin_client, fill_with_history) == {}


def fill_without_outdated_armenian(articles: int) -> None:
    """Make a site where whoever looks for what isn't there has to look through everything, or at an index."""
    fill(articles)
    for each in Advice.objects.with_status("hy").filter(status_hy=OUTDATED):
        confirm(each, ["hy"])


def paths_of_the_desk() -> dict[str, str]:
    """Return the paths of the lists of content and of what tells what is left to do, by name."""
    first_page, work_list = reverse("admin:index"), f"{reverse('admin:work')}?language=fi"
    advice = reverse("admin:articles_advice_changelist")
    articles, figures = reverse("admin:articles_article_changelist"), reverse("admin:articles_figure_changelist")
    article = Article.objects.order_by("position")[SMALL // 2]
    begin, end = (timezone.now() - dt.timedelta(days=ago) for ago in (300, 120))
    often, seldom = (Topic.objects.annotate(size=Count("advice")).order_by(order)[0] for order in ("-size", "size"))
    return {
        "board": first_page,
        "board, deep": f"{first_page}?page=2",
        "work": work_list,
        "work, deep": f"{work_list}&page=4",
        "work of one status": f"{work_list}&status=outdated",
        "work on an article": f"{work_list}&about={article.pk}",
        "articles": articles,
        "drafts": f"{articles}?publication=draft",
        "scheduled articles": f"{articles}?publication=scheduled",
        "articles of half a year": f"{articles}?published_at__gte={begin:%F}T00:00Z&published_at__lt={end:%F}T00:00Z",
        "articles written in a language": f"{articles}?source_language__exact=hy",
        "advice": advice,
        "advice, deep": f"{advice}?p=2",
        "advice of a kind": f"{advice}?kind__exact=mistake",
        "advice of a kind, deep": f"{advice}?kind__exact=mistake&p=2",
        "advice on a topic": f"{advice}?topic={often.pk}",
        "advice on a topic, deep": f"{advice}?topic={often.pk}&p=2",
        "advice on a rare topic": f"{advice}?topic={seldom.pk}",
        "figures": figures,
        "figures founded on attribution": f"{figures}?founded__exact=attributed",
        "missing in a language": f"{advice}?language=fi&translation=missing",
        "outdated in a language": f"{advice}?language=fi&translation=outdated",
        "outdated in a finished language": f"{advice}?language=hy&translation=outdated",
        "missing in any": f"{advice}?translation=missing",
        "outdated in any": f"{advice}?translation=outdated",
    }


def test_no_list_of_the_desk_grows_with_the_site(admin_client, monkeypatch):
    monkeypatch.setattr(lists, "MOST", 10)
    monkeypatch.setattr(lists.BoundedAdmin, "list_per_page", 5)
    monkeypatch.setattr(board, "ARTICLES_PER_PAGE", 5)
    monkeypatch.setattr(board, "ROWS_PER_PAGE", 3)
    assert grown(paths_of_the_desk, admin_client, fill_without_outdated_armenian) == {}


def fill_with_index(articles: int) -> None:
    """Make a site with all its titles in the index, each of its words in more of them the larger it is."""
    fill(articles)
    deque(rebuild(), maxlen=0)


def searches_of_the_desk() -> dict[str, str]:
    """Return the paths of what editors look for, by name: a word of many titles, of few, of none, and a beginning."""
    lists = {name: reverse(f"admin:articles_{name}_changelist") for name in ("article", "advice", "figure")}
    words = {"many": "customer", "in Armenian": "հաճախորդ", "a beginning": "cust", "none": "zzzzqq"}
    found = {f"{name}, {word}": f"{path}?q={text}" for name, path in lists.items() for word, text in words.items()}
    title = Advice.objects.order_by("pk")[SMALL].title_fi
    advice, field = lists["advice"], "app_label=articles&model_name=advice&field_name"
    return found | {
        "a whole title": f"{advice}?q={title}",
        "a word of figures": f"{advice}?q=10",
        "missing": f"{advice}?q=customer&translation=missing",
        "outdated": f"{advice}?q=customer&translation=outdated",
        "on a topic": f"{advice}?q=customer&topic={Topic.objects.all()[0].pk}",
        "of a kind": f"{advice}?q=customer&kind__exact=mistake",
        "an article to choose": f"{reverse('admin:autocomplete')}?term=cust&{field}=article",
        "advice to choose": f"{reverse('admin:autocomplete')}?term=cust&{field}=remedies",
    }


def test_no_search_of_the_desk_grows_with_the_site(admin_client, monkeypatch):
    monkeypatch.setattr(titles, "MOST_FOUND", 10)
    assert grown(searches_of_the_desk, admin_client, fill_with_index) == {}
