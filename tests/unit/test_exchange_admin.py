"""The pages on which texts go out and come back."""

import io
import re
import zipfile
from dataclasses import replace

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from articles import tables, xliff
from articles.comments import told
from articles.history import state_of, versions_of
from articles.models import Advice, Article
from articles.status import CURRENT, OUTDATED, status_of
from articles.units import MODELS, units_for, within
from retention.audit.models import Event, Kind

from .pages import Page

pytestmark = pytest.mark.django_db

EXPORT, IMPORT, APPLY = (reverse(f"admin:exchange_{name}") for name in ("export", "import", "apply"))
ARCHIVE, DOWNLOAD, LOAD = (reverse(f"admin:exchange_archive{name}") for name in ("", "_download", "_apply"))


def content_of(response) -> bytes:
    return response.getvalue() if response.streaming else response.content


def said(response) -> str:
    return response.content.decode()


def kept(response) -> str:
    """Return what the form of a preview brings back, and the choice of a language too."""
    (value,) = {field["value"] for field in Page(said(response)).all("input", name="kept")}
    return value


def person(*permissions: str) -> Client:
    """Return the browser of a member of staff with these permissions."""
    user = User.objects.create_user("person", password="x", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client = Client()
    client.force_login(user)
    return client


VIEW = [f"view_{name}" for name in MODELS]


@pytest.fixture
def finnish(article, tip) -> bytes:
    """A table with the English translation of the body of `tip`."""
    (unit,) = [unit for unit in units_for(within(Article.objects.filter(pk=article.pk)), "en") if unit.field == "body"]
    rows = "".join(tables.written_csv([unit]))
    return rows.replace("Sano huomenta.,,missing", "Sano huomenta.,Say good morning.,missing").encode()


def upload(client, content: bytes, name: str = "back.csv", url: str = IMPORT, **values):
    return client.post(url, {"file": SimpleUploadedFile(name, content), **values})


# --- Export -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("suffix", "begins"), [("xlf", b"<?xml"), ("csv", b"\xef\xbb\xbfmodel,"), ("xlsx", b"PK")])
def test_texts_go_out_in_a_file_that_says_what_it_is(admin_client, suffix, begins):
    response = admin_client.post(EXPORT, {"language": "fi", "what": "everything", "suffix": suffix})
    assert re.fullmatch(
        rf'attachment; filename="come-again-fi-\d{{4}}-\d\d-\d\d\.{suffix}"', response["Content-Disposition"]
    )
    assert content_of(response).startswith(begins)


def test_the_list_leads_to_the_export_of_chosen_articles(admin_client, article, tip):
    values = {"action": "export_chosen", "_selected_action": [article.pk]}
    response = admin_client.post(reverse("admin:articles_article_changelist"), values, follow=True)
    assert article.title in said(response)
    response = admin_client.post(
        response.redirect_chain[0][0], {"language": "en", "what": "chosen", "suffix": "xlf", "only_unfinished": "on"}
    )
    assert f'filename="{article.key}-en-' in response["Content-Disposition"]
    units = xliff.parsed(content_of(response))
    assert {unit.key for unit in units} == {article.key, tip.key}


def test_topics_go_out_alone(admin_client):
    response = admin_client.post(EXPORT, {"language": "ru", "what": "topics", "suffix": "xlf"})
    assert {unit.model for unit in xliff.parsed(content_of(response))} == {"topic"}


def test_where_nothing_is_left_to_translate_no_file_is_made(admin_client):
    values = {"language": "ru", "what": "topics", "suffix": "xlf", "only_unfinished": "on"}
    assert "Nothing is left to translate there." in said(admin_client.post(EXPORT, values))


def test_too_much_for_a_spreadsheet_is_told(admin_client, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 3)
    response = admin_client.post(EXPORT, {"language": "ru", "what": "topics", "suffix": "xlsx"})
    assert "too much for a spreadsheet" in said(response)


@pytest.mark.parametrize("chosen", ["", "x", "-1", "0", "9" * 30, "1,,2", "²"])
def test_an_odd_choice_of_articles_is_no_choice(admin_client, chosen):
    assert admin_client.get(EXPORT, {"chosen": chosen}).status_code == 200


@pytest.mark.parametrize("values", [{}, {"language": "sv", "what": "chosen", "suffix": "exe"}])
def test_a_wrong_choice_is_told(admin_client, values):
    assert admin_client.post(EXPORT, values).status_code == 200


# --- Import -----------------------------------------------------------------------------------------------------------


def test_the_preview_shows_what_would_change_and_changes_nothing(admin_client, finnish, tip):
    response = upload(admin_client, finnish)
    page = said(response)
    assert "1 translation would change." in page
    assert re.search(r"<ins>.*Say good morning\..*</ins>", page, re.DOTALL)
    tip.refresh_from_db()
    assert not tip.body_en


@pytest.mark.parametrize(("language", "named"), [("en", "piece of advice, English"), ("ru", "заметка, английский")])
def test_languages_are_named_as_within_a_sentence(admin_client, finnish, language, named):
    admin_client.cookies["django_language"] = language
    assert f"({named})" in said(upload(admin_client, finnish))


def test_what_was_previewed_is_imported(admin_client, finnish, tip):
    response = admin_client.post(APPLY, {"kept": kept(upload(admin_client, finnish))}, follow=True)
    assert "1 translation was imported." in said(response)
    tip.refresh_from_db()
    assert (tip.body_en, status_of(tip, "en")) == ("Say good morning.", CURRENT)
    assert [(entry.get_edited_object(), entry.is_change()) for entry in LogEntry.objects.all()] == [(tip, True)]


def test_what_has_changed_since_the_preview_is_told_and_nothing_overwritten(admin_client, finnish, tip):
    packed = kept(upload(admin_client, finnish))
    tip.body_en = "Say morning."
    tip.save()
    response = admin_client.post(APPLY, {"kept": packed})
    assert "Texts have changed since the preview." in said(response)
    tip.refresh_from_db()
    assert tip.body_en == "Say morning."
    values = {"kept": kept(response), "reason": "Mine is better."}
    assert admin_client.post(APPLY, values).status_code == 302


def test_the_same_preview_is_imported_once(admin_client, finnish):
    packed = kept(upload(admin_client, finnish))
    assert admin_client.post(APPLY, {"kept": packed}).status_code == 302
    assert "0 translations would change." in said(admin_client.post(APPLY, {"kept": packed}))


def test_warnings_want_a_reason_which_the_history_keeps(admin_client, finnish, tip):
    packed = kept(upload(admin_client, finnish.replace(b"Say good morning.", b"Say 5 things.")))
    assert "Say below why the warnings don’t matter" in said(admin_client.post(APPLY, {"kept": packed}))
    tip.refresh_from_db()
    assert not tip.body_en
    assert admin_client.post(APPLY, {"kept": packed, "reason": "Five\0 it is."}).status_code == 302
    tip.refresh_from_db()
    assert tip.body_en == "Say 5 things."


def test_an_import_lands_in_the_history(admin_client, admin_user, finnish, tip):
    tip.body_fi = "Sano aina huomenta."
    tip.save()
    admin_client.post(APPLY, {"kept": kept(upload(admin_client, finnish)), "reason": "Better than nothing."})
    after, before = versions_of(Advice, tip.pk)
    comment = "Imported from back.csv. – Better than nothing."
    assert (after.revision.user, told(after.revision.comment)) == (admin_user, comment)
    assert (before.field_dict["body_en"], after.field_dict["body_en"]) == ("", "Say good morning.")
    assert "Sano huomenta." in state_of(after)["confirmed"]["en"]


def test_an_import_is_in_the_audit_log(admin_client, finnish, tip):
    admin_client.post(APPLY, {"kept": kept(upload(admin_client, finnish))})
    event = Event.objects.first()
    assert (event.kind, event.person, event.key) == (Kind.IMPORTED, "admin", str(tip.pk))
    assert told(event.detail) == "Imported from back.csv."


def test_an_article_lands_in_the_history_once_with_its_advice(admin_client, article, tip):
    units = units_for(within(Article.objects.filter(pk=article.pk)), "ru")
    content = "".join(tables.written_csv(replace(unit, translation="Да") for unit in units)).encode()
    admin_client.post(APPLY, {"kept": kept(upload(admin_client, content)), "reason": "Short."})
    (version, *_earlier) = versions_of(Article, article.pk)
    assert version.field_dict["title_ru"] == "Да"
    assert versions_of(Advice, tip.pk)[0].revision == version.revision


def test_a_file_against_an_older_source_arrives_out_of_date(admin_client, finnish, tip):
    tip.body_fi = "Sano aina huomenta."
    tip.save()
    values = {"kept": kept(upload(admin_client, finnish)), "reason": "Better than nothing."}
    admin_client.post(APPLY, values)
    tip.refresh_from_db()
    assert (tip.body_en, status_of(tip, "en")) == ("Say good morning.", OUTDATED)


@pytest.mark.parametrize("value", ["", "x", "a:b:c"])
def test_a_forged_preview_is_refused(admin_client, finnish, value):
    response = admin_client.post(APPLY, {"kept": value})
    assert "This preview holds no more." in said(response)


def test_a_preview_of_somebody_else_is_refused(admin_client, finnish, tip):
    packed = kept(upload(admin_client, finnish))
    response = person(*VIEW, "translate_en").post(APPLY, {"kept": packed})
    assert "This preview holds no more." in said(response)


def test_a_preview_doesnt_become_one_of_another_kind(admin_client, finnish):
    packed = kept(upload(admin_client, finnish))
    assert "This preview holds no more." in said(admin_client.post(LOAD, {"kept": packed}))


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.xlf", b"<xliff>", "well-formed XML"),
        ("x.csv", b"model\n", "lacks columns"),
        ("x.csv", b"\xff", "isn’t UTF-8"),
        ("x.xlsx", b"PK", "isn’t a workbook that can be read"),
        ("x.exe", b"MZ", "must end in .xlf, .xliff, .csv, .xlsx"),
        ("x", b"MZ", "must end in"),
        ("x.csv", b"", "The submitted file is empty."),
        ("x.csv", b"x" * 5_000_001, "larger than 5 MB"),
    ],
)
def test_a_file_that_cant_be_taken_is_refused_with_a_reason(admin_client, name, content, reason):
    response = upload(admin_client, content, name)
    assert response.status_code == 200
    assert reason in said(response)
    assert "Nothing was changed." in said(response)


