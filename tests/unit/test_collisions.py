"""Two people at the same object: nothing that was typed is lost."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connections
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from articles.history import versions_of
from articles.models import Advice, Article, Topic

from .pages import Page
from .test_admin import article_form, form_values, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def maria(django_user_model) -> Client:
    client = Client()
    client.force_login(django_user_model.objects.create_superuser("maria"))
    return client


def form_of(client: Client, obj) -> dict[str, str]:
    return form_values(Page(client.get(url(type(obj), "change", obj.pk)).content.decode()))


def advice_form(client: Client, tip: Advice) -> dict:
    """Return what a browser would send of the form of `tip`, but for its topics."""
    return form_of(client, tip) | {"article": tip.article_id, "kind": tip.kind, "body_fi": tip.body_fi}


def send(client: Client, obj, form: dict[str, str]):
    return client.post(url(type(obj), "change", obj.pk), form)


def values_in(response) -> dict[str, str]:
    return form_values(Page(response.content.decode()))


def test_the_second_is_told_what_the_first_saved(admin_client, maria, topic):
    form = form_of(admin_client, topic)
    send(maria, topic, form_of(maria, topic) | {"name_en": "Smiles"})
    html = send(admin_client, topic, form | {"name_en": "Hellos"}).content.decode()
    assert "maria saved this while you were writing" in html
    assert "added: </span>Smiles<" in html
    topic.refresh_from_db()
    assert topic.name_en == "Smiles"


def test_each_change_is_told_with_who_made_it(admin_client, maria, topic, django_user_model):
    form = form_of(admin_client, topic)
    edda = Client()
    edda.force_login(django_user_model.objects.create_superuser("edda"))
    send(edda, topic, form_of(edda, topic) | {"name_en": "Smiles"})
    send(maria, topic, form_of(maria, topic) | {"summary_en": "Everybody smiles."})
    html = send(admin_client, topic, form | {"name_en": "Hellos"}).content.decode()
    told = [
        "maria saved this while",
        "added: </span>Everybody smiles.<",
        "edda saved this while",
        "added: </span>Smiles<",
    ]
    places = [html.index(each) for each in told]
    assert places == sorted(places)


def test_what_both_changed_stays_as_typed_and_is_saved_when_sent_again(admin_client, maria, topic):
    form = form_of(admin_client, topic)
    send(maria, topic, form_of(maria, topic) | {"name_en": "Smiles"})
    again = values_in(send(admin_client, topic, form | {"name_en": "Hellos"}))
    assert again["name_en"] == "Hellos"
    assert send(admin_client, topic, again).status_code == 302
    topic.refresh_from_db()
    assert topic.name_en == "Hellos"


def test_what_only_the_other_changed_is_taken_over(admin_client, maria, topic):
    form = form_of(admin_client, topic)
    send(maria, topic, form_of(maria, topic) | {"name_et": "Tervitused", "position": "7"})
    again = values_in(send(admin_client, topic, form | {"name_en": "Hellos"}))
    assert (again["name_et"], again["position"], again["name_en"]) == ("Tervitused", "7", "Hellos")
    assert send(admin_client, topic, again).status_code == 302
    topic.refresh_from_db()
    assert (topic.name_et, topic.position, topic.name_en) == ("Tervitused", 7, "Hellos")


def test_a_third_save_is_told_too(admin_client, maria, topic):
    form = form_of(admin_client, topic)
    send(maria, topic, form_of(maria, topic) | {"name_en": "Smiles"})
    again = values_in(send(admin_client, topic, form | {"name_en": "Hellos"}))
    send(maria, topic, form_of(maria, topic) | {"name_en": "Smiles!"})
    response = send(admin_client, topic, again)
    assert "Smiles!" in response.content.decode()
    assert values_in(response)["name_en"] == "Hellos"


def test_both_having_typed_the_same_is_no_collision_of_theirs(admin_client, maria, topic):
    form = form_of(admin_client, topic)
    send(maria, topic, form_of(maria, topic) | {"name_en": "Smiles"})
    html = send(admin_client, topic, form | {"name_en": "Smiles"}).content.decode()
    assert "The other person’s text" not in html


def test_a_change_past_the_desk_is_told(admin_client, topic):
    form = form_of(admin_client, topic)
    Topic.objects.filter(pk=topic.pk).update(name_en="Smiles")
    html = send(admin_client, topic, form | {"name_en": "Hellos"}).content.decode()
    assert "This was changed while you were writing." in html


def test_what_a_form_doesnt_show_is_never_overwritten(admin_client, article, tip):
    form = article_form(admin_client, article)
    Advice.objects.filter(pk=tip.pk).update(body_fi="Sano hei.")
    assert send(admin_client, article, form | {"advice-0-title_en": "Smile"}).status_code == 302
    tip.refresh_from_db()
    assert (tip.title_en, tip.body_fi) == ("Smile", "Sano hei.")


def test_a_long_text_with_browser_line_ends_is_no_collision(admin_client, article):
    Article.objects.filter(pk=article.pk).update(introduction_fi="One.\n\nTwo.")
    form = {name: text.replace("\n", "\r\n") for name, text in article_form(admin_client, article).items()}
    assert send(admin_client, article, form | {"introduction_fi": "One.\r\n\r\nTwo."}).status_code == 302


def test_an_advice_inline_collides(admin_client, maria, article, tip):
    form = article_form(admin_client, article)
    Advice.objects.filter(pk=tip.pk).update(title_en="Smile first")
    response = send(admin_client, article, form | {"advice-0-title_en": "Laugh first"})
    assert "added: </span>Smile<" in response.content.decode()
    again = values_in(response) | {
        name: form[name] for name in ("introduction_fi", "source_language", "ink", "status", "advice-0-kind")
    }
    assert again["advice-0-title_en"] == "Laugh first"
    assert send(admin_client, article, again).status_code == 302
    tip.refresh_from_db()
    assert tip.title_en == "Laugh first"


def test_topics_of_advice_that_somebody_else_chose_are_taken_over(admin_client, article, tip, topic):
    form = advice_form(admin_client, tip) | {"topics": [topic.pk]}
    other = Topic.objects.exclude(pk=topic.pk).first()
    tip.topics.add(other)
    response = send(admin_client, tip, form | {"title_en": "Smile"})
    assert f'<option value="{other.pk}" selected>' in response.content.decode()
    assert escape(other.name_en) in response.content.decode()


def test_the_typed_text_of_a_deleted_object_is_shown_for_copying(admin_client, maria, topic):
    form = form_of(admin_client, topic)
    pk = topic.pk
    maria.post(url(Topic, "delete", pk), {"post": "yes"})
    topic.pk = pk
    html = send(admin_client, topic, form | {"name_en": "My long thought"}).content.decode()
    assert "maria deleted this while you were writing" in html
    assert "My long thought</textarea>" in html
    assert url(Topic, "recover", versions_of(Topic, pk).first().pk) in html


def test_of_a_deleted_object_only_what_was_typed_is_shown(admin_client, maria, topic):
    form = form_of(admin_client, topic)
    pk = topic.pk
    maria.post(url(Topic, "delete", pk), {"post": "yes"})
    topic.pk = pk
    html = send(admin_client, topic, form | {"name_en": "My long thought"}).content.decode()
    assert html.count("</textarea>") == 1


def test_a_text_typed_into_a_row_of_a_deleted_article_bears_the_name_of_the_row(admin_client, maria, article, tip):
    form = article_form(admin_client, article) | {"advice-1-title_en": "Nod", "advice-TOTAL_FORMS": "2"}
    maria.post(url(Article, "delete", article.pk), {"post": "yes"})
    form |= {"title_en": "Good evening", "advice-0-title_en": "Smile"}
    texts = send(admin_client, article, form).context["texts"]
    assert [(text["row"], str(text["label"])) for text in texts] == [
        ("", "title"),
        ("Piece of advice: Greet first", "title"),
        ("Piece of advice: 2", "title"),
    ]


def test_what_belonged_to_a_deleted_article_isnt_offered_back_alone(admin_client, maria, article, tip):
    form = advice_form(admin_client, tip)
    maria.post(url(Article, "delete", article.pk), {"post": "yes"})
    html = send(admin_client, tip, form | {"title_en": "Smile"}).content.decode()
    assert "What you typed is still here: copy what you need." in html
    assert "recover/" not in html


def test_a_row_of_an_article_that_was_deleted_meanwhile_keeps_what_was_typed(admin_client, maria, article, tip):
    Advice.objects.create(article=article, kind="tip", title_en="Second", position=9)
    form = article_form(admin_client, article) | {"advice-1-kind": "tip", "advice-0-title_en": "Laugh first"}
    pk = tip.pk
    maria.post(url(Advice, "delete", pk), {"post": "yes"})
    response = send(admin_client, article, form)
    html = response.content.decode()
    assert "maria deleted this while you were writing" in html
    assert "tick “Delete?” at its end and save" in html
    assert url(Advice, "recover", versions_of(Advice, pk).first().pk) in html
    again = values_in(response)
    assert (again["advice-0-title_en"], again["advice-1-title_en"]) == ("Laugh first", "Second")
    given_up = form | {"advice-0-DELETE": "on", "translations_stay_valid": "on"}
    assert send(admin_client, article, given_up).status_code == 302
    assert [advice.title_en for advice in article.advice.all()] == ["Second"]


def test_a_wrong_date_is_corrected(admin_client, article):
    form = article_form(admin_client, article)
    refused = send(admin_client, article, form | {"published_at_0": "2026-13-99"})
    again = form | values_in(refused)
    assert again["initial-published_at_0"] == form["initial-published_at_0"]
    response = send(admin_client, article, again | {"published_at_0": "2026-03-09"})
    assert response.status_code == 302, response.context["errors"]
    article.refresh_from_db()
    assert timezone.localdate(article.published_at).isoformat() == "2026-03-09"


def test_a_date_survives_a_refusal_for_another_field(admin_client, article):
    form = article_form(admin_client, article) | {"published_at_0": "2026-03-09"}
    again = form | values_in(send(admin_client, article, form | {"slug_fi": "no slug!"}))
    assert send(admin_client, article, again | {"slug_fi": "hello"}).status_code == 302
    article.refresh_from_db()
    assert timezone.localdate(article.published_at).isoformat() == "2026-03-09"


def test_first_topics_survive_a_refusal_for_another_field(admin_client, tip, topic):
    tip.topics.clear()
    form = advice_form(admin_client, tip) | {"topics": [topic.pk]}
    again = form | values_in(send(admin_client, tip, form | {"slug_fi": "no slug!"}))
    assert send(admin_client, tip, again | {"slug_fi": "hello"}).status_code == 302
    assert list(tip.topics.all()) == [topic]


def test_what_another_saves_between_a_refusal_and_its_correction_is_told(admin_client, maria, article):
    form = article_form(admin_client, article)
    again = form | values_in(send(admin_client, article, form | {"published_at_0": "2026-13-99"}))
    send(maria, article, article_form(maria, article) | {"published_at_0": "2026-03-08"})
    response = send(admin_client, article, again | {"published_at_0": "2026-03-09"})
    assert "maria saved this while you were writing" in response.content.decode()
    assert values_in(response)["published_at_0"] == "2026-03-09"


@pytest.mark.parametrize("count", ["1000000000", "-1", "x"])
def test_a_forged_number_of_rows_does_no_harm(admin_client, article, tip, count):
    form = article_form(admin_client, article)
    assert send(admin_client, article, form | {"advice-INITIAL_FORMS": count}).status_code in (200, 302)


def test_what_others_wrote_is_escaped(admin_client, maria, topic):
    form = form_of(admin_client, topic)
    send(maria, topic, form_of(maria, topic) | {"name_en": "<b>Smiles</b>"})
    html = send(admin_client, topic, form | {"name_en": "Hellos"}).content.decode()
    assert "<b>Smiles" not in html


def at_once(*jobs) -> list:
    """Run the jobs in threads of their own that start together; return what they return."""
    barrier, results = threading.Barrier(len(jobs)), {}

    def run(number, job):
        barrier.wait()
        try:
            results[number] = job()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [results[number] for number in range(len(jobs))]


def signed_in() -> Client:
    client = Client()
    client.force_login(get_user_model().objects.get_or_create(username="root", is_staff=True, is_superuser=True)[0])
    return client


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_told_of_the_other():
    topic = Topic.objects.create(name_en="Greetings", key="greetings")
    clients = [signed_in(), signed_in()]
    forms = [form_of(client, topic) for client in clients]
    jobs = [
        lambda number=number: send(clients[number], topic, forms[number] | {"name_en": f"Text {number}"})
        for number in range(2)
    ]
    assert sorted(response.status_code for response in at_once(*jobs)) == [200, 302]


@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_title_at_once_get_two_addresses():
    clients = [signed_in() for _each in range(3)]
    jobs = [
        lambda client=client: client.post(url(Topic, "add"), {"name_en": "Trust", "position": "0"})
        for client in clients
    ]
    assert [response.status_code for response in at_once(*jobs)] == [302] * 3
    slugs = Topic.objects.filter(name_en="Trust").values_list("slug_en", flat=True)
    assert sorted(slugs) == ["trust", "trust-2", "trust-3"]
