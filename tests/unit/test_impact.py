"""What a change of the source does to translations, and how an editor keeps them valid."""

import pytest
from django.contrib.auth.models import Permission
from django.utils.translation import override

from articles.admin.impact import Impact
from articles.models import Advice, Article, Figure, Topic
from articles.status import CURRENT, MISSING, OUTDATED, status_of

from .pages import Page
from .test_admin import article_form, form_values, url

pytestmark = pytest.mark.django_db

STAY_VALID = {"translations_stay_valid": "on"}
CHANGES_MATCH = {"changed_translations_match": "on"}


@pytest.fixture
def greeting(topic) -> Topic:
    """A topic in English, current in Finnish, out of date in Russian, missing elsewhere."""
    topic.name_ru = "Приветствия"
    topic.save()
    topic.name_en = "Greetings here"
    topic.save()
    topic.name_fi = "Tervehdykset täällä"
    topic.save()
    assert [status_of(topic, each) for each in ("fi", "ru", "et")] == [CURRENT, OUTDATED, MISSING]
    return topic


def posted(client, obj) -> dict[str, str]:
    return form_values(Page(client.get(url(type(obj), "change", obj.pk)).content.decode()))


def impact(client, obj, values: dict[str, str]) -> str:
    return client.post(f"/admin/articles/{obj._meta.model_name}/{obj.pk}/impact/", values).json()["sentence"]


def save(client, obj, values: dict[str, str]) -> None:
    assert client.post(url(type(obj), "change", obj.pk), values).status_code == 302
    obj.refresh_from_db()


def test_a_change_of_the_source_tells_what_it_does(admin_client, greeting):
    values = posted(admin_client, greeting)
    assert impact(admin_client, greeting, values) == ""
    changed = values | {"name_en": "Warm greetings here"}
    assert impact(admin_client, greeting, changed) == "1 translation will be out of date, 2 words changed."


def test_a_change_of_a_translation_does_nothing_to_others(admin_client, greeting):
    assert impact(admin_client, greeting, posted(admin_client, greeting) | {"name_fi": "Tervehdys"}) == ""


def test_a_translation_changed_along_with_the_source_stays_current(admin_client, greeting):
    values = posted(admin_client, greeting) | {"name_en": "Warm greetings", "name_fi": "Lämpimät tervehdykset"}
    assert impact(admin_client, greeting, values) == "0 translations will be out of date, 2 words changed."
    save(admin_client, greeting, values)
    assert status_of(greeting, "fi") == CURRENT


def test_space_and_line_ends_that_a_browser_sends_are_no_change(admin_client, greeting):
    greeting.summary_en = "One sentence."
    greeting.save()
    values = posted(admin_client, greeting) | {"summary_en": " One sentence.\r\n"}
    assert impact(admin_client, greeting, values) == ""


def test_asking_saves_nothing(admin_client, greeting):
    impact(admin_client, greeting, posted(admin_client, greeting) | {"name_en": "Never"})
    greeting.refresh_from_db()
    assert greeting.name_en == "Greetings here"


def test_the_rows_of_an_article_count_too(admin_client, article, tip):
    tip.body_en = "Say good morning."
    tip.save()
    values = article_form(admin_client, article) | {"title_fi": "Hyvää iltaa, asiakas", "advice-0-title_fi": "Tervehdi"}
    assert impact(admin_client, article, values) == "1 translation will be out of date, 2 words changed."


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"advice-TOTAL_FORMS": "x"},
        {"advice-TOTAL_FORMS": "1", "advice-INITIAL_FORMS": "1"},
        {"advice-TOTAL_FORMS": "2", "advice-INITIAL_FORMS": "2", "advice-0-id": "x", "advice-1-id": "999999"},
    ],
)
def test_a_form_that_nobody_would_send_is_no_trouble(admin_client, article, tip, values):
    assert impact(admin_client, article, values) == ""