def test_too_much_text_for_one_form_is_refused(admin_client, finnish, monkeypatch):
    monkeypatch.setattr("articles.admin.sealing.LONGEST", 100)
    assert "too much text in this file" in said(upload(admin_client, finnish))


def test_no_file_at_all_is_told(admin_client):
    assert "This field is required." in said(admin_client.post(IMPORT, {"x": "y"}))


def test_a_refusal_names_row_and_reason(admin_client, finnish, tip):
    response = upload(admin_client, finnish.replace(tip.key.encode(), b"nobody"))
    assert "Row 2: there is no text “advice/nobody/body”." in said(response)


# --- Who may ----------------------------------------------------------------------------------------------------------


def test_who_may_look_may_export(client):
    assert person(*VIEW).get(EXPORT).status_code == 200
    assert client.get(EXPORT).status_code == 302


def test_a_translator_is_offered_her_own_language():
    page = Page(said(person(*VIEW, "translate_hy").get(EXPORT)))
    assert page.all("option", value="hy")[0].keys() == {"value", "selected"}


def test_who_may_not_look_may_not_export():
    assert person("view_article").get(EXPORT).status_code == 403


def test_who_may_translate_into_no_language_may_not_import(finnish):
    client = person(*VIEW)
    assert client.get(IMPORT).status_code == 403
    assert upload(client, finnish).status_code == 403
    assert client.post(APPLY, {"kept": "x"}).status_code == 403


