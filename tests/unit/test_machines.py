"""What machines read: feed, sitemap, robots, health."""

import struct
import xml.etree.ElementTree as ET
from datetime import datetime

import feedparser
import pytest

from articles.languages import LANGUAGES
from articles.models import Advice, Article

from .pages import paths_in

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_feed_is_valid_atom(client, language):
    response = client.get(f"/{language}/feed/")
    assert response["Content-Type"].startswith("application/atom+xml")
    root = ET.fromstring(response.content)
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    # RFC 4287, 4.1.1 and 4.1.2: exactly one of each, and an author on the feed.
    for element in (root, *root.findall("a:entry", ATOM)):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"a:{name}", ATOM)) == 1
        assert datetime.fromisoformat(element.find("a:updated", ATOM).text).tzinfo
    assert root.find("a:author/a:name", ATOM).text
    assert root.find("a:link[@rel='self']", ATOM).get("href") == f"http://testserver/{language}/feed/"
    ids = [element.text for element in root.findall("a:entry/a:id", ATOM)]
    assert len(ids) == len(set(ids)) == 58
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    assert all(entry.link.startswith(f"http://testserver/{language}/") for entry in parsed.entries)


def test_a_feed_brings_only_what_is_written_in_its_language(client, article, tip):
    assert b"Tervehdi ensin" in client.get("/fi/feed/").content
    for text in (b"Greet first", b"Good day, customer"):
        assert text not in client.get("/hy/feed/").content


def test_a_feed_fakes_no_translation(client, article, tip):
    article.summary_en = "Less than <5> & more"
    article.save()
    entries = {entry.title: entry for entry in feedparser.parse(client.get("/en/feed/").content).entries}
    entry = entries["Good day, customer"]
    assert entry.summary == "Less than &lt;5&gt; &amp; more"
    assert "content" not in entry
    assert "content" not in entries["Greet first"]


def test_a_feed_begins_with_the_newest(client):
    entries = feedparser.parse(client.get("/en/feed/").content).entries
    dates = [entry.published_parsed for entry in entries]
    assert dates == sorted(dates, reverse=True)
    assert entries[0].title == "Ten ways to lose customers"


def test_an_entry_keeps_its_id_when_its_address_changes(client, tip):
    def id_of(title: str) -> str:
        return next(
            entry.id for entry in feedparser.parse(client.get("/fi/feed/").content).entries if entry.title == title
        )

    before = id_of(tip.title_fi)
    tip.title_fi, tip.slug_fi = "Sano huomenta", ""
    tip.save()
    assert id_of("Sano huomenta") == before


def sitemap_urls(client) -> dict[str, ET.Element]:
    index = ET.fromstring(client.get("/sitemap.xml").content)
    parts = [element.text.removeprefix("http://testserver") for element in index.findall("s:sitemap/s:loc", SITEMAP)]
    urls = [url for part in parts for url in ET.fromstring(client.get(part).content).findall("s:url", SITEMAP)]
    return {url.find("s:loc", SITEMAP).text: url for url in urls}


def test_the_sitemap_holds_every_page_in_every_language(client):
    urls = sitemap_urls(client)
    assert urls.keys() == {f"http://testserver{path}" for language in LANGUAGES for path in paths_in(language)}
    for url in urls.values():
        alternates = {link.get("hreflang"): link.get("href") for link in url.findall("x:link", SITEMAP)}
        assert alternates.keys() == {*LANGUAGES, "x-default"}
        assert alternates["x-default"] == alternates["en"]


def test_the_sitemap_leaves_out_languages_that_a_text_isnt_written_in(client, article):
    urls = sitemap_urls(client)
    assert f"http://testserver{article.url_in('fi')}" in urls
    assert f"http://testserver{article.url_in('hy')}" not in urls
    url = urls[f"http://testserver{article.url_in('fi')}"]
    assert {link.get("hreflang") for link in url.findall("x:link", SITEMAP)} == {"en", "fi", "x-default"}


def test_the_sitemap_comes_in_parts(client, article, monkeypatch):
    monkeypatch.setattr("articles.sitemaps.LanguageSitemap.limit", 10)
    index = ET.fromstring(client.get("/sitemap.xml").content)
    advice = [element.text for element in index.findall("s:sitemap/s:loc", SITEMAP) if "advice" in element.text]
    assert len(advice) == 6
    assert len(sitemap_urls(client)) == sum(len(paths_in(language)) for language in LANGUAGES) - 3


def test_robots_are_shown_the_sitemap(client):
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()


def test_the_icon_is_where_browsers_look_for_it(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Content-Type"]) == (200, "image/svg+xml")


def test_telephones_find_an_icon_for_their_home_screens(client):
    response = client.get("/apple-touch-icon.png")
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    width, height = struct.unpack(">II", response.content[16:24])
    assert (width, height) == (180, 180)


def test_health(client):
    assert client.get("/healthz").content == b"alive\n"
    assert client.get("/readyz").content == b"ready\n"


def test_the_totals_are_those_of_the_articles():
    assert Advice.objects.published().count() == 53
    assert Article.objects.published().count() == 5