def test_what_isnt_there_has_no_impact(admin_client):
    for key in ("999999", "x"):
        assert admin_client.post(f"/admin/articles/topic/{key}/impact/").status_code == 404
    assert admin_client.get(f"/admin/articles/topic/{Topic.objects.first().pk}/impact/").status_code == 405


def test_only_those_who_may_change_an_object_are_told(client, greeting, django_user_model):
    viewer = django_user_model.objects.create_user("viewer", is_staff=True)
    viewer.user_permissions.add(Permission.objects.get(codename="view_topic"))
    client.force_login(viewer)
    assert client.post(f"/admin/articles/topic/{greeting.pk}/impact/", {"name_en": "X"}).status_code == 403
    assert "translations_stay_valid" not in client.get(url(Topic, "change", greeting.pk)).content.decode()


def test_the_sentence_agrees_with_its_numbers():
    assert str(Impact(4, 0, 37)) == "4 translations will be out of date, 37 words changed."
    assert str(Impact(1, 0, 1)) == "1 translation will be out of date, 1 word changed."
    assert str(Impact(0, 2, 3)) == "2 translations will lack a text, 3 words changed."
    assert str(Impact(2, 1, 0)) == "2 translations will be out of date, 1 translation will lack a text."
    assert str(Impact(0, 0, 0)) == ""
    with override("ru"):
        assert "%" not in str(Impact(2, 2, 5))


@pytest.fixture
def thanks(topic) -> Topic:
    """A topic with a summary in English, current in Finnish, out of date in Russian, without a summary in Estonian."""
    topic.name_ru, topic.summary_ru, topic.summary_en = "Спасибо", "Как благодарить.", "How to thank."
    topic.save()
    topic.name_en = "Thanks"
    topic.save()
    topic.name_fi, topic.summary_fi, topic.name_et = "Kiitokset", "Näin kiität.", "Tänu"
    topic.save()
    assert [status_of(topic, each) for each in ("fi", "ru", "et", "hy")] == [CURRENT, OUTDATED, MISSING, MISSING]
    return topic


GONE, NEW = {"summary_en": ""}, {"summary_en": "How to thank people."}


@pytest.mark.parametrize(
    ("changed", "sentence", "statuses"),
    [
        # Of the source: a text changed, taken away, changed while translations stay valid.
        (NEW, "1 translation will be out of date, 2 words changed.", (OUTDATED, OUTDATED, MISSING)),
        (GONE, "2 translations will be out of date, 3 words changed.", (OUTDATED, OUTDATED, OUTDATED)),
        (NEW | STAY_VALID, "0 translations will be out of date, 2 words changed.", (CURRENT, OUTDATED, MISSING)),
        (GONE | STAY_VALID, "1 translation will be out of date, 3 words changed.", (CURRENT, OUTDATED, OUTDATED)),
        # Along with a translation: one that is current, out of date, missing.
        (
            NEW | {"summary_fi": "Näin kiität ihmisiä."},
            "0 translations will be out of date, 2 words changed.",
            (CURRENT, OUTDATED, MISSING),
        ),
        (
            NEW | {"summary_ru": "Как благодарить людей."},
            "1 translation will be out of date, 2 words changed.",
            (OUTDATED, OUTDATED, MISSING),
        ),
        (
            NEW | {"summary_et": "Kuidas tänada."},
            "1 translation will be out of date, 2 words changed.",
            (OUTDATED, OUTDATED, CURRENT),
        ),
        # Of a translation: changed, declared to match, a text taken away, written.
        ({"summary_ru": "Как говорить спасибо."}, "", (CURRENT, OUTDATED, MISSING)),
        ({"summary_ru": "Как говорить спасибо."} | CHANGES_MATCH, "", (CURRENT, CURRENT, MISSING)),
        ({"summary_fi": ""}, "1 translation will lack a text.", (MISSING, OUTDATED, MISSING)),
        ({"summary_ru": ""}, "1 translation will lack a text.", (CURRENT, MISSING, MISSING)),
        ({"summary_et": "Kuidas tänada."}, "", (CURRENT, OUTDATED, CURRENT)),
        # Back to what one translation was confirmed against.
        ({"name_en": "Greetings"}, "1 translation will be out of date, 1 word changed.", (OUTDATED, CURRENT, MISSING)),
    ],
)
def test_the_sentence_tells_what_becomes_of_translations(admin_client, thanks, changed, sentence, statuses):
    values = posted(admin_client, thanks) | changed
    assert impact(admin_client, thanks, values) == sentence
    save(admin_client, thanks, values)
    assert tuple(status_of(thanks, each) for each in ("fi", "ru", "et")) == statuses