def test_a_translator_imports_into_her_language_only(finnish, tip):
    client = person(*VIEW, "translate_en")
    assert client.post(APPLY, {"kept": kept(upload(client, finnish))}).status_code == 302
    tip.refresh_from_db()
    assert tip.body_en == "Say good morning."
    User.objects.all().delete()
    response = upload(person(*VIEW, "translate_ru"), finnish)
    assert "you may not change texts in this language (English)" in said(response)


def test_who_loses_the_right_between_preview_and_import_is_refused(finnish, tip):
    client = person(*VIEW, "translate_en", "translate_ru")
    packed = kept(upload(client, finnish))
    User.objects.get().user_permissions.remove(Permission.objects.get(codename="translate_en"))
    assert "you may not change texts in this language (English)" in said(client.post(APPLY, {"kept": packed}))
    tip.refresh_from_db()
    assert not tip.body_en


def test_only_who_may_change_everything_loads_an_archive():
    client = person(*VIEW, "change_article")
    assert client.get(ARCHIVE).status_code == 200
    assert b"Back in" not in client.get(ARCHIVE).content
    assert upload(client, b"PK", "x.zip", ARCHIVE).status_code == 403
    assert client.post(LOAD, {"kept": "x"}).status_code == 403


@pytest.mark.parametrize(("url", "start"), [(APPLY, IMPORT), (LOAD, ARCHIVE), (DOWNLOAD, ARCHIVE)])
def test_who_signs_in_again_before_the_last_step_is_led_back_to_the_first(admin_client, url, start):
    page = said(admin_client.get(url, follow=True))
    assert "If you had chosen a file, choose it again" in page
    assert f'action="{start}"' in page


