"""The board, the lists of what is left to do, and who may do what at the desk."""

import datetime as dt
from collections import Counter

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles import work
from articles.languages import LANGUAGES
from articles.models import Advice, Article, Figure, Topic
from articles.status import status_of

from .pages import Page

pytestmark = pytest.mark.django_db


def signed_in(name: str) -> Client:
    """Return the browser of someone who belongs to the group of this name."""
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=name))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor() -> Client:
    return signed_in("Editors")


@pytest.fixture
def translator() -> Client:
    """The browser of a translator into English, since `article` is written in Finnish."""
    return signed_in("Translators (en)")


def body_of(client: Client, path: str, **query: str) -> str:
    response = client.get(path, query)
    assert response.status_code == 200
    return response.content.decode()


def board(client: Client) -> str:
    return body_of(client, reverse("admin:index"))


def work_list(client: Client, **query: str) -> str:
    return body_of(client, reverse("admin:work"), **query)


# --- What is left -----------------------------------------------------------------------------------------------------


def test_totals_agree_with_the_status_of_each_object(article, tip, topic, figure):
    objects = [obj for model in (Article, Advice, Figure, Topic) for obj in model.objects.all()]
    for language, counts in work.totals(100_000).items():
        assert counts == Counter(status_of(obj, language) for obj in objects)


def test_totals_of_an_article_count_its_advice_and_figures(article, tip, figure):
    counts = work.totals_by_article([article])[article.pk]
    assert [counts[language].total() for language in LANGUAGES] == [3] * 5
    assert counts["fi"] == {"current": 2, "missing": 1}  # the figure has no Finnish claim
    assert counts["ru"] == {"missing": 3}


def test_what_has_waited_longest_comes_first(article, tip):
    long_ago = timezone.now() - dt.timedelta(days=3)
    Advice.objects.filter(pk=tip.pk).update(source_changed_at=long_ago)
    rows = work.Unfinished("ru")[:100_000]
    assert [(row["model"], row["id"]) for row in rows[:2]] == [("advice", tip.pk), ("article", article.pk)]
    assert rows[0]["since"] == long_ago
    assert (rows[0]["heading"], rows[0]["written_in"], rows[0]["status_now"]) == ("Tervehdi ensin", "fi", "missing")


def test_what_isnt_written_in_its_source_yet_has_the_title_that_it_has(editor, article):
    tip = Advice.objects.create(article=article, kind="tip", title_ru="Новый совет", title_hy="Նոր խորհուրդ")
    rows = {
        row["id"]: row for row in work.Unfinished("fi", work.belonging_to(article.pk))[:9] if row["model"] == "advice"
    }
    assert (rows[tip.pk]["heading"], rows[tip.pk]["written_in"]) == ("Новый совет", "ru")
    [link] = [link for link in Page(work_list(editor, language="fi")).all("a") if link.get("lang") == "ru"]
    assert link["href"] == reverse("admin:articles_advice_translate", args=[tip.pk, "fi"])
    assert tip.key not in work_list(editor, language="fi")


def test_a_change_of_the_source_begins_the_waiting_and_one_of_a_translation_doesnt(tip):
    Advice.objects.update(source_changed_at=timezone.now() - dt.timedelta(days=3))
    tip.refresh_from_db()
    tip.title_en = "Greet people first"
    tip.save()
    assert tip.source_changed_at < timezone.now() - dt.timedelta(days=2)
    tip.title_fi = "Tervehdi aina ensin"
    tip.save()
    assert tip.source_changed_at > timezone.now() - dt.timedelta(days=1)


# --- The board --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_what_is_left_is_counted_no_further_than_asked(article, tip, most):
    """The article, its tip and its topic are counted together."""
    assert work.Unfinished("ru").count_to(most) == min(most, 3)
    assert work.totals(most)["ru"]["missing"] == min(most, 3)