@pytest.mark.parametrize(
    ("changed", "sentence", "statuses"),
    [
        ({}, "2 translations will lack a text, 4 words changed.", (MISSING, MISSING)),
        (STAY_VALID, "2 translations will lack a text, 4 words changed.", (MISSING, MISSING)),
        ({"summary_fi": "Näin."}, "1 translation will lack a text, 4 words changed.", (CURRENT, MISSING)),
        ({"name_fi": "Tervehdys"}, "2 translations will lack a text, 4 words changed.", (MISSING, MISSING)),
        ({"summary_ru": "Так."}, "1 translation will lack a text, 4 words changed.", (MISSING, OUTDATED)),
    ],
)
def test_a_text_that_is_new_in_the_source_is_lacking_in_translations(
    admin_client, greeting, changed, sentence, statuses
):
    values = posted(admin_client, greeting) | {"summary_en": "How one should begin."} | changed
    assert impact(admin_client, greeting, values) == sentence
    save(admin_client, greeting, values)
    assert tuple(status_of(greeting, each) for each in ("fi", "ru")) == statuses


def test_advice_that_moves_to_an_article_in_another_language_is_judged_by_that(admin_client, article, tip):
    tip.body_en = "Say good morning."
    tip.save()
    other = Article.objects.create(title_en="Elsewhere", source_language="en")
    values = posted(admin_client, tip) | {"article": other.pk, "kind": "tip", "body_fi": tip.body_fi}
    assert impact(admin_client, tip, values) == "1 translation will be out of date."
    save(admin_client, tip, values)
    assert status_of(Advice.objects.get(pk=tip.pk), "fi") == OUTDATED


def test_a_row_that_is_to_be_deleted_has_no_impact(admin_client, article, tip):
    tip.body_en = "Say good morning."
    tip.save()
    values = article_form(admin_client, article) | {"advice-0-title_fi": "Tervehdi"}
    assert impact(admin_client, article, values) == "1 translation will be out of date, 1 word changed."
    assert impact(admin_client, article, values | {"advice-0-DELETE": "on"}) == ""


def test_a_row_that_lacks_a_text_of_the_new_source_language_is_told(admin_client, article, tip):
    tip.action_en, tip.body_en = "Greet whoever comes in.", "Say good morning."
    tip.save()
    values = article_form(admin_client, article) | {"source_language": "en"}
    # The summary and the introduction of the article are in Finnish only.
    said = "1 translation will be out of date, 1 translation will lack a text."
    assert impact(admin_client, article, values) == said
    save(admin_client, article, values)
    assert [status_of(each, "fi") for each in (article, Advice.objects.get(pk=tip.pk))] == [OUTDATED, MISSING]


def test_a_change_puts_translations_out_of_date(admin_client, greeting):
    save(admin_client, greeting, posted(admin_client, greeting) | {"name_en": "Greeting"})
    assert [status_of(greeting, each) for each in ("fi", "ru", "et")] == [OUTDATED, OUTDATED, MISSING]


def test_translations_that_were_current_stay_valid_where_an_editor_says_so(admin_client, greeting):
    save(admin_client, greeting, posted(admin_client, greeting) | STAY_VALID | {"name_en": "Greeting"})
    assert [status_of(greeting, each) for each in ("fi", "ru", "et")] == [CURRENT, OUTDATED, MISSING]


