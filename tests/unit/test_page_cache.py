"""The page cache: what it keeps, for whom, and until when."""

import datetime as dt
import gzip
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from articles import checks, publishing
from articles.editions import current_edition
from articles.models import Advice, Article, ContentStamp, Topic
from retention.checks import cache_is_shared
from retention.networks import Networks
from retention.page_cache import answers, watch
from retention.page_cache.answers import ENCODE, OVERHEAD, Answer, Headers, best_encoding
from retention.page_cache.application import PageCache
from retention.page_cache.keys import Key, canonical
from retention.page_cache.memory import Memory
from retention.page_cache.pages import Pages
from retention.proxies import Proxies

from ..page_types import LANGUAGES, PAGE_TYPES, path_of
from .pages import paths_in
from .requests import Response, ask

MEGABYTE = 1024 * 1024
READY, MADE = "pages; hit", "pages; fwd=miss"


class Counting:
    """An application, and for which addresses it was asked."""

    def __init__(self, application: WSGIHandler) -> None:
        self.application = application
        self.asked: list[str] = []

    def __call__(self, environ, start_response):
        self.asked.append(environ["PATH_INFO"] + (f"?{environ['QUERY_STRING']}" if environ["QUERY_STRING"] else ""))
        return self.application(environ, start_response)


class CountingPages(Pages):
    """Pages, and the addresses of those that were made."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def __call__(self, key: Key) -> tuple[str, Headers, bytes]:
        self.asked.append(f"{key.path}?{key.query}" if key.query else key.path)
        return super().__call__(key)


@pytest.fixture
def django(one_connection) -> Counting:
    return Counting(get_wsgi_application())


@pytest.fixture
def pages(one_connection) -> CountingPages:
    return CountingPages()


@pytest.fixture
def site(django, pages, monkeypatch) -> PageCache:
    """The site behind its page cache; what the thread does all the time, `site.watch.look()` does here."""
    monkeypatch.setattr(watch, "PATIENCE", 600)
    looking = watch.Watch(current_edition)
    looking.look()
    return PageCache(django, pages, looking, Memory(4 * MEGABYTE))


def sent(answer: Response) -> dict[str, str]:
    """Return the headers of an answer but for those that are the page cache's own."""
    own = ("Cache-Status", "Content-Length", "ETag", "Vary")
    return {name: value for name, value in answer.headers.items() if name not in own}


# --- What is kept -----------------------------------------------------------------------------------------------------


def test_a_page_is_made_once(site, pages, django_assert_num_queries):
    first = ask(site, "/en/tips/")
    with django_assert_num_queries(0):
        second = ask(site, "/en/tips/")
    assert pages.asked == ["/en/tips/"]
    assert (first.headers.pop("Cache-Status"), second.headers.pop("Cache-Status")) == (MADE, READY)
    assert first == second


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_what_the_application_answers(site, django, language):
    paths = [path_of(page_type, language) for page_type in PAGE_TYPES] + paths_in(language)
    for path in [*paths, "/sitemap.xml", "/robots.txt", "/favicon.ico", f"/{language}/feed/", f"/{language}/today.ics"]:
        made, ready, answered = ask(site, path), ask(site, path), ask(django.application, path)
        assert made.body == ready.body == answered.body, path
        # All else that is sent, too: what the page cache has its pages made by knows fewer middlewares.
        assert sent(made) == sent(ready) == sent(answered), path
        assert made.status == ready.status == answered.status, path
        own = ("Cache-Status", "ETag", "Vary", "Content-Length")
        others = {name: value for name, value in answered.headers.items() if name not in own}
        assert {name: value for name, value in ready.headers.items() if name not in own} == others, path


def test_parameters_that_a_page_doesnt_know_neither_split_nor_poison_it(site, pages):
    first = ask(site, "/en/tips/?utm_source=letter&topic=people&x=%3Cscript%3E")
    assert ask(site, "/en/tips/?topic=people").body == first.body
    assert ask(site, "/en/tips/?fbclid=1&topic=people&topik=care").body == first.body
    assert pages.asked == ["/en/tips/?topic=people"]
    assert b"utm_source" not in first.body


def test_a_kept_redirect_leads_nowhere_that_a_reader_chose(site, pages):
    with override("fi"):
        finnish = Topic.objects.get(key="people").get_absolute_url()
    path = finnish.replace("/fi/", "/en/")
    for query in ("?utm_source=letter", "", "?x=1"):
        assert ask(site, path + query).headers["Location"] == "/en/topics/people/"
    assert len(pages.asked) == 1


def test_parameters_are_the_same_in_any_order(site, pages):
    first = ask(site, "/en/search/?q=complaint&kind=tip")
    assert ask(site, "/en/search/?kind=tip&q=complaint").body == first.body
    assert pages.asked == ["/en/search/?kind=tip&q=complaint"]


