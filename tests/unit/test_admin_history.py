"""The history in the admin: what is kept, shown, compared and brought back."""

import datetime as dt
import json

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override
from reversion.models import Revision

from articles.chronicle import Chronicle
from articles.comments import told
from articles.history import DELETED, FOUND, RECOVERED, keep, versions_of
from articles.languages import LANGUAGES
from articles.models import Advice, Article, Figure, Topic

from .pages import Page
from .test_admin import article_form, form_values, url

pytestmark = pytest.mark.django_db
MODELS = (Topic, Article, Advice, Figure)


@pytest.fixture
def translator(client, django_user_model):
    """A client of someone who may look at everything and change nothing."""
    user = django_user_model.objects.create_user("translator", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(user)
    return client


@pytest.fixture
def maria(django_user_model) -> Client:
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("maria"))
    return client


def text_of(response) -> str:
    return response.content.decode()


def change(client, obj, **values: str):
    """Send the form of a topic as it stands, with `values` typed into it."""
    path = url(type(obj), "change", obj.pk)
    return client.post(path, form_values(Page(text_of(client.get(path)))) | values)


def comments(obj) -> list[str]:
    return [version.revision.get_comment() for version in versions_of(type(obj), obj.pk)]


def test_what_is_added_is_kept(admin_client, admin_user):
    admin_client.post(url(Topic, "add"), {"name_en": "Smiles", "position": "0"})
    revision = versions_of(Topic, Topic.objects.get(name_en="Smiles").pk).get().revision
    assert (revision.get_comment(), revision.user) == ("Added.", admin_user)


def test_a_change_is_kept_with_what_was_there_before(admin_client, topic):
    change(admin_client, topic, name_en="Smiles")
    assert comments(topic) == ["Changed Name [en].", FOUND]


def test_a_change_of_what_is_known_is_kept_once(admin_client, topic):
    keep([topic])
    change(admin_client, topic, name_en="Smiles")
    assert len(comments(topic)) == 2


def test_a_form_saved_without_a_change_keeps_nothing(admin_client, topic):
    keep([topic])
    assert change(admin_client, topic).status_code == 302
    assert len(comments(topic)) == 1


def test_advice_changed_in_its_article_is_kept(admin_client, article, tip):
    form = article_form(admin_client, article)
    assert (
        admin_client.post(url(Article, "change", article.pk), form | {"advice-0-title_en": "Smile"}).status_code == 302
    )
    latest = versions_of(Advice, tip.pk).first()
    assert latest.field_dict["title_en"] == "Smile"
    assert latest.revision == versions_of(Article, article.pk).first().revision


def test_a_deletion_is_kept(admin_client, article, tip):
    pk = article.pk
    admin_client.post(url(Article, "delete", pk), {"post": "yes"})
    assert versions_of(Article, pk).first().revision.comment == DELETED
    assert versions_of(Advice, tip.pk).first().revision.comment == DELETED


def test_a_row_deleted_in_its_article_is_kept_as_deleted(admin_client, admin_user, article, tip):
    pk = tip.pk
    form = article_form(admin_client, article) | {"advice-0-DELETE": "on", "translations_stay_valid": "on"}
    assert admin_client.post(url(Article, "change", article.pk), form).status_code == 302
    assert not Advice.objects.filter(pk=pk).exists()
    revision = versions_of(Advice, pk).first().revision
    assert (revision.comment, revision.user) == (DELETED, admin_user)
    assert versions_of(Article, article.pk).first().revision.comment != DELETED


def test_deletions_from_the_list_are_kept(admin_client, topic):
    pk = topic.pk
    form = {"action": "delete_selected", "_selected_action": [pk], "post": "yes"}
    admin_client.post(url(Topic, "changelist"), form)
    assert not Topic.objects.filter(pk=pk).exists()
    assert versions_of(Topic, pk).first().revision.comment == DELETED


@pytest.mark.parametrize("model", MODELS)
def test_every_history_opens_in_every_language(admin_client, model):
    obj = model.objects.first()
    for language in ("en", "fi", "et", "ru", "hy"):
        page = Page(text_of(admin_client.get(url(model, "history", obj.pk), headers={"accept-language": language})))
        assert len([each for each in page.all("input") if each.get("type") == "radio"]) == 2


def test_a_long_history_has_pages(admin_client, topic):
    for _each in range(30):
        keep([topic])
    path = url(Topic, "history", topic.pk)
    assert text_of(admin_client.get(path)).count('name="old"') == 25
    assert text_of(admin_client.get(path, {"p": "2"})).count('name="old"') == 5


def test_a_history_costs_few_queries(admin_client, topic, article, tip, figure, django_assert_max_num_queries):
    for _each in range(25):
        keep([topic])
    with django_assert_max_num_queries(10):
        admin_client.get(url(Topic, "history", topic.pk))
    keep([article])
    for _each in range(12):
        keep([tip])
        keep([figure])
    with django_assert_max_num_queries(28):
        admin_client.get(url(Article, "history", article.pk))


