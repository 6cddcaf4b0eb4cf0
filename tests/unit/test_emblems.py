"""The emblems, and where they are shown."""

import pytest
from django.conf import settings
from django.contrib.staticfiles import storage

from articles.choices import Kind
from articles.emblems import DEFAULT, SPRITE, SVG, drawings, emblem_of
from articles.models import Advice, Article, Topic

from .pages import Page

SHAPES = {f"{SVG}{shape}" for shape in ("path", "circle", "rect")}


def emblems_on(client, path: str) -> list[str]:
    """Return the emblems that a page shows, in order."""
    uses = Page(client.get(path).content.decode()).all("use")
    assert {use["href"].partition("#")[0] for use in uses} == {storage.staticfiles_storage.url(SPRITE)}
    return [use["href"].partition("#")[2] for use in uses]


@pytest.mark.django_db
def test_every_article_topic_and_kind_has_an_emblem_of_its_own():
    keys = [("article", key) for key in Article.objects.values_list("key", flat=True)]
    keys += [("topic", key) for key in Topic.objects.values_list("key", flat=True)]
    keys += [("kind", kind) for kind in (*Kind, "figure", "topic")]
    emblems = {emblem_of(*key) for key in keys}
    assert len(emblems) == len(keys)
    assert emblems | {DEFAULT} == drawings().keys()


def test_what_nobody_has_drawn_yet_has_the_default(client, article, topic):
    assert DEFAULT in drawings()
    assert emblems_on(client, "/fi/articles/")[-1] == DEFAULT
    assert emblems_on(client, "/fi/topics/")[-1] == DEFAULT


def test_all_emblems_are_drawn_with_one_pen():
    for name, symbol in drawings().items():
        pen = {**symbol.attrib, "id": DEFAULT}
        assert pen == drawings()[DEFAULT].attrib, name
        assert {shape.tag for shape in symbol} <= SHAPES, name
        assert not any({"style", "class"} & shape.attrib.keys() for shape in symbol), name


def test_the_sprite_is_small():
    files = storage.staticfiles_storage
    served = files.path(files.stored_name(SPRITE))
    assert (settings.BASE_DIR / "static" / SPRITE).stat().st_size < 8_000
    with open(f"{served}.gz", "rb") as compressed:
        assert len(compressed.read()) < 3_000


@pytest.mark.django_db
def test_cards_topics_and_advice_show_their_emblems(client):
    articles = [f"article-{key}" for key in Article.objects.values_list("key", flat=True)]
    topics = [f"topic-{key}" for key in Topic.objects.values_list("key", flat=True)]
    assert emblems_on(client, "/hy/articles/") == articles
    assert emblems_on(client, "/hy/topics/") == topics
    assert emblems_on(client, "/hy/") == articles + topics
    for kind in Kind:
        assert f"kind-{kind}" in emblems_on(client, Advice.objects.filter(kind=kind).first().get_absolute_url())