def test_the_order_of_one_parameters_values_counts(site):
    one, other = (ask(site, f"/en/sheet/?advice={first}&advice={second}") for first, second in ((1, 2), (2, 1)))
    assert one.body != other.body


@pytest.mark.parametrize("query", ["topic=%FF", "topic=people;page=1", "&&&", "topic", "%00=1", "a" * 5000])
def test_odd_queries_are_answered_as_without_the_cache(site, django, query):
    answered = ask(django.application, f"/en/tips/?{query}")
    # What the page doesn't know isn't there for it.
    expected = 200 if query == "%00=1" else answered.status
    assert ask(site, f"/en/tips/?{query}").status == ask(site, f"/en/tips/?{query}").status == expected


def test_a_query_of_a_thousand_parameters_is_left_to_the_application(site):
    assert canonical("/en/tips/", "&".join(f"topic={number}" for number in range(1000))) is None


def test_what_readers_answer_as_they_like_isnt_kept(site, django):
    for _ in range(2):
        assert "Cache-Status" not in ask(site, "/en/check/?57gau=y").headers
    assert len(django.asked) == 2
    assert ask(site, "/en/check/").headers["Cache-Status"] == MADE


def test_each_host_has_its_own_pages_and_its_case_means_nothing(site, pages, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    one, two = ask(site, "/en/", host="one.example"), ask(site, "/en/", host="two.example")
    assert b"http://one.example/en/" in one.body
    assert b"one.example" not in two.body
    assert ask(site, "/en/", host="ONE.Example").body == one.body
    assert len(pages.asked) == 2


@pytest.mark.parametrize("path", ["/en/", "/en/share.png", "/favicon.ico"])
def test_a_host_that_isnt_ours_gets_no_page(site, path):
    assert ask(site, path, host="evil.example").status == 400
    assert len(site.memory) == 0


def test_pages_over_tls_have_addresses_of_their_own(site):
    site = Proxies(site, Networks(["127.0.0.1"]))
    plain = ask(site, "/en/")
    secure = ask(site, "/en/", x_forwarded_proto="https")
    assert b"http://localhost/en/" in plain.body
    assert b"https://localhost/en/" in secure.body
    assert ask(site, "/en/", x_forwarded_proto="gopher").body == plain.body


def test_nothing_about_the_reader_reaches_a_page(site, pages):
    first = ask(
        site, "/en/", cookie="sessionid=x; django_language=fi", accept_language="hy", authorization="Basic eA=="
    )
    assert ask(site, "/en/").body == first.body
    assert len(pages.asked) == 1
    assert "Set-Cookie" not in first.headers


# --- What isn't kept --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/admin/", "/admin/login/", "/healthz", "/metrics", "/en/no-such-page/", "/en"])
def test_what_is_no_public_page_is_left_to_the_application(site, django, path):
    for _ in range(2):
        assert "Cache-Status" not in ask(site, path).headers
    assert len(django.asked) == 2
    assert len(site.memory) == 0


def test_the_way_to_the_best_language_is_each_readers_own(site):
    assert ask(site, "/", accept_language="hy").headers["Location"] == "/hy/"
    assert ask(site, "/", accept_language="fi").headers["Location"] == "/fi/"


@pytest.mark.parametrize("path", ["/en/tips/no-such-tip/", "/en/tips/?topic=no-such-topic", "/en/tips/?topic=%00"])
def test_errors_are_not_kept(site, path):
    assert ask(site, path).status in (400, 404)
    assert len(site.memory) == 0


def test_previews_and_drafts_are_not_kept(site, article):
    path = article.get_absolute_url()
    assert ask(site, path).status == 200
    Article.objects.filter(pk=article.pk).update(status="draft")
    site.watch.look()
    before = len(site.memory)
    link = publishing.preview_url(Article.objects.get(pk=article.pk), "en")
    assert ask(site, link).status == 200
    assert ask(site, path).status == 404
    assert len(site.memory) == before


def test_only_reading_is_answered(site, django):
    ask(site, "/en/tips/")
    assert ask(site, "/en/tips/", method="POST").status == 405
    assert ask(site, "/en/tips/", method="OPTIONS").status == 405


# --- How it is sent ---------------------------------------------------------------------------------------------------


def test_pages_are_sent_compressed_as_the_reader_accepts_it(site, pages):
    plain = ask(site, "/hy/tips/").body
    by_brotli, by_gzip = (ask(site, "/hy/tips/", accept_encoding=each) for each in ("gzip, br", "gzip"))
    assert brotli.decompress(by_brotli.body) == gzip.decompress(by_gzip.body) == plain
    assert len(by_brotli.body) < len(by_gzip.body) < len(plain) / 4
    assert (by_brotli.headers["Content-Encoding"], by_gzip.headers["Content-Encoding"]) == ("br", "gzip")
    assert by_brotli.headers["Vary"] == by_gzip.headers["Vary"] == "Accept-Encoding"
    assert ask(site, "/hy/tips/").body == plain
    assert len(pages.asked) == 1


@pytest.mark.parametrize(
    ("accepted", "best"),
    [
        ("", ""),
        ("identity", ""),
        ("gzip", "gzip"),
        ("GZIP", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br; q=0.000, *;q=0", ""),
        ("*", "br"),
        ("gzip;q=1.0, *;q=0", "gzip"),
        (";;,=", ""),
    ],
)
def test_the_encoding_is_one_that_the_reader_accepts(accepted, best):
    assert best_encoding(accepted) == best


def test_what_is_compressed_in_itself_is_sent_as_it_is(site):
    picture = ask(site, "/en/share.png", accept_encoding="br, gzip")
    assert "Content-Encoding" not in picture.headers
    assert picture.body.startswith(b"\x89PNG")


def test_who_has_the_page_gets_none(site):
    first = ask(site, "/en/tips/", accept_encoding="br")
    tag = first.headers["ETag"]
    for known in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = ask(site, "/en/tips/", if_none_match=known, accept_encoding="gzip")
        assert (again.status, again.body) == (304, b"")
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == first.headers["Cache-Control"]
    assert ask(site, "/en/tips/", if_none_match='"other"').status == 200


def test_the_first_request_may_be_one_of_a_reader_who_has_the_page(site):
    tag = ask(site, "/en/tips/").headers["ETag"]
    site.memory = Memory(MEGABYTE)
    assert ask(site, "/en/tips/", if_none_match=tag).status == 304
    assert len(ask(site, "/en/tips/").body) > 1000


@pytest.mark.parametrize("accepted", ["", "br"])
def test_head_is_get_without_a_body(site, accepted):
    head = ask(site, "/en/tips/", method="HEAD", accept_encoding=accepted)
    got = ask(site, "/en/tips/", accept_encoding=accepted)
    assert head.body == b""
    assert int(head.headers["Content-Length"]) == len(got.body)
    assert head.headers | {"Cache-Status": ""} == got.headers | {"Cache-Status": ""}


# --- Until when it is kept --------------------------------------------------------------------------------------------


def test_an_edit_is_seen_at_the_next_look(site, topic, tip):
    path = tip.get_absolute_url()
    assert b"Greet first" in ask(site, path).body
    tip.title_en = "Greet at once"
    tip.save()
    site.watch.look()
    assert b"Greet at once" in ask(site, path).body


def change_by_sql(tip: Advice, topic: Topic) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_topic SET name_en = 'Others' WHERE id = %s", [topic.pk])


@pytest.mark.parametrize(
    "change",
    [
        lambda tip, topic: tip.topics.remove(topic),
        lambda tip, topic: tip.delete(),
        lambda tip, topic: tip.article.delete(),
        lambda tip, topic: Topic.objects.filter(pk=topic.pk).update(name_en="Others"),
        lambda tip, topic: Topic.objects.bulk_create([Topic(key="new", name_en="New", slug_en="new")]),
        change_by_sql,
    ],
)
def test_every_change_of_content_makes_another_edition(tip, topic, change):
    before = current_edition()
    assert current_edition() == before
    change(tip, topic)
    assert current_edition() != before


def test_an_article_appears_at_its_moment(site, pages, article, clock):
    moment = timezone.make_aware(dt.datetime(2026, 12, 1, 12))
    article.published_at = moment
    article.save()
    for before in (dt.timedelta(hours=1), dt.timedelta(microseconds=1)):
        clock(moment - before)
        site.watch.look()
        assert b"Good day, customer" not in ask(site, "/en/articles/").body
    assert len(pages.asked) == 1
    clock(moment)
    site.watch.look()
    assert b"Good day, customer" in ask(site, "/en/articles/").body


def test_the_day_changes_at_midnight(site, clock):
    evening = timezone.make_aware(dt.datetime(2026, 12, 1, 23, 59, 59))
    clock(evening)
    site.watch.look()
    before = ask(site, "/en/today/").body
    clock(evening + dt.timedelta(seconds=1))
    site.watch.look()
    assert ask(site, "/en/today/").body != before


def test_the_counts_of_all_writers_are_put_together_without_a_change(db):
    before = ContentStamp.current()
    ContentStamp.objects.create(writer=123456, number=5)
    assert ContentStamp.current() == before + 5
    ContentStamp.gather()
    assert ContentStamp.current() == before + 5
    assert ContentStamp.objects.count() == 1


def test_a_page_that_says_the_same_after_an_edit_elsewhere_isnt_encoded_again(site, pages, monkeypatch):
    encoded = []
    counting = {name: lambda body, own=own: encoded.append(body) or own(body) for name, own in ENCODE.items()}
    monkeypatch.setattr(answers, "ENCODE", counting)
    addresses = ("/en/accessibility/", "/en/topics/")
    before = [ask(site, address, accept_encoding="br") for address in addresses]
    Topic.objects.filter(key="people").update(name_en="Others")
    site.watch.look()
    same, changed = (ask(site, address, accept_encoding="br") for address in addresses)
    assert (same, len(encoded), len(pages.asked)) == (before[0], 3, 4)
    assert b"Others" in brotli.decompress(changed.body)
    # What was taken over is sent in other encodings as well.
    assert ask(site, addresses[0]).body == brotli.decompress(same.body)


def test_a_page_that_cant_be_made_any_more_is_sent_as_it_was(site, pages):
    before = ask(site, "/en/tips/").body
    Topic.objects.filter(key="people").update(name_en="Others")
    site.watch.look()

    site.pages = lambda _key: ("500 Internal Server Error", [("Content-Type", "text/html")], b"Sorry")
    again = ask(site, "/en/tips/")
    assert (again.status, again.body, again.headers["Cache-Status"]) == (200, before, "pages; hit; detail=stale")
    assert ask(site, "/en/rules/").status == 500
    site.pages = pages
    assert b"Others" in ask(site, "/en/tips/").body


# --- Memory -----------------------------------------------------------------------------------------------------------


def key(number: int) -> Key:
    return Key(False, "localhost", "", f"/{number}/", "")


def an_answer(size: int) -> Answer:
    return Answer("1", "200 OK", [("Content-Type", "image/png")], b"x" * (size - OVERHEAD))


def test_what_was_asked_for_least_recently_makes_room():
    memory = Memory(3 * MEGABYTE)
    for number in range(3):
        memory.put(key(number), an_answer(MEGABYTE))
    memory.get(key(0))
    memory.put(key(3), an_answer(MEGABYTE))
    assert [memory.get(key(number)) is not None for number in range(4)] == [True, False, True, True]
    assert memory.size == 3 * MEGABYTE


def test_what_is_larger_than_all_memory_isnt_kept():
    memory = Memory(MEGABYTE)
    memory.put(key(0), an_answer(MEGABYTE))
    memory.put(key(0), an_answer(MEGABYTE + 1))
    assert (len(memory), memory.size) == (0, 0)


def test_memory_knows_what_each_encoding_takes(site):
    ask(site, "/en/tips/", accept_encoding="br")
    before = site.memory.size
    ask(site, "/en/tips/", accept_encoding="gzip")
    assert site.memory.size > before
    kept = site.memory.get(Key(False, "localhost", "", "/en/tips/", ""))
    assert site.memory.size == kept.size


def test_a_rush_for_one_page_makes_it_once(site, pages):
    readers = 32
    together = Barrier(readers)

    def read(_number: int) -> bytes:
        together.wait()
        try:
            return ask(site, "/en/tips/", accept_encoding="br").body
        finally:
            connection.close()

    with ThreadPoolExecutor(readers) as pool:
        bodies = set(pool.map(read, range(readers)))
    assert len(bodies) == 1
    assert pages.asked == ["/en/tips/"]


def test_each_view_is_given_what_it_reads_of_the_query(site, django, pages):
    """A parameter that a view reads but doesn't name would be taken from it."""
    with override("en"):
        poster = reverse("poster", args=[Advice.objects.filter(kind="rule").first().slug])
        calculator, sheet = reverse("calculator"), reverse("sheet")
    for address in (f"{poster}?size=a3", f"{calculator}?spend=7", f"{sheet}?advice=3", "/sitemap-advice.xml?p=1"):
        assert ask(site, address).body == ask(django.application, address).body
        assert pages.asked[-1] == address


def test_a_database_that_doesnt_count_changes_is_told_and_mended(db):
    assert checks.changes_are_counted(["default"]) == []
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER content_stamp_articles_topic_update")
        else:
            cursor.execute("DROP TRIGGER content_stamp ON articles_topic")
    (warning,) = checks.changes_are_counted(["default"])
    assert "articles_topic" in warning.msg
    call_command("migrate", verbosity=0)
    assert checks.changes_are_counted(["default"]) == []


def test_a_cache_that_isnt_shared_is_told(settings):
    assert cache_is_shared(None) == []
    settings.CACHE_URL = "locmem://"
    (warning,) = cache_is_shared(None)
    assert warning.id == "retention.W001"