def test_two_versions_are_compared(admin_client, topic):
    change(admin_client, topic, name_fi="Tervehdi ensin")
    new, old = versions_of(Topic, topic.pk)
    html = text_of(admin_client.get(url(Topic, "compare", topic.pk), {"old": new.pk, "new": old.pk}))
    assert "Tervehdykset<" in html
    assert "Tervehdi ensin<" in html
    assert "removed:" in html


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"old": "x", "new": "1"},
        {"old": "0", "new": "0"},
        {"old": "9" * 30, "new": "1"},
        {"old": "now", "new": "now"},
    ],
)
def test_two_versions_must_be_chosen(admin_client, topic, asked):
    response = admin_client.get(url(Topic, "compare", topic.pk), asked, follow=True)
    assert "Choose two versions to compare." in text_of(response)


def test_a_version_is_restored_after_a_confirmation(admin_client, topic):
    change(admin_client, topic, name_fi="Tervehdi ensin")
    path = url(Topic, "restore", topic.pk, versions_of(Topic, topic.pk)[1].pk)
    assert "Tervehdykset" in text_of(admin_client.get(path))
    assert Topic.objects.get(pk=topic.pk).name_fi == "Tervehdi ensin"
    assert "is back" in text_of(admin_client.post(path, follow=True))
    assert Topic.objects.get(pk=topic.pk).name_fi == "Tervehdykset"
    assert LogEntry.objects.first().is_change()


def test_which_version_was_restored_is_told_in_the_readers_language(admin_client, topic):
    keep([topic])
    moment = dt.datetime(2026, 3, 9, 22, 30, tzinfo=dt.UTC)
    version = versions_of(Topic, topic.pk).get()
    Revision.objects.filter(pk=version.revision_id).update(date_created=moment)
    admin_client.post(url(Topic, "restore", topic.pk, version.pk))
    path = url(Topic, "history", topic.pk)
    for language in LANGUAGES:
        html = text_of(admin_client.get(path, headers={"accept-language": language}))
        with override(language):
            when = date_format(localtime(moment), "SHORT_DATETIME_FORMAT")
            assert gettext("The version of {when} restored.").format(when=when) in html


def test_an_article_whose_advice_was_changed_alone_is_compared_with_now_and_restored(admin_client, article, tip):
    keep([article])
    version = versions_of(Article, article.pk).get()
    assert "Restore this version" not in text_of(admin_client.get(url(Article, "history", article.pk)))
    tip.title_en = "Smile first"
    tip.save()
    keep([tip])
    html = text_of(admin_client.get(url(Article, "history", article.pk)))
    assert url(Article, "restore", article.pk, version.pk) in html
    compared = admin_client.get(url(Article, "compare", article.pk), {"old": version.pk, "new": "now"})
    assert "added: </span>Smile<" in text_of(compared)
    admin_client.post(url(Article, "restore", article.pk, version.pk))
    assert Advice.objects.get(pk=tip.pk).title_en == "Greet first"


def test_the_history_of_an_article_tells_what_was_saved_of_its_advice(admin_client, maria, article, tip, figure):
    keep([article])
    choices = {"article": article.pk, "founded": "estimate", "unit": "percent"}
    change(maria, figure, claim_en="15–20% of all greetings fail.", **choices)
    maria.post(url(Advice, "delete", tip.pk), {"post": "yes"})
    other = Advice.objects.create(article=article, kind="tip", title_en="Nod")
    keep([other], comment=RECOVERED)
    page = Page(text_of(admin_client.get(url(Article, "history", article.pk))))
    links = [link["href"] for link in page.all("a") if "href" in link]
    assert url(Figure, "history", figure.pk) in links
    assert url(Advice, "history", other.pk) in links
    assert url(Advice, "recover", versions_of(Advice, tip.pk).first().pk) in links
    assert len(page.all("input", name="old")) == 1
    assert page.text_of("td").count("maria") == 2


def test_what_belongs_to_another_article_isnt_told(admin_client, article, tip):
    other = Article.objects.create(title_en="Other")
    stranger = Advice.objects.create(article=other, kind="tip", title_en="Nod", body_en=f'"article": {article.pk}, ')
    keep([article, other])
    keep([stranger])
    assert len(Chronicle(article).revisions()) == 1


def test_a_version_of_another_object_isnt_restored(admin_client, topic):
    other = Topic.objects.first()
    path = url(Topic, "restore", topic.pk, versions_of(Topic, other.pk).first().pk)
    assert admin_client.post(path).status_code == 404