def test_an_outdated_translation_that_is_changed_stays_out_of_date(admin_client, greeting):
    confirmed = greeting.confirmed_ru
    save(admin_client, greeting, posted(admin_client, greeting) | {"name_ru": "Приветствие"})
    assert (greeting.name_ru, greeting.confirmed_ru, status_of(greeting, "ru")) == ("Приветствие", confirmed, OUTDATED)


def test_an_outdated_translation_matches_where_an_editor_says_so(admin_client, greeting):
    save(admin_client, greeting, posted(admin_client, greeting) | CHANGES_MATCH | {"name_ru": "Приветствия тут"})
    assert status_of(greeting, "ru") == CURRENT


def test_an_outdated_translation_that_an_editor_left_alone_matches_by_nobodys_word(admin_client, greeting):
    save(admin_client, greeting, posted(admin_client, greeting) | CHANGES_MATCH | {"name_fi": "Tervehdys täällä"})
    assert [status_of(greeting, each) for each in ("fi", "ru")] == [CURRENT, OUTDATED]


def test_an_outdated_translation_changed_along_with_the_source_stays_out_of_date(admin_client, greeting):
    changed = {"name_en": "Warm greetings", "name_ru": "Тёплые приветствия"}
    save(admin_client, greeting, posted(admin_client, greeting) | STAY_VALID | changed)
    assert [status_of(greeting, each) for each in ("fi", "ru")] == [CURRENT, OUTDATED]


def test_a_source_that_is_changed_back_heals_a_translation_changed_with_it(admin_client, greeting):
    changed = {"name_en": "Greetings", "name_ru": "Приветствие"}
    save(admin_client, greeting, posted(admin_client, greeting) | changed)
    assert [status_of(greeting, each) for each in ("fi", "ru")] == [OUTDATED, CURRENT]


def test_a_translation_that_was_missing_is_current_once_it_is_written(admin_client, greeting):
    save(admin_client, greeting, posted(admin_client, greeting) | {"name_et": "Tervitused"})
    assert status_of(greeting, "et") == CURRENT


def test_only_a_form_with_something_out_of_date_asks_whether_it_matches_now(admin_client, greeting, article, tip):
    assert "changed_translations_match" in admin_client.get(url(Topic, "change", greeting.pk)).content.decode()
    tip.body_en = "Say good morning."
    tip.save()
    assert "changed_translations_match" not in admin_client.get(url(Article, "change", article.pk)).content.decode()
    Advice.objects.filter(pk=tip.pk).update(body_fi="Sano päivää.")
    assert "changed_translations_match" in admin_client.get(url(Article, "change", article.pk)).content.decode()


@pytest.mark.parametrize(("said", "status"), [({}, OUTDATED), (CHANGES_MATCH, CURRENT)])
def test_a_title_in_a_row_confirms_the_whole_advice_only_where_an_editor_says_so(
    admin_client, article, tip, said, status
):
    tip.body_en = "Say good morning."
    tip.save()
    Advice.objects.filter(pk=tip.pk).update(body_fi="Sano päivää.")
    save(admin_client, article, article_form(admin_client, article) | said | {"advice-0-title_en": "Greet them first"})
    tip.refresh_from_db()
    assert (tip.title_en, status_of(tip, "en")) == ("Greet them first", status)


def test_what_another_source_language_puts_out_of_date_isnt_confirmed_by_changing_it(admin_client, article, tip):
    article.summary_en, article.introduction_en, tip.body_en = "A greeting decides.", "Introduction.", "Say hello."
    article.save()
    tip.save()
    values = article_form(admin_client, article) | {"introduction_en": article.introduction_en}
    values |= {"source_language": "en", "title_fi": "Hyvää iltaa", "advice-0-title_fi": "Tervehdi"}
    save(admin_client, article, values)
    assert [status_of(each, "fi") for each in (article, Advice.objects.get(pk=tip.pk))] == [OUTDATED, OUTDATED]


