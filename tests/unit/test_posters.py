"""Rules as posters."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from articles.languages import LANGUAGES
from articles.models import Advice
from articles.posters import LINE_HEIGHT, ROOM, SIZES, TYPE_SIZES, lines_of, type_size

from .pages import Page, weight

pytestmark = pytest.mark.django_db

HEAVIEST = 14 * 1024  # bytes of HTML and CSS, compressed


@pytest.fixture
def rule(article) -> Advice:
    return Advice.objects.create(article=article, kind="rule", title_fi="Kuuntele", title_en="Listen")


def path_of(rule: Advice, language: str) -> str:
    with override(language):
        return reverse("poster", args=[rule.slug])


def get(client, path: str) -> Page:
    response = client.get(path)
    assert response.status_code == 200, path
    return Page(response.content.decode())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES)
def test_every_rule_has_a_poster(client, language, size, django_assert_max_num_queries):
    rules = Advice.objects.filter(kind="rule").select_related("article")
    assert len(rules) == 17
    for rule in rules:
        path = f"{path_of(rule, language)}?size={size}"
        with django_assert_max_num_queries(1):
            response = client.get(path, headers={"accept-encoding": "gzip"})
        assert weight(response) < HEAVIEST
        assert not response.cookies
        page = get(client, path)
        with override(language):
            assert page.text_of("h1") == rule.title
            assert rule.article.title in page.text_of("p")
            assert f"testserver{rule.get_absolute_url()}" in page.text_of("a")
            canonical = page.all("link", rel="canonical")
            assert [link["href"] for link in canonical] == [f"http://testserver{rule.get_absolute_url()}"]
        assert page.all("meta", name="robots", content="noindex")
        assert page.all("article", **{"class": f"placard placard-{size} ink-{rule.article.ink}"})


def test_the_switcher_stays_on_the_poster_and_its_size(client):
    rule = Advice.objects.filter(kind="rule").first()
    links = [link for link in get(client, f"{path_of(rule, 'en')}?size=a3").all("a") if "hreflang" in link]
    assert [link["href"] for link in links] == [
        f"http://testserver{path_of(rule, language)}?size=a3" for language in LANGUAGES
    ]


def test_only_a_rule_leads_to_posters(client, rule, tip):
    links = {link["href"] for link in get(client, rule.url_in("en")).all("a")}
    assert {path_of(rule, "en"), f"{path_of(rule, 'en')}?size=a3"} <= links
    assert "poster" not in client.get(tip.url_in("en")).content.decode().replace("poster.css", "")
    assert client.get(f"/en/rules/{tip.slug_en}/poster/").status_code == 404


def test_a_rule_that_isnt_published_has_none(client, rule, article):
    article.status = "draft"
    article.save()
    assert client.get(path_of(rule, "en")).status_code == 404


def test_another_slug_leads_to_the_poster(client, rule):
    response = client.get(f"/fi/rules/{rule.slug_en}/poster/?size=a3")
    assert (response.status_code, response["Location"]) == (301, f"{path_of(rule, 'fi')}?size=a3")


@pytest.mark.parametrize("size", ["", "a5", "A4", "a4%00", "%ED%A0%80", "a" * 10_000, "４", "a3&size=b"])
def test_a_size_that_there_isnt_is_not_found(client, rule, size):
    assert client.get(f"{path_of(rule, 'en')}?size={size}").status_code in (400, 404)


def test_a_rule_that_isnt_translated_is_marked_with_its_language(client, rule):
    page = get(client, path_of(rule, "hy"))
    (heading,) = page.all("h1")
    assert heading["lang"] == "en"
    assert page.all("p", role="note")
    assert page.all("link", rel="canonical")[0]["href"] == f"http://testserver{rule.url_in('en')}"


# --- How large the type is --------------------------------------------------------------------------------------------


def test_a_shorter_rule_is_set_in_larger_type():
    sizes = [type_size(" ".join(["wait"] * words), "en") for words in range(1, 14)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == TYPE_SIZES[0]
    assert len(set(sizes)) > 4


def test_a_wide_script_is_set_in_smaller_type():
    title = "w" * 14
    assert type_size(title, "hy") < type_size(title, "ru") < type_size(title, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_rule_needs_type_too_small_for_a_wall(language):
    with override(language):
        sizes = [type_size(rule.title, language) for rule in Advice.objects.filter(kind="rule")]
    assert min(sizes) >= TYPE_SIZES[-1]
    assert sum(sizes) / len(sizes) > 20


def test_a_word_longer_than_the_sheet_is_set_in_the_smallest_type():
    assert type_size("w" * 70, "en") == TYPE_SIZES[-1]


@pytest.mark.parametrize(
    ("title", "characters", "lines"),
    [("one two", 7, 1), ("one two", 6, 2), ("one two three", 7, 2), ("three", 4, 0), ("one two three four", 10, 2)],
)
def test_words_are_set_in_lines(title, characters, lines):
    assert lines_of(title, characters) == lines


def test_the_style_sheet_knows_every_size_of_type_and_paper():
    styles = (settings.BASE_DIR / "static" / "css" / "poster.css").read_text()
    assert {int(size) for size in re.findall(r"\.type-\d+ { --type: (\d+); }", styles)} == set(TYPE_SIZES)
    assert {size.lower() for size in re.findall(r"@page poster-a\d { size: (A\d)", styles)} == set(SIZES)
    assert f"line-height: {LINE_HEIGHT};" in styles
    assert ROOM[0] + 2 * (12 + 4 + 6) == 210