def test_a_deleted_article_is_recovered(admin_client, article, tip):
    pk = article.pk
    admin_client.post(url(Article, "delete", pk), {"post": "yes"})
    assert reverse("admin:articles_article_recover_list") in text_of(admin_client.get(url(Article, "changelist")))
    page = text_of(admin_client.get(url(Article, "recover_list")))
    assert "Good day, customer" in page
    path = url(Article, "recover", versions_of(Article, pk).first().pk)
    assert path in page
    assert "Greet first" in text_of(admin_client.get(path))
    admin_client.post(path)
    assert list(Article.objects.get(pk=pk).advice.all()) == [tip]
    assert versions_of(Article, pk).first().revision.comment == RECOVERED
    assert LogEntry.objects.first().is_addition()


def test_what_cant_be_recovered_is_told_in_a_sentence(admin_client, article, tip):
    pk = tip.pk
    admin_client.post(url(Advice, "delete", pk), {"post": "yes"})
    article.delete()
    path = url(Advice, "recover", versions_of(Advice, pk).first().pk)
    assert "restored. The article that it belongs to isn’t there" in text_of(admin_client.post(path, follow=True))
    assert not Advice.objects.filter(pk=pk).exists()


def test_what_comes_back_under_another_slug_is_told(admin_client, article):
    pk = article.pk
    admin_client.post(url(Article, "delete", pk), {"post": "yes"})
    Article.objects.create(title_en="Good day, customer")
    page = text_of(admin_client.post(url(Article, "recover", versions_of(Article, pk).first().pk), follow=True))
    assert "new ones were made for: Good day, customer." in page
    assert Article.objects.get(pk=pk).slug_en == "good-day-customer-2"


def test_translators_look_at_the_history_and_compare(translator, topic):
    keep([topic])
    keep([topic])
    new, old = versions_of(Topic, topic.pk)
    page = text_of(translator.get(url(Topic, "history", topic.pk)))
    assert "Restore this version" not in page
    path = url(Topic, "compare", topic.pk)
    assert translator.get(path, {"old": old.pk, "new": new.pk}).status_code == 200


def test_translators_restore_and_recover_nothing(translator, topic, article):
    keep([topic])
    version = versions_of(Topic, topic.pk).get()
    for path in (url(Topic, "restore", topic.pk, version.pk), url(Topic, "recover", version.pk)):
        assert translator.get(path).status_code == 403
        assert translator.post(path).status_code == 403
    assert translator.get(url(Topic, "recover_list")).status_code == 403


def test_an_article_is_restored_only_by_those_who_may_change_its_advice(client, django_user_model, article):
    user = django_user_model.objects.create_user("half", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__endswith="_article"))
    client.force_login(user)
    keep([article])
    path = url(Article, "restore", article.pk, versions_of(Article, article.pk).get().pk)
    assert client.post(path).status_code == 403
    assert client.get(url(Article, "recover_list")).status_code == 403


def test_strangers_see_no_history(client, topic):
    assert client.get(url(Topic, "history", topic.pk)).status_code == 302
    assert client.get(url(Topic, "compare", topic.pk)).status_code == 302


def test_the_history_of_nothing_isnt_found(admin_client):
    assert admin_client.get(url(Topic, "history", 999_999)).status_code == 404


@pytest.mark.parametrize(
    ("language", "said"), [("fi", "Poistettu: neuvo ”Tervehdi ensin”."), ("hy", "Հեռացվել է՝ գրառում «Greet first»։")]
)
def test_a_row_of_an_article_is_named_in_the_readers_language(admin_client, article, tip, language, said):
    form = article_form(admin_client, article) | {"advice-0-DELETE": "on"}
    assert admin_client.post(url(Article, "change", article.pk), form).status_code == 302
    with override(language):
        assert told(versions_of(Article, article.pk).first().revision.comment) == said


def test_the_fields_of_a_changed_row_are_told_with_its_title_of_now(admin_client, article, tip):
    form = article_form(admin_client, article) | {"advice-0-title_fi": "Hymyile ensin"}
    assert admin_client.post(url(Article, "change", article.pk), form).status_code == 302
    with override("fi"):
        comment = told(versions_of(Article, article.pk).first().revision.comment)
    assert comment == "Muutettu: neuvo ”Hymyile ensin” (Otsikko [fi])."


def test_what_an_earlier_version_of_the_site_wrote_into_the_history_is_still_told():
    assert told("Eesti: Salvestatud.") == "Eesti: Salvestatud."
    row = {"name": "piece of advice", "object": "Greet first", "fields": ["Title [en]"]}
    with override("et"):
        assert told(json.dumps([{"changed": row}])) == "Muudetud: nõuanne „Greet first“ (Pealkiri [en])."


def test_what_was_changed_is_told_in_the_readers_language(admin_client, topic):
    path = reverse("admin:articles_topic_change", args=[topic.pk])
    page = Page(admin_client.get(path).content.decode())
    assert admin_client.post(path, form_values(page) | {"summary_fi": "Hei."}).status_code == 302
    history = reverse("admin:articles_topic_history", args=[topic.pk])
    body = admin_client.get(history, headers={"accept-language": "fi"}).content.decode()
    assert "Tiivistelmä [fi]" in body
    assert "Summary [fi]" not in body
