"""The style guide: there for whoever works on the pages, and for nobody else."""

import pytest

from articles.emblems import drawings
from articles.languages import LANGUAGES
from articles.models import Article, Topic

from .pages import Page

pytestmark = pytest.mark.django_db

COMPONENTS = (
    *("lead", "kicker", "kind", "prose", "count", "more", "button", "notice", "empty-state"),
    *("facets", "filter", "pick", "pagination", "card", "stamp", "tally", "topics", "row", "rows-rule"),
    *("figure", "numeral", "drawing", "founded", "today", "quote", "item", "number", "action", "fault", "code"),
)


def test_readers_dont_find_it(client):
    assert client.get("/styleguide/", follow=True).status_code == 404
    assert client.get("/fi/styleguide/").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_works_on_the_pages_sees_every_component(client, settings, language):
    settings.DEBUG = True
    page = Page(client.get(f"/{language}/styleguide/").content.decode())
    shown = {name for _tag, attributes in page.elements for name in (attributes.get("class") or "").split()}
    assert set(COMPONENTS) <= shown
    assert {use["href"].partition("#")[2] for use in page.all("use")} == set(drawings())


def test_it_is_in_the_language_of_the_browser(client, settings):
    settings.DEBUG = True
    response = client.get("/styleguide/", headers={"accept-language": "hy"})
    assert response.headers["Location"] == "/hy/styleguide/"


def test_it_stands_on_a_site_without_content(client, settings):
    Topic.objects.all().delete()
    Article.objects.all().delete()
    settings.DEBUG = True
    assert client.get("/en/styleguide/").status_code == 200