def test_what_stays_valid_is_judged_by_the_database_not_by_the_form(admin_client, greeting):
    greeting.summary_en, greeting.summary_fi = "How to begin.", "Näin aloitat."
    greeting.save()
    opened = posted(admin_client, greeting)
    greeting.summary_en = "A colleague’s sentence, untranslated."
    greeting.save()
    # What is sent once the form has told of the colleague.
    told = dict.fromkeys(("summary_en", "initial-summary_en"), greeting.summary_en)
    save(admin_client, greeting, opened | told | STAY_VALID | {"name_en": "Greeting"})
    assert status_of(greeting, "fi") == OUTDATED


def test_the_rows_of_an_article_stay_valid_too(admin_client, article, tip):
    tip.body_en = "Say good morning."
    tip.save()
    other = Advice.objects.create(article=article, kind="tip", title_fi="Hymyile", title_en="Smile", position=2)
    Advice.objects.filter(pk=other.pk).update(title_fi="Hymyile aina")
    values = article_form(admin_client, article) | {"advice-1-kind": "tip"}
    values |= {"advice-0-title_fi": "Tervehdi", "advice-1-title_fi": "Hymyile usein"}
    save(admin_client, article, values | STAY_VALID)
    tip.refresh_from_db()
    other.refresh_from_db()
    assert (tip.title_fi, status_of(tip, "en")) == ("Tervehdi", CURRENT)
    assert (other.title_fi, status_of(other, "en")) == ("Hymyile usein", OUTDATED)


def test_a_row_is_deleted_where_translations_stay_valid(admin_client, article, tip):
    values = article_form(admin_client, article) | STAY_VALID
    save(admin_client, article, values | {"advice-0-DELETE": "on", "advice-0-title_fi": "Pois"})
    assert not article.advice.exists()


def test_a_figure_in_an_article_stays_valid_too(admin_client, article, figure):
    Figure.objects.filter(pk=figure.pk).update(claim_fi="15–20 % tervehdyksistä epäonnistuu.")
    figure.refresh_from_db()
    figure.claim_en = "15–20% of all greetings fail."
    figure.save()
    assert status_of(figure, "en") == CURRENT
    values = article_form(admin_client, article) | STAY_VALID
    del values["advice-0-kind"]
    save(admin_client, article, values | {"figures-0-claim_fi": "15–20 % tervehdyksistä menee pieleen."})
    figure.refresh_from_db()
    assert "pieleen" in figure.claim_fi
    assert status_of(figure, "en") == CURRENT


def test_the_tick_is_kept_where_a_form_is_refused(admin_client, greeting):
    values = posted(admin_client, greeting) | STAY_VALID | {"name_en": "x" * 71}
    page = Page(admin_client.post(url(Topic, "change", greeting.pk), values).content.decode())
    assert "checked" in page.all("input", name="translations_stay_valid")[0]


def test_a_new_object_has_nothing_to_keep_valid(admin_client):
    assert "translations_stay_valid" not in admin_client.get(url(Topic, "add")).content.decode()
    response = admin_client.post(url(Topic, "add"), {"name_en": "News", "position": "0"} | STAY_VALID)
    assert response.status_code == 302


def test_another_source_language_puts_all_that_an_article_holds_out_of_date(admin_client, article, tip):
    article.summary_en, article.introduction_en, tip.body_en = (
        "A greeting decides.",
        "Introduction.",
        "Say good morning.",
    )
    article.save()
    tip.save()
    values = article_form(admin_client, article) | {"introduction_en": article.introduction_en}
    values |= {"initial-introduction_en": article.introduction_en, "source_language": "en"}
    assert impact(admin_client, article, values) == "2 translations will be out of date."
    save(admin_client, article, values | STAY_VALID)
    assert [status_of(each, "fi") for each in (article, Advice.objects.get(pk=tip.pk))] == [CURRENT, CURRENT]


def test_without_a_word_another_source_language_puts_translations_out_of_date(admin_client, article, tip):
    tip.body_en = "Say good morning."
    tip.save()
    values = article_form(admin_client, article) | {"source_language": "en"}
    save(admin_client, article, values)
    assert status_of(Advice.objects.get(pk=tip.pk), "fi") == OUTDATED