def test_the_board_shows_articles_by_languages_and_leads_to_the_work(editor, article, tip):
    page = Page(board(editor))
    links = {link["href"] for link in page.all("a")}
    assert f"{reverse('admin:work')}?language=ru&about={article.pk}" in links
    assert f"{reverse('admin:work')}?language=ru" in links
    assert "missing: 2" in board(editor)


def test_finished_cells_lead_to_the_texts_too(editor, translator):
    article = Article.objects.first()
    change = reverse("admin:articles_article_change", args=[article.pk])
    side_by_side = {code: reverse("admin:articles_article_translate", args=[article.pk, code]) for code in LANGUAGES}
    links = {link["href"] for link in Page(board(editor)).all("a")}
    assert set(side_by_side.values()) <= links
    assert f"{reverse('admin:articles_topic_changelist')}?language=hy&translation=current" in links
    links = [link["href"] for link in Page(board(translator)).all("a")]
    assert links.count(side_by_side["en"]) == 1
    assert side_by_side["fi"] not in links
    assert links.count(change) == 5  # the title, and the languages that aren't theirs


def test_the_board_costs_few_queries(editor, translator, article, tip, django_assert_max_num_queries):
    for client in (editor, translator):
        with django_assert_max_num_queries(12):
            board(client)


def test_a_translator_sees_what_is_left_in_their_language(translator, article, tip):
    tip.body_en = "Say good morning."
    tip.save()
    tip.body_fi = "Sano huomenta ja hymyile."
    tip.save()
    body = board(translator)
    assert "What is left for me" in body
    assert reverse("admin:articles_advice_translate", args=[tip.pk, "en"]) in body


def test_an_empty_site_invites_to_write_the_first_article(admin_client):
    Article.objects.all().delete()
    assert "Write the first one" in board(admin_client)


def test_someone_without_a_group_is_told_whom_to_ask():
    client = Client()
    client.force_login(User.objects.create_user("new", is_staff=True))
    assert "Ask an administrator" in board(client)
    assert client.get(reverse("admin:work")).status_code == 403


def test_the_list_of_work_keeps_to_an_article_a_language_and_a_status(editor, article, tip, topic):
    assert "2 texts are left" in work_list(editor, language="ru", about=str(article.pk))
    assert "Nothing is left" in work_list(editor, language="ru", about=str(article.pk), status="outdated")
    assert "1 text is left" in work_list(editor, language="ru", about="topics")


@pytest.mark.parametrize(
    "query",
    [{"language": "xx"}, {"about": "9" * 30}, {"about": "-1"}, {"status": "odd"}, {"page": "999"}, {"page": "x"}],
)
def test_a_list_of_work_that_makes_no_sense_shows_all_the_work(editor, query):
    assert "What is left to do" in work_list(editor, **query)


# --- Lists ------------------------------------------------------------------------------------------------------------


def test_lists_filter_by_language_and_status(editor, article, tip):
    path = reverse("admin:articles_advice_changelist")
    assert "Greet first" in body_of(editor, path, language="ru", translation="missing")
    assert "Greet first" not in body_of(editor, path, language="fi", translation="missing")
    assert "Greet first" in body_of(editor, path, language="fi", translation="current", q="Greet")


def test_lists_without_a_language_filter_by_the_status_in_any(editor, article, tip):
    path = reverse("admin:articles_advice_changelist")
    body = body_of(editor, path, translation="missing", q="Greet")
    assert "Greet first" in body
    assert "Greet first" not in body_of(editor, path, translation="outdated", q="Greet")
    tip.title_en, tip.body_en = "Greet first", "Say good morning."
    tip.save()
    tip.body_fi = "Sano aina huomenta."
    tip.save()
    assert "Greet first" in body_of(editor, path, translation="outdated", q="Greet")


def test_lists_without_a_language_call_current_what_is_so_in_all(editor, topic):
    path = reverse("admin:articles_topic_changelist")
    assert "Greetings" not in body_of(editor, path, translation="current")
    topic.name_et, topic.name_ru, topic.name_hy = "Tervitused", "Приветствия", "Ողջույններ"
    topic.save()
    assert "Greetings" in body_of(editor, path, translation="current")
    assert "Greetings" not in body_of(editor, path, translation="missing")