def choose(client, response, language: str):
    """Choose another language of the desk as a browser does that is shown `response`."""
    (following,) = Page(said(response)).all("input", name="next")
    values = {"next": following["value"], "kept": kept(response), "language": language}
    return client.post(reverse("admin:language"), values, follow=True)


def test_the_preview_of_an_import_is_kept_in_another_language_of_the_desk(admin_client, finnish, tip):
    packed = kept(upload(admin_client, finnish))
    tip.body_en = "Say morning."
    tip.save()
    response = choose(admin_client, admin_client.post(APPLY, {"kept": packed}), "et")
    assert "Mida import muudaks" in said(response)
    assert re.search(r"<ins>.*good.*</ins>", said(response), re.DOTALL)
    assert admin_client.post(APPLY, {"kept": kept(response), "reason": "Parem."}).status_code == 302


def test_the_preview_of_an_archive_is_kept_in_another_language_of_the_desk(admin_client, changed):
    response = choose(admin_client, upload(admin_client, changed, "content.zip", ARCHIVE), "fi")
    assert "(neuvo, muutetaan)" in said(response)
    assert admin_client.post(LOAD, {"kept": kept(response)}).status_code == 302


@pytest.mark.parametrize(("url", "start"), [(APPLY, IMPORT), (LOAD, ARCHIVE)])
def test_a_refusal_leads_to_the_first_step_in_another_language(admin_client, url, start):
    page = Page(said(admin_client.post(url, {"kept": "x"})))
    assert page.all("input", name="next") == [{"type": "hidden", "name": "next", "value": start}]


@pytest.mark.parametrize("url", [EXPORT, IMPORT, APPLY, ARCHIVE, LOAD, DOWNLOAD])
def test_nothing_is_done_for_another_site(admin_user, url):
    client = Client(enforce_csrf_checks=True)
    client.force_login(admin_user)
    assert client.post(url, {"x": "y"}).status_code == 403


# --- The archive ------------------------------------------------------------------------------------------------------


