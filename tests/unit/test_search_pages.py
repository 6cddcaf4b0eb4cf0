"""The pages of the search, as readers and browsers meet them."""

import json
import xml.etree.ElementTree as ET

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.languages import LANGUAGES
from articles.models import Advice, Topic
from articles.queries import LONGEST_QUERY
from articles.searching import search

from .pages import Page

pytestmark = pytest.mark.django_db

OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def get(client: Client, language: str = "en", path: str = "", **parameters: str) -> str:
    response = client.get(f"/{language}/search/{path}", parameters)
    assert response.status_code == 200
    return response.content.decode()


def rows(html: str) -> list[str]:
    """Return the addresses of the results, in their order."""
    main = Page(html[html.index("<main") : html.index("</main>")])
    links, inside = [], False
    for tag, attributes in main.elements:
        if tag == "h2" and attributes.get("class") == "row-title":
            inside = True
        elif tag == "a" and inside:
            links.append(attributes["href"])
            inside = False
    return links


@pytest.mark.parametrize(
    ("language", "query", "key"),
    [
        ("en", "complaining", "welcome-complaints"),
        ("fi", "valituksista", "welcome-complaints"),
        ("et", "kaebustega", "welcome-complaints"),
        ("ru", "жалобами", "welcome-complaints"),
        ("hy", "բողոքներին", "welcome-complaints"),
    ],
)
def test_the_form_that_comes_to_mind_finds_the_advice(client, language, query, key):
    assert Advice.objects.get(key=key).url_in(language) in rows(get(client, language, q=query))[:3]


def test_what_was_found_is_marked_as_it_stands_in_the_text(client):
    html = get(client, "fi", q="valituksista")
    assert "<mark>valitus</mark>" in html
    assert "<mark>Valitus</mark>" in html
    assert "<mark>uskollisuuteen</mark>" in get(client, "fi", q="uskollisuus")
    assert "<mark>asiakasuskollisuuteen</mark>" in get(client, "fi", q="uskollisuus askel")


def test_texts_are_escaped_around_the_marks(client, article):
    texts = {"title_en": "<b>Quokka</b> & co", "body_en": "<script>alert('quokka')</script>"}
    Advice.objects.create(article=article, kind="tip", **texts)
    html = get(client, q="quokka")
    assert "&lt;b&gt;<mark>Quokka</mark>&lt;/b&gt; &amp; co" in html
    assert "&lt;script&gt;alert(&#x27;<mark>quokka</mark>&#x27;)&lt;/script&gt;" in html


def test_a_result_tells_its_kind_its_article_and_its_topics(client):
    advice = Advice.objects.get(key="welcome-complaints")
    html = get(client, q="welcome every complaint")
    row = html[html.index(advice.get_absolute_url()) :].partition("</li>")[0]
    assert '<span class="kind">tip</span>' in row
    assert advice.article.get_absolute_url() in row
    assert all(topic.get_absolute_url() in row for topic in advice.topics.all())


def test_the_search_itself_is_to_be_indexed_in_every_language(client):
    for path in ("/hy/search/", "/hy/search/?q=", "/hy/search/?kind=tip&page=3"):
        page = Page(client.get(path).content.decode())
        assert not page.all("meta", name="robots")
        assert page.all("link", rel="canonical")[0]["href"] == "http://testserver/hy/search/"
        assert page.alternates["x-default"] == "http://testserver/en/search/"
    assert "http://testserver/hy/search/</loc>" in client.get("/sitemap-pages.xml").content.decode()


def test_results_arent_to_be_indexed_and_keep_the_query_in_the_switcher(client):
    page = Page(get(client, q="complaint"))
    assert page.all("meta", name="robots") == [{"name": "robots", "content": "noindex"}]
    assert not page.all("link", rel="canonical")
    assert [link["href"] for link in page.all("a", hreflang="fi")] == ["http://testserver/fi/search/?q=complaint"]


def test_what_the_results_are_narrowed_to_stays_when_the_language_changes(client):
    topic = Topic.objects.get(key="listening")
    page = Page(get(client, q="complaint", kind="tip", topic=topic.slug_en))
    query = f"?q=complaint&kind=tip&topic={topic.slug_ru}"
    assert [link["href"] for link in page.all("a", hreflang="ru")] == [f"http://testserver/ru/search/{query}"]
    assert topic.slug_ru != topic.slug_en


def test_a_topic_that_is_named_in_another_language_says_so(client):
    topic = Topic.objects.get(key="listening")
    topic.name_en, topic.name_fi = "", "Kuunteleminen"
    topic.save()
    html = get(client, q="complaint")
    facet = html[html.index('aria-label="Topic"') :].partition("</nav>")[0]
    assert 'lang="fi">Kuunteleminen <span' in facet
    assert facet.count(" lang=") == 1


def test_results_are_narrowed_to_a_kind_and_a_topic_with_counts(client):
    topic = Topic.objects.get(key="listening")
    everything = rows(get(client, q="complaint"))
    rules = rows(get(client, q="complaint", kind="rule"))
    assert rules == [path for path in everything if path.startswith("/en/rules/")]
    html = get(client, q="complaint", topic=topic.slug)
    assert 0 < len(rows(html)) < len(everything)
    assert f'aria-current="true">{topic.name} <span class="count">{len(rows(html))}</span></a>' in html