def test_articles_filter_by_publication(editor, article):
    path = reverse("admin:articles_article_changelist")
    states = {"draft": ("draft", None), "scheduled": ("published", timezone.now() + dt.timedelta(days=1))}
    for state, (status, moment) in states.items():
        Article.objects.filter(pk=article.pk).update(status=status, published_at=moment)
        assert "Good day, customer" in body_of(editor, path, publication=state)
        assert "Good day, customer" not in body_of(editor, path, publication="published")


def test_advice_filters_by_topic_drafts_included(editor, article, tip, topic):
    path = reverse("admin:articles_advice_changelist")
    Article.objects.filter(pk=article.pk).update(status="draft")
    assert "Greet first" in body_of(editor, path, topic=str(topic.pk), kind__exact="tip", _facets="True")
    assert "Greet first" in body_of(editor, path, topic=str(topic.pk), language="ru", translation="missing")
    assert "Greet first" not in body_of(editor, path, topic=str(topic.pk), kind__exact="rule")
    tip.topics.clear()
    assert "Greet first" not in body_of(editor, path, topic=str(topic.pk))


@pytest.mark.parametrize("odd", ["x", "-1", "9" * 18, "9" * 40, "²", ""])
def test_a_topic_that_there_isnt_is_no_fault(editor, odd):
    body_of(editor, reverse("admin:articles_advice_changelist"), topic=odd, o="1")


def test_articles_of_a_time_come_newest_first(editor, article):
    path = reverse("admin:articles_article_changelist")
    year = timezone.localdate().year
    for query in (
        {"published_at__gte": f"{year - 9}-01-01T00:00Z", "published_at__lt": f"{year + 9}-01-01T00:00Z"},
        {"publication": "scheduled"},
    ):
        if "publication" in query:
            Article.objects.update(published_at=timezone.now() + dt.timedelta(days=1))
            Article.objects.filter(pk=article.pk).update(published_at=timezone.now() + dt.timedelta(days=2))
        rows = editor.get(path, query).context["cl"].result_list
        moments = [row.published_at for row in rows]
        assert len(moments) > 1
        assert moments == sorted(moments, reverse=True)


def test_filtered_lists_cost_few_queries(editor, article, tip, django_assert_max_num_queries):
    for model in (Article, Advice, Figure, Topic):
        path = reverse(f"admin:articles_{model._meta.model_name}_changelist")
        for language in ({"language": "ru"}, {}):
            with django_assert_max_num_queries(12):
                editor.get(path, {"translation": "missing"} | language)


# --- Roles ------------------------------------------------------------------------------------------------------------


def test_editors_change_all_content(editor, article, tip, topic, figure):
    for obj in (article, tip, topic, figure):
        name = obj._meta.model_name
        assert editor.get(reverse(f"admin:articles_{name}_add")).status_code == 200
        assert "_save" in body_of(editor, reverse(f"admin:articles_{name}_change", args=[obj.pk]))
        for language in LANGUAGES:
            assert editor.get(reverse(f"admin:articles_{name}_translate", args=[obj.pk, language])).status_code == 200


def test_translators_change_texts_in_their_language_only(translator, article, tip, topic, figure):
    for obj in (article, tip, topic, figure):
        name = obj._meta.model_name
        change = reverse(f"admin:articles_{name}_change", args=[obj.pk])
        assert translator.get(change).status_code == 200
        assert translator.post(change, {"title_en": "X"}).status_code == 403
        assert translator.get(reverse(f"admin:articles_{name}_add")).status_code == 403
        assert translator.post(reverse(f"admin:articles_{name}_delete", args=[obj.pk])).status_code == 403
        for language in LANGUAGES:
            path = reverse(f"admin:articles_{name}_translate", args=[obj.pk, language])
            expected = 200 if language == "en" else 403
            assert translator.get(path).status_code == expected
            if expected == 403:
                assert translator.post(path, {}).status_code == 403
