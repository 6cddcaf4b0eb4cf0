"""The side-by-side view: what it shows, the ways to save, and what it checks before."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils.translation import override
from reversion.models import Revision

from articles.comments import told
from articles.history import versions_of
from articles.models import Advice
from articles.status import CURRENT, MISSING, OUTDATED, status_of
from retention.audit.models import Event, Kind

from .pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def outdated(tip) -> Advice:
    """A tip whose Finnish source has changed since its English translation was confirmed."""
    tip.body_en = "Say good morning."
    tip.save()
    tip.body_fi = "Sano huomenta ja hymyile."
    tip.save()
    return tip


def path_to(advice: Advice, language: str = "en") -> str:
    return reverse("admin:articles_advice_translate", args=[advice.pk, language])


def opened(client, advice: Advice, language: str = "en") -> dict[str, str]:
    """Return what a browser would send of the page as it was opened."""
    page = Page(client.get(path_to(advice, language)).content.decode())
    hidden = {each["name"]: each.get("value") or "" for each in page.all("input") if each.get("type") == "hidden"}
    texts = {f"{name}_{language}" for name in ("title", "body", "action", "question", "slug")}
    return hidden | {name: getattr(advice, name) or "" for name in texts}


def save(client, advice: Advice, values: dict[str, str], button: str = "_matches", language: str = "en"):
    return client.post(path_to(advice, language), values | {button: "Save"})


def status(advice: Advice, language: str = "en") -> str:
    return status_of(Advice.objects.get(pk=advice.pk), language)


def test_source_and_translation_stand_side_by_side_with_what_has_changed(admin_client, outdated):
    body = admin_client.get(path_to(outdated)).content.decode()
    assert "Say good morning." in body
    assert "<ins>" in body
    assert "ja hymyile." in body
    assert "Changed since the translation was confirmed" in body
    assert 'lang="fi"' in body


def test_source_and_translation_say_which_languages_they_are_in(admin_client, outdated):
    body = admin_client.get(path_to(outdated)).content.decode()
    assert '<p>Source: <span lang="fi">Suomi</span></p>' in body
    assert '<p>Translation: <span lang="en">English</span></p>' in body
    assert '<span lang="fi">Suomi</span> <span class="status status-source">original</span>' in body


def test_the_source_itself_is_called_the_original(admin_client, outdated):
    body = admin_client.get(path_to(outdated, "fi")).content.decode()
    assert '<p class="translate-state"><span class="status status-source">original</span></p>' in body
    assert "Translation: <span" not in body


def test_a_translation_that_matches_is_current(admin_client, outdated):
    values = opened(admin_client, outdated) | {"body_en": "Say good morning, and smile."}
    assert save(admin_client, outdated, values).status_code == 302
    assert status(outdated) == CURRENT
    assert Advice.objects.get(pk=outdated.pk).body_en == "Say good morning, and smile."


@pytest.mark.parametrize("button", ["_matches", "_small_fix", "_checked"])
def test_what_was_saved_is_among_the_recent_actions(admin_client, admin_user, outdated, button):
    save(admin_client, outdated, opened(admin_client, outdated), button)
    entry = LogEntry.objects.get(user=admin_user)
    assert (entry.get_edited_object(), entry.is_change()) == (outdated, True)
    assert entry.get_admin_url() in admin_client.get(reverse("admin:index")).content.decode()


def test_what_was_saved_is_in_the_audit_log(admin_client, outdated):
    save(admin_client, outdated, opened(admin_client, outdated))
    event = Event.objects.first()
    assert (event.kind, event.person, event.key) == (Kind.CHANGED, "admin", str(outdated.pk))
    assert told(event.detail) == told(versions_of(Advice, outdated.pk)[0].revision.comment)


def test_a_small_fix_stays_out_of_date(admin_client, outdated):
    values = opened(admin_client, outdated) | {"body_en": "Do say good morning."}
    assert save(admin_client, outdated, values, "_small_fix").status_code == 302
    assert status(outdated) == OUTDATED
    assert Advice.objects.get(pk=outdated.pk).body_en == "Do say good morning."


def test_a_small_fix_of_a_current_translation_leaves_it_current(admin_client, outdated):
    save(admin_client, outdated, opened(admin_client, outdated))
    save(admin_client, outdated, opened(admin_client, outdated) | {"body_en": "Do say good morning."}, "_small_fix")
    assert status(outdated) == CURRENT


def test_a_translation_that_needs_no_change_is_current(admin_client, outdated):
    assert save(admin_client, outdated, opened(admin_client, outdated), "_checked").status_code == 302
    assert status(outdated) == CURRENT


def test_no_change_needed_is_refused_where_something_was_changed(admin_client, outdated):
    values = opened(admin_client, outdated) | {"body_en": "Say good morning, and smile."}
    response = save(admin_client, outdated, values, "_checked")
    assert "You have changed the translation." in response.content.decode()
    assert "Say good morning, and smile." in response.content.decode()
    assert status(outdated) == OUTDATED


def test_an_edit_of_the_source_made_meanwhile_still_counts(admin_client, outdated):
    values = opened(admin_client, outdated) | {"body_en": "Say good morning, and smile."}
    outdated.body_fi = "Sano huomenta, hymyile ja odota."
    outdated.save()
    assert save(admin_client, outdated, values).status_code == 302
    assert status(outdated) == OUTDATED
    body = admin_client.get(path_to(outdated)).content.decode()
    assert "changed meanwhile" in body
    assert "odota." in body


def test_of_two_translators_the_second_is_told_and_keeps_the_typed_text(admin_client, outdated):
    mine = opened(admin_client, outdated) | {"body_en": "Say good morning, and smile."}
    outdated.body_en = "Wish a good morning, and smile."
    outdated.save()
    response = save(admin_client, outdated, mine)
    body = response.content.decode()
    assert "This was changed while you were writing." in body
    assert "Wish a good morning, and smile." in body
    assert "Say good morning, and smile.</textarea>" in body
    assert Advice.objects.get(pk=outdated.pk).body_en == "Wish a good morning, and smile."
    again = mine | {"initial-body_en": outdated.body_en}
    assert save(admin_client, outdated, again).status_code == 302
    assert Advice.objects.get(pk=outdated.pk).body_en == "Say good morning, and smile."


def test_a_first_translation_is_written(admin_client, outdated):
    values = opened(admin_client, outdated, "ru") | {"title_ru": "Поздоровайтесь", "body_ru": "Доброе утро и улыбка."}
    assert status(outdated, "ru") == MISSING
    assert save(admin_client, outdated, values, language="ru").status_code == 302
    assert status(outdated, "ru") == CURRENT
    assert Advice.objects.get(pk=outdated.pk).slug_ru == "pozdorovaytes"


def test_a_text_that_the_source_has_is_required(admin_client, outdated):
    response = save(admin_client, outdated, opened(admin_client, outdated) | {"body_en": ""})
    assert "The source has this text; the translation lacks it." in response.content.decode()
    assert Advice.objects.get(pk=outdated.pk).body_en == "Say good morning."


def test_a_missing_translation_is_saved_as_matching_or_unfinished(admin_client, outdated):
    page = Page(admin_client.get(path_to(outdated, "ru")).content.decode())
    offered = [each["name"] for each in page.all("input", type="submit") if each.get("name", "").startswith("_")]
    assert offered == ["_matches", "_unfinished"]


def test_an_unfinished_translation_is_kept_without_being_compared(admin_client, outdated):
    values = opened(admin_client, outdated, "ru") | {"title_ru": "", "body_ru": "Скажите 15 раз"}
    assert save(admin_client, outdated, values, "_unfinished", "ru").status_code == 302
    assert (Advice.objects.get(pk=outdated.pk).body_ru, status(outdated, "ru")) == ("Скажите 15 раз", MISSING)
    assert "Saved unfinished." in Revision.objects.latest("pk").comment


def test_a_translation_that_is_complete_but_called_unfinished_doesnt_match(admin_client, outdated):
    values = opened(admin_client, outdated, "ru") | {"title_ru": "Поздоровайтесь", "body_ru": "Скажите 15 раз"}
    assert save(admin_client, outdated, values, "_unfinished", "ru").status_code == 302
    assert status(outdated, "ru") == OUTDATED


def test_a_number_that_the_source_lacks_is_warned_of_and_overruled_with_a_reason(admin_client, outdated):
    values = opened(admin_client, outdated) | {"body_en": "Say good morning 15 times."}
    response = save(admin_client, outdated, values)
    assert "The translation has numbers that the source lacks: 15." in response.content.decode()
    assert "Say good morning 15 times." in response.content.decode()
    assert status(outdated) == OUTDATED
    assert save(admin_client, outdated, values | {"reason": "An English idiom"}).status_code == 302
    assert status(outdated) == CURRENT
    with override("et"):
        comment = told(Revision.objects.latest("pk").comment)
    warning = "Tõlkes on arve, mida lähtetekstis ei ole: 15."
    assert comment == f"English: Salvestatud lähtetekstile vastavana. {warning} – An English idiom"


def test_what_was_written_past_the_desk_is_kept_before_it_is_replaced(admin_client, outdated):
    Advice.objects.filter(pk=outdated.pk).update(body_en="Written past the desk.")
    outdated.refresh_from_db()
    values = opened(admin_client, outdated) | {"body_en": "Say good morning, and smile."}
    assert save(admin_client, outdated, values).status_code == 302
    kept = [version.field_dict["body_en"] for version in versions_of(Advice, outdated.pk)]
    assert kept == ["Say good morning, and smile.", "Written past the desk."]


def test_a_form_that_lacks_texts_empties_none(admin_client, outdated):
    for language in ("en", "fi"):
        values = {"opened": opened(admin_client, outdated, language)["opened"]}
        assert save(admin_client, outdated, values, "_small_fix", language).status_code == 400
    assert Advice.objects.get(pk=outdated.pk).title_fi == outdated.title_fi


def test_the_source_keeps_its_title(admin_client, outdated):
    values = opened(admin_client, outdated, "fi") | {"title_fi": ""}
    response = save(admin_client, outdated, values, "_save", "fi")
    assert "Without this the text doesn’t exist in this language." in response.content.decode()


def test_a_fix_that_takes_a_text_away_is_told_as_it_is(admin_client, outdated):
    values = opened(admin_client, outdated) | {"body_en": ""}
    response = admin_client.post(path_to(outdated), values | {"_small_fix": "Save"}, follow=True)
    assert "Some of its texts are still missing." in response.content.decode()


def test_what_was_typed_for_a_deleted_text_is_shown_for_copying(admin_client, outdated):
    path, values = path_to(outdated), opened(admin_client, outdated) | {"body_en": "Say good morning, and smile."}
    outdated.delete()
    response = admin_client.post(path, values | {"_matches": "Save"})
    assert response.status_code == 200
    assert "Say good morning, and smile." in response.content.decode()


def test_a_current_translation_needs_no_other_verdict(admin_client, outdated):
    save(admin_client, outdated, opened(admin_client, outdated), "_checked")
    assert "_small_fix" not in admin_client.get(path_to(outdated)).content.decode()


def test_a_text_that_is_too_long_is_refused(admin_client, outdated):
    response = save(admin_client, outdated, opened(admin_client, outdated) | {"title_en": "x" * 71})
    assert "at most 70 characters" in response.content.decode()


@pytest.mark.parametrize(("name", "length"), [("title", 80), ("action", 200)])
def test_of_a_text_that_is_too_long_nothing_else_is_said(admin_client, outdated, name, length):
    outdated.action_fi = "Tervehdi tänään kolmea."
    outdated.save()
    values = opened(admin_client, outdated) | {"action_en": "Greet three today.", f"{name}_en": "x" * length}
    response = save(admin_client, outdated, values)
    assert list(response.context["errors"]) == [f"{name}_en"]
    assert len(response.context["errors"][f"{name}_en"]) == 1


def test_of_a_reason_that_is_too_long_nothing_else_is_said(admin_client, outdated):
    values = opened(admin_client, outdated) | {"body_en": "Say good morning 15 times.", "reason": "x" * 201}
    response = save(admin_client, outdated, values)
    assert len(response.context["errors"]["reason"]) == 1


def test_a_form_that_holds_another_language_is_refused(admin_client, outdated):
    values = opened(admin_client, outdated) | {"title_ru": "Привет"}
    assert save(admin_client, outdated, values).status_code == 403
    assert not Advice.objects.get(pk=outdated.pk).title_ru


@pytest.mark.parametrize("forged", ["", "nonsense"])
def test_a_source_that_we_didnt_sign_is_refused(admin_client, outdated, forged):
    values = opened(admin_client, outdated) | {"opened": forged}
    assert save(admin_client, outdated, values).status_code == 403


def test_a_source_that_was_signed_for_another_text_is_refused(admin_client, outdated):
    another = Advice.objects.get(key="keep-training")
    values = opened(admin_client, outdated) | {"opened": opened(admin_client, another)["opened"]}
    assert save(admin_client, outdated, values).status_code == 403


def test_the_source_itself_is_edited_without_a_verdict(admin_client, outdated):
    body = admin_client.get(path_to(outdated, "fi")).content.decode()
    assert "_small_fix" not in body
    values = opened(admin_client, outdated, "fi") | {"body_fi": "Sano päivää."}
    assert save(admin_client, outdated, values, "_save", "fi").status_code == 302
    assert status(outdated, "fi") == CURRENT
    assert status(outdated) == OUTDATED


def test_a_page_of_an_original_is_headed_so(admin_client, outdated):
    page = Page(admin_client.get(path_to(outdated, "fi")).content.decode())
    assert "Original: Suomi" in page.text_of("h1")
    assert "Translation: English" in Page(admin_client.get(path_to(outdated)).content.decode()).text_of("h1")


@pytest.fixture
def translator(client, django_user_model):
    """A client of somebody who translates into Finnish and nothing else."""
    user = django_user_model.objects.create_user("translator", is_staff=True)
    user.groups.add(Group.objects.get(name="Translators (fi)"))
    client.force_login(user)
    return client


def impact(client, advice: Advice, values: dict[str, str], language: str = "fi"):
    return client.post(f"{path_to(advice, language)}impact/", values)


def test_a_translator_of_the_source_language_is_told_what_a_change_does_and_keeps_translations_valid(
    admin_client, translator, outdated
):
    save(admin_client, outdated, opened(admin_client, outdated))
    values = opened(translator, outdated, "fi") | {"body_fi": "Sano huomenta ja hymyile!"}
    sentence = "1 translation will be out of date, 1 word changed."
    assert impact(translator, outdated, values).json()["sentence"] == sentence
    values |= {"translations_stay_valid": "on"}
    sentence = "0 translations will be out of date, 1 word changed."
    assert impact(translator, outdated, values).json()["sentence"] == sentence
    assert save(translator, outdated, values, "_save", "fi").status_code == 302
    assert (Advice.objects.get(pk=outdated.pk).body_fi, status(outdated)) == ("Sano huomenta ja hymyile!", CURRENT)
    latest = Revision.objects.latest("pk")
    assert (latest.user.username, told(latest.comment)) == ("translator", "Suomi: Saved; its translations stay valid.")


def test_what_is_out_of_date_doesnt_become_valid_with_its_source(admin_client, outdated):
    values = opened(admin_client, outdated, "fi") | {"body_fi": "Sano päivää.", "translations_stay_valid": "on"}
    assert save(admin_client, outdated, values, "_save", "fi").status_code == 302
    assert status(outdated) == OUTDATED


def test_a_translation_keeps_no_other_valid(admin_client, outdated):
    assert "translations_stay_valid" not in admin_client.get(path_to(outdated)).content.decode()
    save(admin_client, outdated, opened(admin_client, outdated) | {"translations_stay_valid": "on"}, "_small_fix")
    assert status(outdated) == OUTDATED


def test_the_impact_is_told_to_those_only_who_may_change_the_text(translator, outdated):
    values = opened(translator, outdated, "fi")
    assert impact(translator, outdated, values, "en").status_code == 403
    assert impact(translator, outdated, values | {"title_en": "X"}).status_code == 403
    assert impact(translator, outdated, values, "xx").status_code == 404
    assert translator.get(f"{path_to(outdated, 'fi')}impact/").status_code == 405


def test_after_saving_the_next_text_is_offered(admin_client, outdated, article):
    response = admin_client.post(path_to(outdated), opened(admin_client, outdated) | {"_matches": "Save"}, follow=True)
    assert reverse("admin:articles_article_translate", args=[article.pk, "en"]) in response.content.decode()


def test_what_isnt_there_is_not_found(admin_client, outdated):
    assert admin_client.get(path_to(outdated, "xx")).status_code == 404
    assert admin_client.get(reverse("admin:articles_advice_translate", args=[10**9, "en"])).status_code == 404