def test_narrowing_to_what_there_isnt_narrows_nothing(client):
    assert rows(get(client, q="complaint", kind="x", topic="nonsense")) == rows(get(client, q="complaint"))


def test_results_come_in_pages(client):
    first, second = get(client, q="customer"), get(client, q="customer", page="2")
    assert len(rows(first)) == len(rows(second)) == 10
    assert not set(rows(first)) & set(rows(second))
    assert 'rel="next nofollow" href="?q=customer&amp;page=2"' in first
    assert rows(get(client, q="customer", page="999"))
    assert rows(get(client, q="customer", page="x")) == rows(first)


def test_a_misspelt_word_is_shown_corrected_with_a_way_back(client):
    html = get(client, q="complaimts")
    assert "Showing results for <b>complaints</b>." in html
    assert 'href="?q=%22complaimts%22"' in html


def test_nothing_found_gives_next_steps(client):
    html = get(client, q="quokka")
    assert "Nothing was found." in html
    assert Topic.objects.first().get_absolute_url() in html


def test_what_other_languages_have_is_offered(client):
    html = get(client, "fi", q="complaint")
    assert '<a href="/en/search/?q=complaint" hreflang="en" lang="en">English</a>' in html


def test_an_empty_query_gives_help(client):
    html = get(client)
    assert "Nothing was found." not in html
    assert Topic.objects.first().get_absolute_url() in html
    assert rows(get(client, q="   ")) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_has_the_search_field(client, language):
    page = Page(client.get(f"/{language}/").content.decode())
    assert page.all("form", role="search", action=f"/{language}/search/")
    assert page.all("link", rel="search", href=f"/{language}/search/opensearch.xml")


def test_a_search_costs_few_queries(client, django_assert_max_num_queries):
    for query in ("customer complaints", "complaimts", '"word of mouth"'):
        with django_assert_max_num_queries(20):
            get(client, q=query)


def test_it_sets_no_cookie_and_may_be_cached(client):
    response = client.get("/en/search/?q=complaint")
    assert not response.cookies
    assert response["Cache-Control"] == "public, no-cache" or "public" in response["Cache-Control"]
    assert client.post("/en/search/").status_code == 405


# --- For browsers -----------------------------------------------------------------------------------------------------


def test_suggestions_complete_the_word_that_is_being_typed(client):
    advice = Advice.objects.get(key="welcome-complaints")
    response = client.get("/en/search/suggestions/", {"q": "compl"})
    assert response["Content-Type"] == "application/x-suggestions+json"
    query, titles, descriptions, urls = json.loads(response.content)
    assert query == "compl"
    assert advice.title in titles
    assert f"http://testserver{advice.get_absolute_url()}" in urls
    assert len(titles) == len(descriptions) == len(urls) <= 6


@pytest.mark.parametrize("language", LANGUAGES)
def test_browsers_can_add_the_search(client, language):
    response = client.get(f"/{language}/search/opensearch.xml")
    assert response["Content-Type"].startswith("application/opensearchdescription+xml")
    root = ET.fromstring(response.content)
    assert len(root.find("o:ShortName", OPENSEARCH).text) <= 16
    templates = [url.get("template") for url in root.findall("o:Url", OPENSEARCH)]
    assert templates[0] == f"http://testserver/{language}/search/?q={{searchTerms}}"


# --- Bad input --------------------------------------------------------------------------------------------------------

BAD = [
    "",
    " ",
    "x" * 10_000,
    "a " * 5_000,
    "\ud800",
    "%00",
    '"',
    '""',
    '"unclosed phrase',
    "“",
    "-",
    "--",
    "-complaint",
    '-"',
    "* OR NEAR(a b) AND NOT ^title:x",
    "a* title: {body}:b + c^2",
    "& | ! <-> :* ( ) ' \\",
    "'a' & !'b':A",
    "'; DROP TABLE articles_entry; --",
    "1' OR '1'='1",
    "%_\\%",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} {% debug %}",
    "\u202e\u200b\u0301\u0301\u0301",
    "١٢٣ 中文 ゔ 🙂",
    "\U0001f600" * 300,
    "ß" * 300,
    "é" * 300,
]


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize("path", ["", "suggestions/"])
def test_bad_input_gets_a_normal_page(client, path, text):
    response = client.get(f"/fi/search/{path}", {"q": text.encode("utf-8", "surrogatepass")})
    assert response.status_code in (200, 400)
    assert b"<script>alert" not in response.content
    assert b"<img" not in response.content


def test_nul_is_refused(client):
    assert client.get("/en/search/?q=%00").status_code == 400


def test_html_is_shown_as_text(client):
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in get(client, q="<script>alert(1)</script>")


def test_a_long_query_is_cut(client):
    assert len(search("word " * 5_000, "en").query.text) <= LONGEST_QUERY


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(max_size=60)
    | st.lists(
        st.sampled_from(["complaint", '"', "-", "(", "OR", "AND", "'", ":*", "customer", "+", "_", "!", "\\"])
    ).map(" ".join)
)
def test_no_query_breaks_the_search(db, text):
    for language in ("en", "hy"):
        search(text, language, is_unfinished=True)
