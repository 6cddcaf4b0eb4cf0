"""What pages hand to the script that stamps what is read."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from articles.languages import LANGUAGES
from articles.models import Advice, Article
from articles.publishing import preview_url

from .pages import Page

pytestmark = pytest.mark.django_db


def get(client, path: str) -> Page:
    return Page(client.get(path).content.decode())


def marked(page: Page, name: str) -> list[int]:
    """Return the numbers of advice that elements of the page carry, in the order of the page."""
    return [int(attributes[name]) for _tag, attributes in page.elements if name in attributes]


def script_of(page: Page) -> list[dict[str, str | None]]:
    return [script for script in page.all("script") if "stamps" in script.get("src", "")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_circles_carry_the_same_numbers_in_every_language(client, language):
    wanted = list(Advice.objects.values_list("pk", flat=True))
    for name in ("home", "articles"):
        with override(language):
            page = get(client, reverse(name))
        assert marked(page, "data-advice") == wanted
        assert marked(page, "data-reads") == []
    for article in Article.objects.all():
        page = get(client, article.url_in(language))
        own = list(article.advice.values_list("pk", flat=True))
        assert marked(page, "data-advice") == marked(page, "data-reads") == own
        with override(language):
            beside = get(client, reverse("article-beside", args=[article.slug, "en" if language != "en" else "fi"]))
        assert marked(beside, "data-reads") == own
    advice = Advice.objects.first()
    page = get(client, advice.url_in(language))
    assert marked(page, "data-reads") == [advice.pk]
    assert marked(page, "data-advice") == list(advice.article.advice.values_list("pk", flat=True))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_script_is_given_its_words(client, language):
    (script,) = script_of(get(client, f"/{language}/articles/"))
    words = {name: value for name, value in script.items() if name.startswith("data-")}
    assert len(words) == 7
    assert all(words.values())
    assert "{count}" in words["data-tally"]
    assert "{total}" in words["data-full"]


def test_a_preview_is_never_stamped_and_leads_to_nothing_that_isnt_there_yet(client, article):
    rule = Advice.objects.create(article=article, kind="rule", title_en="Listen", title_fi="Kuuntele")
    article.status = "draft"
    article.save()
    for obj in (article, rule):
        page = get(client, preview_url(obj, "en"))
        assert script_of(page) == []
        assert not any("/poster/" in link["href"] or "/with/" in link["href"] for link in page.all("a"))
