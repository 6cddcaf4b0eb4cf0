"""The search of the desk: editors find content by its titles, in whatever language they type, drafts included."""

import pytest
from django.urls import reverse

from articles import titles
from articles.languages import LANGUAGES, column
from articles.models import Advice, Article, Figure
from articles.titles import titled

pytestmark = pytest.mark.django_db


def listed(client, model: str, **parameters: str) -> list:
    """Return what the list of a model at the desk shows."""
    response = client.get(reverse(f"admin:articles_{model}_changelist"), parameters)
    assert response.status_code == 200
    return list(response.context["cl"].result_list)


def offered(client, text: str, field: str) -> list[str]:
    """Return what a field of the form of advice offers while somebody types into it."""
    asked = {"term": text, "app_label": "articles", "model_name": "advice", "field_name": field}
    return [each["text"] for each in client.get(reverse("admin:autocomplete"), asked).json()["results"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", [Advice, Article, Figure])
def test_everything_is_found_by_its_title_as_it_stands_there(model, language):
    name = model._meta.model_name
    for obj in model.objects.all():
        text = getattr(obj, column(model.HEADING, language))
        assert obj.pk in titled(text, {name})[name], text


@pytest.mark.parametrize(
    ("language", "text", "beginning"),
    [
        ("en", "A quokka at the counter", "quok"),
        ("fi", "Kvokka kassajonossa", "kassajon"),
        ("et", "Kvoka leti ääres", "leti ää"),
        ("ru", "Квокка у прилавка", "квокка при"),
        ("hy", "Կվոկան վաճառասեղանի մոտ", "կվո"),
    ],
)
def test_a_draft_is_found_by_the_beginning_of_a_word(admin_client, article, tip, language, text, beginning):
    article.status = "draft"
    article.save()
    setattr(tip, column("title", language), text)
    tip.save()
    assert listed(admin_client, "advice", q=beginning) == [tip]
    assert listed(admin_client, "advice", q=text.upper()) == [tip]


def test_what_belongs_to_an_article_is_found_by_the_title_of_the_article(admin_client, article, tip, figure):
    article.title_fi = "Kvokka kassajonossa"
    article.save()
    assert listed(admin_client, "article", q="kvokka") == [article]
    assert listed(admin_client, "advice", q="kvokka") == list(article.advice.all())
    assert listed(admin_client, "figure", q="kvokka") == list(article.figures.all())


def test_a_title_may_end_in_a_stop_word(admin_client, tip):
    tip.title_en = "A quokka is what you are for"
    tip.save()
    assert listed(admin_client, "advice", q="A quokka is what you are for") == [tip]


def test_what_is_found_stays_while_the_next_word_begins(admin_client, tip):
    tip.title_ru = "Квокка у прилавка"
    tip.save()
    for typed in range(3, len(tip.title_ru) + 1):
        assert listed(admin_client, "advice", q=tip.title_ru[:typed]) == [tip], typed


def test_a_text_has_all_words_in_one_title(admin_client, tip):
    tip.title_en, tip.title_fi = "A quokka at the counter", "Kvokka jonossa"
    tip.save()
    assert listed(admin_client, "advice", q="quokka kvokka") == []
    assert listed(admin_client, "advice", q="quokka wombat") == []


@pytest.mark.parametrize("text", ["zzzzqq", "!?", "%", '"', "_article", "x" * 5000, "a" + " b" * 500])
@pytest.mark.parametrize("model", ["advice", "article", "figure"])
def test_nonsense_finds_nothing(admin_client, model, text):
    assert listed(admin_client, model, q=text) == []


def test_nothing_is_asked_of_texts_for_a_word_that_none_of_them_has(django_assert_num_queries):
    with django_assert_num_queries(1 + len(LANGUAGES)):
        assert titled("zzzzqq", {"advice"}) == {"advice": set()}


def test_what_is_found_is_filtered_as_the_list_was(admin_client, tip):
    mistake = Advice.objects.filter(kind="mistake").exclude(judged_by="ru").first()
    for advice in (tip, mistake):
        advice.title_en = "A quokka at the counter"
        advice.save()
    topic = tip.topics.first()
    assert listed(admin_client, "advice", q="quokka") == sorted([tip, mistake], key=lambda each: each.article_id)
    assert listed(admin_client, "advice", q="quokka", kind__exact="mistake") == [mistake]
    assert tip in listed(admin_client, "advice", q="quokka", topic=str(topic.pk))
    assert listed(admin_client, "advice", q="quokka", language="fi", translation="missing") == []
    Advice.objects.filter(pk=mistake.pk).update(confirmed_ru="")
    assert listed(admin_client, "advice", q="quokka", language="ru", translation="outdated") == [mistake]


def test_a_field_offers_what_has_the_words_and_everything_for_none(admin_client, article):
    article.title_en = "A quokka at the counter"
    article.save()
    assert offered(admin_client, "quo", "article") == [str(article)]
    assert offered(admin_client, "zzzzqq", "article") == []
    assert len(offered(admin_client, " ", "article")) == Article.objects.count()
    assert offered(admin_client, "", "topics")


def test_an_article_is_found_however_much_advice_has_its_word(admin_client, article, figure, monkeypatch):
    monkeypatch.setattr(titles, "MOST_FOUND", 3)
    for obj in Advice.objects.all():
        obj.title_en = "A quokka at the counter"
        obj.save()
    article.title_en = figure.claim_en = "One quokka in three"
    article.save()
    figure.save()
    assert listed(admin_client, "article", q="quokka") == [article]
    assert figure in listed(admin_client, "figure", q="quokka")


def test_advice_is_found_however_many_articles_have_its_word(admin_client, article, tip, monkeypatch):
    monkeypatch.setattr(titles, "MOST_FOUND", 3)
    for obj in Article.objects.all():
        obj.title_en = "A quokka at the counter"
        obj.save()
    tip.title_en = "One quokka in three"
    tip.save()
    assert tip.pk in titled("quokka", {"advice"})["advice"]


def test_where_many_have_the_words_that_is_said(admin_client, monkeypatch):
    monkeypatch.setattr(titles, "MOST_FOUND", 3)
    path = reverse("admin:articles_advice_changelist")
    assert "Add another word." in admin_client.get(path, {"q": "customer"}).content.decode()
    assert "Add another word." not in admin_client.get(path, {"q": "zzzzqq"}).content.decode()
    assert "Add another word." not in admin_client.get(path).content.decode()
