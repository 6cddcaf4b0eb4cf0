"""Drafts, scheduled articles, previews; and what readers of an outdated translation are told."""

import datetime as dt

import pytest
from django.core import signing
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from articles.languages import LANGUAGES
from articles.models import Article
from articles.publishing import DRAFT, PUBLISHED, SCHEDULED, in_state, preview_url, state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(article) -> Article:
    article.status, article.published_at = "draft", None
    article.save()
    return article


def body_of(client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_an_article_is_a_draft_scheduled_or_published(article):
    later, earlier = timezone.now() + dt.timedelta(hours=1), timezone.now() - dt.timedelta(hours=1)
    for status, moment, state in (
        ("draft", None, DRAFT),
        ("draft", earlier, DRAFT),
        ("published", later, SCHEDULED),
        ("published", earlier, PUBLISHED),
    ):
        article.status, article.published_at = status, moment
        article.save()
        assert state_of(article) == state
        found = [
            each for each in (DRAFT, SCHEDULED, PUBLISHED) if Article.objects.filter(in_state(each), pk=article.pk)
        ]
        assert found == [state]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_draft_is_seen_by_whoever_has_the_link(client, draft, tip, language):
    response = client.get(preview_url(draft, language))
    body = response.content.decode()
    assert response.status_code == 200
    assert f'<html lang="{language}">' in body
    with override(language):
        assert draft.title in body
        assert tip.title in body
    assert client.get(preview_url(tip, language)).status_code == 200
    assert client.get(draft.url_in(language)).status_code == 404


def test_a_preview_is_kept_by_nobody_and_found_by_no_search_engine(client, draft):
    response = client.get(preview_url(draft, "en"))
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in response.content.decode()
    assert not response.cookies


def test_a_preview_ends(client, draft, monkeypatch):
    path = preview_url(draft, "en")
    monkeypatch.setattr("articles.publishing.PREVIEW_DAYS", 0)
    response = client.get(path)
    assert response.status_code == 410
    assert "This preview has expired" in response.content.decode()


def test_a_preview_of_what_is_published_by_now_leads_there(client, draft):
    path = preview_url(draft, "fi")
    draft.status = "published"
    draft.save()
    assert client.get(path)["Location"] == draft.url_in("fi")


def test_a_link_that_we_didnt_make_leads_nowhere(client, draft):
    forged = signing.dumps(["article", draft.key], salt="another purpose")
    for token in ("x", forged, preview_url(draft, "en").split("/")[-2][:-1]):
        assert client.get(reverse("preview", args=[token])).status_code == 404
    path = preview_url(draft, "en")
    draft.delete()
    assert client.get(path).status_code == 404


def test_a_link_opens_nothing_that_has_taken_the_place_of_what_it_was_made_for(client, draft):
    path, key = preview_url(draft, "en"), draft.key
    draft.delete()
    Article.objects.create(title_en="Another secret", key=key)
    assert client.get(path).status_code == 404


def test_the_form_of_a_draft_offers_previews_and_view_on_site_is_one(admin_client, draft, tip):
    for obj in (draft, tip):
        body = body_of(admin_client, reverse(f"admin:articles_{obj._meta.model_name}_change", args=[obj.pk]))
        assert all(f"/{language}/preview/" in body for language in LANGUAGES)
    assert "/en/preview/" in body_of(admin_client, reverse("admin:articles_article_change", args=[draft.pk]))


@pytest.mark.parametrize("status", ["draft", "published"])
def test_a_figure_is_to_be_seen_on_the_page_of_its_article(admin_client, client, article, figure, status):
    article.status = status
    article.save()
    response = admin_client.get(reverse("admin:articles_figure_change", args=[figure.pk]))
    path, anchor = response.context["absolute_url"].split("#")
    assert f'id="{anchor}"' in body_of(client, path)


def test_the_form_of_what_is_published_offers_none(admin_client, article):
    assert "/en/preview/" not in body_of(admin_client, reverse("admin:articles_article_change", args=[article.pk]))


# --- Outdated translations --------------------------------------------------------------------------------------------

NOTICE = "The original has changed since this was translated."


def test_readers_are_told_of_an_outdated_translation(client, article, tip):
    for obj, change in ((article, {"summary_fi": "Uusi."}), (tip, {"body_fi": "Uusi."})):
        obj.title_en = f"{obj.title_en}!"
        obj.summary_en, obj.introduction_en, obj.body_en = "New.", "New.", "New."
        obj.save()
        assert NOTICE not in body_of(client, obj.url_in("en"))
        for name, text in change.items():
            setattr(obj, name, text)
        obj.save()
        body = body_of(client, obj.url_in("en"))
        assert NOTICE in body
        assert f'href="{obj.url_in("fi")}" hreflang="fi"' in body
        assert NOTICE not in body_of(client, obj.url_in("fi"))


def test_an_article_tells_which_of_its_advice_is_outdated(client, article, tip):
    article.summary_en, article.introduction_en = "A greeting decides.", "Introduction."
    article.save()
    tip.body_en = "Say good morning."
    tip.save()
    tip.body_fi = "Sano päivää."
    tip.save()
    assert body_of(client, article.url_in("en")).count(NOTICE) == 1


def test_a_stand_in_isnt_called_outdated(client, article):
    assert NOTICE not in body_of(client, article.url_in("ru"))


def test_readers_are_told_of_outdated_figures(client, article, figure):
    figure.claim_fi, figure.claim_en = "15–20 % tervehdyksistä epäonnistuu.", "15–20% of greetings do fail."
    figure.save()
    pages = (article.url_in("en"), "/en/figures/")
    assert [body_of(client, page).count(NOTICE) for page in pages] == [0, 0]
    figure.claim_fi = "15–20 % tervehdyksistä epäonnistuu pahasti."
    figure.save()
    assert [body_of(client, page).count(NOTICE) for page in pages] == [1, 1]


def test_readers_are_told_of_outdated_topics(client, topic):
    with override("fi"):
        notice = gettext(NOTICE)
    topic.summary_en, topic.summary_fi = "Hello.", "Hei."
    topic.save()
    assert notice not in body_of(client, topic.url_in("fi"))
    topic.summary_en = "Hello again."
    topic.save()
    assert notice in body_of(client, topic.url_in("fi"))
