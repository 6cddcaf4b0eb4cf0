"""What the forms of content give to the scripts of the desk, and what the desk answers to them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from articles.admin.preview import LONGEST
from articles.models import Advice, Article, Topic
from articles.rendering import render

from .pages import Page
from .test_admin import article_form, form_values, url

pytestmark = pytest.mark.django_db

PREVIEW = "/admin/articles/article/preview/"
DRAFT = "abcdefgh1234"


def test_a_preview_is_rendered_as_on_the_site(admin_client):
    text = "# Smile\n\nBe **kind**.\n\n<script>alert(1)</script> [no](javascript:alert(1))"
    assert admin_client.post(PREVIEW, {"text": text}).json() == {"html": render(text, 3)}


def test_a_preview_of_nothing_is_empty(admin_client):
    assert admin_client.post(PREVIEW).json() == {"html": ""}


def test_a_preview_leaves_the_cache_of_readers_alone(admin_client):
    before = render.cache_info().currsize
    admin_client.post(PREVIEW, {"text": "Nobody has read this yet."})
    assert render.cache_info().currsize == before


def test_a_text_too_long_for_a_preview_is_refused_with_a_sentence(admin_client):
    response = admin_client.post(PREVIEW, {"text": "x" * (LONGEST + 1)})
    assert response.status_code == 413
    assert response.json() == {"error": "This text is too long for a preview."}


def test_a_preview_is_for_people_of_the_desk_and_posted(admin_client, client, django_user_model):
    assert admin_client.get(PREVIEW).status_code == 405
    client.force_login(django_user_model.objects.create_user("reader"))
    assert client.post(PREVIEW, {"text": "Hello."}).status_code == 302


@pytest.mark.parametrize("path", [PREVIEW, "/admin/articles/topic/1/impact/"])
def test_what_scripts_ask_for_is_refused_to_other_sites(admin_user, path):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    response = client.post(path, {"text": "Hello."})
    assert response.status_code == 403
    assert "what you have typed is kept in this browser" in response.content.decode()


def test_texts_say_their_language_and_what_is_counted(admin_client, tip):
    page = Page(admin_client.get(url(Advice, "change", tip.pk)).content.decode())
    (title,) = page.all("input", name="title_ru")
    assert title["lang"] == "ru"
    assert title["data-most-characters"] == "70"
    (body,) = page.all("textarea", name="body_hy")
    assert (body["lang"], body["data-fewest-words"], body["data-most-words"]) == ("hy", "60", "160")
    assert "data-markdown" in body
    (slug,) = page.all("input", name="slug_ru")
    assert "data-most-characters" not in slug


def test_a_browser_cuts_no_text_off(admin_client, article, tip):
    for each in (article, tip):
        page = Page(admin_client.get(url(type(each), "change", each.pk)).content.decode())
        texts = [field for tag in ("input", "textarea") for field in page.all(tag) if "lang" in field]
        assert texts
        assert not [field["name"] for field in texts if "maxlength" in field]


def test_a_form_tells_the_original_and_how_translations_stand(admin_client, article):
    page = Page(admin_client.get(url(Article, "change", article.pk)).content.decode())
    (tabs,) = [each for each in page.all("div") if each.get("class") == "language-tabs"]
    assert tabs["data-source"] == "fi"
    assert (tabs["data-fi"], tabs["data-en"]) == ("current", "missing")


def test_each_field_of_an_article_has_a_name(admin_client, article, tip):
    html = admin_client.get(url(Article, "change", article.pk)).content.decode()
    labelled = set(re.findall(r'<label[^>]* for="([^"]+)"', html))
    page = Page(html)
    fields = [field for tag in ("input", "select", "textarea") for field in page.all(tag) if "name" in field]
    shown = [field for field in fields if field.get("type") not in ("hidden", "submit")]
    nameless = [field for field in shown if field.get("id") not in labelled and "aria-label" not in field]
    assert [field["name"] for field in nameless] == []


@pytest.mark.parametrize("language", ["fi", "et", "ru", "hy"])
def test_words_of_scripts_come_in_the_language_of_the_desk(admin_client, language):
    admin_client.cookies["django_language"] = language
    page = Page(admin_client.get(reverse("admin:articles_topic_add")).content.decode())
    scripts = {script["src"].split("/")[-1].split(".")[0]: script for script in page.all("script") if "src" in script}
    assert {
        "desk",
        "counter",
        "preview",
        "unsaved",
        "drafts",
        "language-tabs",
        "reordering",
        "impact",
    } <= scripts.keys()
    assert scripts["preview"]["data-url"] == PREVIEW


def saved_drafts(response) -> str | None:
    return response.cookies["saved_drafts"].value if "saved_drafts" in response.cookies else None


def test_the_browser_is_told_which_draft_was_saved(admin_client, topic):
    added = admin_client.post(url(Topic, "add"), {"name_en": "News", "position": "0", "draft_id": DRAFT})
    assert saved_drafts(added) == DRAFT
    values = form_values(Page(admin_client.get(url(Topic, "change", topic.pk)).content.decode()))
    changed = admin_client.post(url(Topic, "change", topic.pk), values | {"draft_id": "zyxwvuts9876"})
    assert saved_drafts(changed) == f"{DRAFT}.zyxwvuts9876"
    assert changed.cookies["saved_drafts"]["path"] == "/admin/"


def test_the_browser_isnt_told_what_was_not_saved(admin_client, client):
    values = {"name_en": "News", "position": "0", "draft_id": DRAFT}
    refused = admin_client.post(url(Topic, "add"), values | {"name_en": "x" * 71})
    assert saved_drafts(refused) is None
    assert Page(refused.content.decode()).all("input", name="draft_id")[0]["value"] == DRAFT
    assert saved_drafts(admin_client.post("/admin/articles/topic/999999/change/", values)) is None
    assert saved_drafts(client.post(url(Topic, "add"), values)) is None


@pytest.mark.parametrize("draft", ["", "short", "x" * 41, "a;b=c; path=/", "абвгдежз"])
def test_no_other_name_of_a_draft_is_told(admin_client, draft):
    response = admin_client.post(url(Topic, "add"), {"name_en": "News", "position": "0", "draft_id": draft})
    assert response.status_code == 302
    assert saved_drafts(response) is None


def test_the_list_of_saved_drafts_stays_short(admin_client):
    admin_client.cookies["saved_drafts"] = ".".join([f"draft{number:08}" for number in range(30)] + ["x;y"])
    response = admin_client.post(url(Topic, "add"), {"name_en": "News", "position": "0", "draft_id": DRAFT})
    told = saved_drafts(response).split(".")
    assert len(told) == 20
    assert told[-1] == DRAFT


def test_an_articles_rows_are_saved_where_a_draft_is_named(admin_client, article, tip):
    values = article_form(admin_client, article) | {"draft_id": DRAFT}
    assert saved_drafts(admin_client.post(url(Article, "change", article.pk), values)) == DRAFT