@pytest.fixture
def changed(admin_client) -> bytes:
    """All content as a ZIP file, with one title changed."""
    response = admin_client.post(DOWNLOAD)
    assert re.fullmatch(
        r'attachment; filename="come-again-content-\d{4}-\d\d-\d\d\.zip"', response["Content-Disposition"]
    )
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content_of(response))) as old, zipfile.ZipFile(content, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"title: Train, and", b"title: Rest, and"))
    return content.getvalue()


def test_an_archive_is_loaded_by_way_of_a_preview(admin_client, changed):
    response = upload(admin_client, changed, "content.zip", ARCHIVE)
    assert re.search(r"<h2>Rest, and .* <small>\(piece of advice, to be changed\)</small></h2>\s*", said(response))
    assert re.search(r"<h3>Title \(English\)</h3>.*<ins>.*Rest,.*</ins>", said(response), re.DOTALL)
    assert "<dt>Stays as it is</dt><dd>80</dd>" in said(response)
    assert "keep-training" not in said(response)
    assert not Advice.objects.filter(title_en__startswith="Rest, and").exists()
    response = admin_client.post(LOAD, {"kept": kept(response)}, follow=True)
    assert "Loaded: updated: 1, unchanged: 80." in said(response)
    advice = Advice.objects.get(key="keep-training")
    assert advice.title_en.startswith("Rest, and")
    assert [(entry.get_edited_object(), entry.is_change()) for entry in LogEntry.objects.all()] == [(advice, True)]


def test_what_an_archive_brings_is_logged_as_added(admin_client, changed):
    Article.objects.filter(advice__key="keep-training").delete()
    response = upload(admin_client, changed, "content.zip", ARCHIVE, overwrite="on")
    admin_client.post(LOAD, {"kept": kept(response)})
    added = [entry.get_edited_object() for entry in LogEntry.objects.all() if entry.is_addition()]
    article = Article.objects.get(advice__key="keep-training")
    assert set(added) == {article, *article.advice.all(), *article.figures.all()}
    imported = Event.objects.filter(kind=Kind.IMPORTED, person="admin", model="articles.advice")
    assert set(imported.values_list("key", flat=True)) >= {str(each.pk) for each in article.advice.all()}


def test_an_archive_wins_over_editors_if_it_is_to(admin_client, admin_user, changed):
    Advice.objects.filter(key="keep-training").update(title_en="Never stop")
    page = said(upload(admin_client, changed, "content.zip", ARCHIVE))
    assert "Stays as edited here: title (English)" in page
    assert 'value="Load"' not in page
    response = upload(admin_client, changed, "content.zip", ARCHIVE, overwrite="on")
    admin_client.post(LOAD, {"kept": kept(response)})
    advice = Advice.objects.get(key="keep-training")
    assert advice.title_en.startswith("Rest, and")
    assert versions_of(Advice, advice.pk)[0].revision.user == admin_user


def test_what_has_changed_since_the_preview_of_an_archive_is_told(admin_client, changed):
    response = upload(admin_client, changed, "content.zip", ARCHIVE, overwrite="on")
    Advice.objects.filter(key="keep-training").update(title_en="Never stop")
    response = admin_client.post(LOAD, {"kept": kept(response)})
    assert "Texts have changed since the preview." in said(response)
    assert Advice.objects.get(key="keep-training").title_en == "Never stop"
    admin_client.post(LOAD, {"kept": kept(response)})
    assert Advice.objects.get(key="keep-training").title_en.startswith("Rest, and")


def test_an_archive_that_cant_be_loaded_is_refused_with_a_reason(admin_client):
    response = upload(admin_client, b"PK", "content.zip", ARCHIVE)
    assert "This file is damaged, or no ZIP file." in said(response)


# --- In every language ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fi", "et", "ru", "hy"])
@pytest.mark.parametrize("url", [EXPORT, IMPORT, ARCHIVE])
def test_the_pages_open_in_every_language(admin_client, language, url):
    assert admin_client.get(url, headers={"accept-language": language}).status_code == 200
