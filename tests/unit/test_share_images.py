"""The pictures beside links that people share."""

import struct

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from articles.languages import LANGUAGES
from articles.models import Advice, Article, Topic

from .pages import LISTS, Page

HOST = "http://testserver"
HEAVIEST = 80_000  # bytes
ADDRESS = "/fi/articles/hyvaa-paivaa-asiakas/share.png"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    """Pictures are kept in a folder of the test."""
    settings.VAR_DIR = tmp_path
    return tmp_path / "share-images"


def named_on(client: Client, path: str) -> str:
    """Return the path of the picture that a page names."""
    page = Page(client.get(path).content.decode())
    (picture,) = page.all("meta", property="og:image")
    assert page.all("meta", property="og:image:alt")[0]["content"]
    assert page.all("meta", name="twitter:card")[0]["content"] == "summary_large_image"
    assert picture["content"].startswith(f"{HOST}/")
    return picture["content"].removeprefix(HOST)


def size_of(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    return struct.unpack(">II", picture[16:24])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_names_a_picture_that_is_there(client, language):
    with override(language):
        first = Advice.objects.published().first(), Topic.objects.first()
        objects = [*Article.objects.published(), *first]
        paths = [reverse(name) for name in LISTS] + [each.get_absolute_url() for each in objects]
    pictures = {named_on(client, path) for path in paths}
    assert len(pictures) == 1 + Article.objects.published().count()
    for path in pictures:
        response = client.get(path)
        assert response.status_code == 200, path
        assert response["Content-Type"] == "image/png"
        assert size_of(response.content) == (1200, 630)
        assert len(response.content) < HEAVIEST, path


def test_a_piece_of_advice_has_the_picture_of_its_article(client, tip):
    assert named_on(client, "/fi/tips/tervehdi-ensin/") == ADDRESS


def test_a_picture_is_kept_and_follows_the_title(client, article, folder):
    first = client.get(ADDRESS).content
    (file,) = folder.glob("*.png")
    assert file.read_bytes() == client.get(ADDRESS).content == first
    article.title_fi = "Hyvää iltaa, asiakas"
    article.save()
    second = client.get(ADDRESS).content
    assert second != first
    (file,) = folder.glob("*.png")
    assert file.read_bytes() == second


def test_each_language_keeps_its_picture(client, article, folder):
    pictures = {client.get(path).content for path in (ADDRESS, "/en/articles/good-day-customer/share.png")}
    assert len(pictures) == len(list(folder.glob("*.png"))) == 2


def test_a_picture_shows_new_advice_and_the_articles_ink(client, article):
    pictures = [client.get(ADDRESS).content]
    Advice.objects.create(article=article, kind="mistake", title_fi="Tervehdi viimeiseksi")
    pictures.append(client.get(ADDRESS).content)
    article.ink = "plum"
    article.save()
    pictures.append(client.get(ADDRESS).content)
    assert len(set(pictures)) == 3


def test_a_browser_asks_whether_its_picture_still_holds(client, article):
    response = client.get(ADDRESS)
    assert response["Cache-Control"] == "public, no-cache"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert client.get(ADDRESS, headers={"if-none-match": response["ETag"]}).status_code == 304


def test_former_and_foreign_slugs_lead_to_the_picture(client, article):
    article.slug_fi = "hyvaa-iltaa"
    article.save()
    for slug in ("hyvaa-paivaa-asiakas", "good-day-customer"):
        response = client.get(f"/fi/articles/{slug}/share.png")
        assert (response.status_code, response["Location"]) == (301, "/fi/articles/hyvaa-iltaa/share.png")


def test_what_readers_may_not_see_has_no_picture(client, article):
    article.status = "draft"
    article.save()
    assert client.get(ADDRESS).status_code == 404
    assert client.get("/fi/articles/nobody-wrote-this/share.png").status_code == 404
    assert client.post("/fi/share.png").status_code == 405


def test_titles_of_any_length_get_a_picture(client, article):
    for title in ("Ja", "Asiakas" * 10, "Մենք " * 14, "😀 & <b>#set</b> \\ $x$"):
        article.title_fi = title
        article.save()
        assert size_of(client.get(ADDRESS).content) == (1200, 630)


def test_a_picture_costs_few_queries(client, article, django_assert_max_num_queries):
    for path, budget in ((ADDRESS, 3), ("/fi/share.png", 1)):
        with django_assert_max_num_queries(budget):
            assert client.get(path).status_code == 200
