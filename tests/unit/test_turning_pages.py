"""Long lists: every row is on one page, the pages lead to one another, and old addresses of them lead on."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from articles import views
from articles.languages import LANGUAGES
from articles.listings import List
from articles.models import Advice, Article, Listing, Topic

from .pages import Page

pytestmark = pytest.mark.django_db

SIZE = 7


@pytest.fixture(autouse=True)
def small_pages(monkeypatch) -> None:
    monkeypatch.setattr(views, "PAGE_SIZE", SIZE)
    monkeypatch.setattr(views, "CARDS", 2)


def get(client: Client, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200, path
    return Page(response.content.decode())


def link(page: Page, rel: str) -> str | None:
    return next((found["href"] for found in page.all("a", rel=rel)), None)


def rows(page: Page) -> list[str]:
    """Return the addresses of what is listed."""
    listed = next(node for node in page.structured if node["@type"] == "ItemList")
    return [urlsplit(each["url"]).path for each in listed["itemListElement"]]


@pytest.mark.parametrize(
    "path", ["/en/tips/", "/fi/rules/", "/en/tips/?topic=trust", "/hy/mistakes/", "/en/topics/trust/", "/ru/articles/"]
)
def test_one_page_leads_to_the_next_and_back(client, path):
    trust = Topic.objects.get(key="trust")
    path = path.replace("trust", trust.slug_en)
    base = path.partition("?")[0]
    forth, there = [rows(get(client, path))], path
    while following := link(get(client, there), "next"):
        there = base + following
        forth.append(rows(get(client, there)))
    back = [forth[-1]]
    while before := link(get(client, there), "prev"):
        there = base + before if before != "?" else base
        back.append(rows(get(client, there)))
    assert back == forth[::-1]
    assert there == path
    listed = [row for page in forth for row in page]
    assert len(listed) == len(set(listed)) > 2
    assert {len(page) for page in forth[:-1]} <= {2 if "articles" in path else SIZE}


def test_together_the_pages_list_everything_in_reading_order(client):
    expected = [each.url_in("en") for each in Advice.objects.published().filter(kind="tip").in_reading_order()]
    found, there = rows(get(client, "/en/tips/")), "/en/tips/"
    while following := link(get(client, there), "next"):
        there = "/en/tips/" + following
        found += rows(get(client, there))
    assert found == expected


def test_a_page_has_the_same_name_in_all_languages(client):
    there = link(get(client, "/en/tips/"), "next")
    page = get(client, f"/en/tips/{there}")
    expected = {language: f"http://testserver/{language}/tips/{there}" for language in LANGUAGES}
    assert page.alternates == expected | {"x-default": expected["en"]}
    assert page.all("link", rel="canonical")[0]["href"] == expected["en"]


def test_a_page_goes_on_after_what_its_list_shows_only(client, article, tip, topic):
    rule = Advice.objects.published().filter(kind="rule").first()
    last = Listing.objects.of(List.TIPS).reverse().first().item
    for after in (rule.pk, last, tip.pk + 1, 0, -1, "x", "1e9", "²", 10**30, ""):
        assert client.get("/en/tips/", {"after": after}).status_code == 404, after
    first = Article.objects.get(key="seven-steps").advice.filter(kind="tip").first()
    assert client.get("/en/tips/", {"after": first.pk}).status_code == 200
    assert client.get("/en/tips/", {"after": first.pk, "topic": topic.slug_en}).status_code == 404
    Article.objects.filter(pk=first.article_id).get().delete()
    assert client.get("/en/tips/", {"after": first.pk}).status_code == 404


def test_a_draft_names_no_page(client, article, tip):
    Advice.objects.create(article=Article.objects.create(title_en="Last", status="published"), kind="tip", title_en="x")
    assert client.get("/en/tips/", {"after": tip.pk}).status_code == 200
    article.status = "draft"
    article.save()
    assert client.get("/en/tips/", {"after": tip.pk}).status_code == 404


def test_addresses_that_counted_pages_lead_on(client, article):
    for number in range(40):
        Advice.objects.create(article=article, kind="tip", title_en=f"Tip {number}")
    listed = list(Listing.objects.of(List.TIPS).items())
    response = client.get("/en/tips/?page=2")
    assert (response.status_code, response["Location"]) == (301, f"/en/tips/?after={listed[29]}")
    assert client.get("/en/tips/?page=1")["Location"] == "/en/tips/"
    topic = Topic.objects.get(key="trust")
    assert client.get(f"/en/tips/?topic={topic.slug_en}&page=1")["Location"] == f"/en/tips/?topic={topic.slug_en}"
    for number in ("0", "51", "49", "x", "1e9", "-1", "²", ""):
        assert client.get("/en/tips/", {"page": number}).status_code == 404, number
