"""An article in two languages side by side."""

import re
from itertools import pairwise, permutations

import pytest
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from articles.languages import LANGUAGES, column
from articles.models import Advice, Article

from .pages import Page, weight

pytestmark = pytest.mark.django_db

PAIRS = list(permutations(LANGUAGES, 2))
HEAVIEST = 24 * 1024  # bytes of HTML and CSS, compressed
WRITTEN = {
    "en": "This text isn’t there in English yet.",
    "et": "This text isn’t there in Estonian yet.",
    "hy": "This text isn’t there in Armenian yet.",
}


def path_of(article: Article, language: str, other: str) -> str:
    with override(language):
        return reverse("article-beside", args=[article.slug, other])


def get(client, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200, path
    return Page(response.content.decode())


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_every_article_is_whole_in_every_two_languages(client, pair):
    for article in Article.objects.all():
        html = client.get(path_of(article, *pair)).content.decode()
        page = Page(html)
        assert page.all("html") == [{"lang": pair[0]}]
        assert len(page.all("h1")) == 1
        assert page.all("meta", name="description")[0]["content"]
        ids = [attributes["id"] for _tag, attributes in page.elements if "id" in attributes]
        assert len(ids) == len(set(ids))
        ranks = [int(tag[1]) for tag, _attributes in page.elements if re.fullmatch(r"h[1-6]", tag)]
        assert all(after <= before + 1 for before, after in pairwise(ranks))
        for language in pair:
            texts = [(article, "title"), *((figure, "claim") for figure in article.figures.all())]
            texts += [(advice, field) for advice in article.advice.all() for field in ("title", "action")]
            for obj, field in texts:
                text = escape(getattr(obj, column(field, language)))
                assert re.search(rf'lang="{language}">(<b>[^<]*</b> )?{re.escape(text)}</span>', html), text
            prose = page.all("div", **{"class": "prose", "lang": language})
            assert len(prose) == article.advice.count() + bool(article.introduction) + bool(article.closing)
        assert 'class="missing"' not in html


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_it_is_light_and_costs_few_queries(client, pair, django_assert_max_num_queries):
    for article in Article.objects.all():
        path = path_of(article, *pair)
        with django_assert_max_num_queries(3):
            response = client.get(path, headers={"accept-encoding": "gzip"})
        assert weight(response) < HEAVIEST, path
        assert not response.cookies
        assert "public" in response["Cache-Control"]


def test_search_engines_are_kept_to_the_pages_of_the_article(client):
    page = get(client, path_of(Article.objects.first(), "en", "fi"))
    assert page.all("meta", name="robots", content="noindex")
    assert not page.all("link", rel="canonical")
    assert page.alternates == {}


def test_a_missing_translation_says_so_and_nothing_stands_in_for_it(client, article, tip, figure):
    html = client.get(path_of(article, "en", "et")).content.decode()
    # The article, its tip and its figure, each once.
    assert html.count(WRITTEN["et"]) == 3
    page = Page(html)
    content = html[html.index("<article") :]
    assert 'lang="fi">' not in content.replace('lang="fi">Suomi', "")
    assert not page.all("div", **{"class": "prose"})
    with override("et"):
        assert "Johdanto." not in client.get(path_of(article, "et", "hy")).content.decode()


def test_a_translation_in_part_says_what_is_missing(client, article, tip):
    html = client.get(path_of(article, "en", "fi")).content.decode()
    # English has both titles, but neither the introduction nor the body of the tip.
    assert html.count(WRITTEN["en"]) == 2
    assert html.count('<div class="prose" lang="fi">') == 2


def test_a_translation_whose_original_has_changed_says_so(client, article, tip):
    said = "The original has changed since this was translated."
    article.summary_en, article.introduction_en = "It is the greeting that counts.", "Introduction."
    article.save()
    assert said not in client.get(path_of(article, "en", "fi")).content.decode()
    article.title_fi = "Hyvää huomenta"
    article.introduction_fi = "Uusi johdanto."
    article.save()
    html = client.get(path_of(article, "en", "fi")).content.decode()
    assert html.count(said) == 1
    assert f"<span>{said}</span><span></span>" in html


def test_the_same_language_twice_is_the_article_itself(client):
    article = Article.objects.first()
    for language in LANGUAGES:
        response = client.get(path_of(article, language, language))
        assert (response.status_code, response["Location"]) == (301, article.url_in(language))


def test_a_slug_of_another_language_or_of_former_times_leads_on(client, article):
    path = path_of(article, "fi", "en")
    response = client.get(f"/fi/articles/{article.slug_en}/with/en/?utm=1")
    assert (response.status_code, response["Location"]) == (301, f"{path}?utm=1")
    article.slug_fi = "paivaa"
    article.save()
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (301, "/fi/articles/paivaa/with/en/")


@pytest.mark.parametrize("other", ["sv", "EN", "english", "e" * 10_000, "%00", "%ED%A0%80", "١"])
def test_a_language_that_the_site_lacks_is_not_found(client, other):
    article = Article.objects.first()
    assert client.get(f"/en/articles/{article.slug_en}/with/{other}/").status_code in (400, 404)


def test_what_isnt_published_or_never_was_is_not_found(client, article):
    path = path_of(article, "en", "fi")
    article.status = "draft"
    article.save()
    assert client.get(path).status_code == 404
    assert client.get("/en/articles/no-such-article/with/fi/").status_code == 404


def test_the_switcher_stays_on_the_page_and_swaps_where_the_other_language_is_chosen(client):
    article = Article.objects.first()
    links = [link for link in get(client, path_of(article, "en", "fi")).all("a") if "hreflang" in link]
    assert [link["href"].removeprefix("http://testserver") for link in links] == [
        path_of(article, "en", "fi"),
        path_of(article, "fi", "en"),
        *(path_of(article, language, "fi") for language in ("et", "ru", "hy")),
    ]


def test_it_leads_to_the_other_languages_and_the_other_way_round(client):
    article = Article.objects.first()
    links = get(client, path_of(article, "en", "fi")).all("a")
    hrefs = {link["href"] for link in links}
    assert {path_of(article, "en", other) for other in ("fi", "et", "ru", "hy")} <= hrefs
    assert path_of(article, "fi", "en") in hrefs
    assert [
        link["lang"] for link in links if link.get("aria-current") and "hreflang" not in link and "lang" in link
    ] == ["fi"]


def test_an_article_leads_to_the_languages_it_exists_in(client, article):
    links = {link["href"] for link in get(client, article.url_in("en")).all("a")}
    assert path_of(article, "en", "fi") in links
    assert path_of(article, "en", "et") not in links
    alone = Article.objects.create(title_en="Alone", status="published")
    assert "Side by side with" not in client.get(alone.url_in("en")).content.decode()


def test_an_item_without_a_text_in_either_language_keeps_its_place(client, article):
    Advice.objects.create(article=article, kind="tip", title_ru="Совет", body_ru="Текст.")
    html = client.get(path_of(article, "en", "fi")).content.decode()
    assert html.count('class="item"') == 1
    assert "Совет" not in html
