"""Questions that are put into SQL once: they answer as the querysets do that they are made from."""

from contextlib import closing
from datetime import timedelta
from operator import attrgetter

import pytest
from django.db import connection
from django.utils import timezone

from articles import questions
from articles.languages import LANGUAGES
from articles.models import Advice, Article, Topic
from articles.prepared import Parameter, Prepared

pytestmark = pytest.mark.django_db


@Prepared
def advice_with_keys(language: str, *, keys: Parameter, moment: Parameter):
    return Advice.objects.published(moment).filter(key__among=keys).listed_in(language)


@Prepared
def articles_titled(language: str, title: str, *, position: Parameter):
    return Article.objects.filter(title_en=title, position__gte=position).shown_in(language, "title")


def test_a_question_is_put_into_sql_once_for_each_shape(tip):
    asked = Prepared(advice_with_keys.question)
    for language in LANGUAGES:
        for _time in range(2):
            assert [row.pk for row in asked(language, keys=[tip.key])] == [tip.pk]
    assert list(asked.statements) == [(language,) for language in LANGUAGES]


def test_its_values_are_others_each_time():
    for advice in Advice.objects.all()[:3]:
        assert [row.title for row in advice_with_keys("en", keys=[advice.key])] == [advice.title_en]


def test_its_moment_is_the_present_one(article, tip, clock):
    moment = timezone.now()
    Article.objects.filter(pk=article.pk).update(published_at=moment + timedelta(hours=1))
    for hours, found in ((0, []), (2, [tip.pk]), (0, [])):
        clock(moment + timedelta(hours=hours))
        assert [row.pk for row in advice_with_keys("fi", keys=[tip.key])] == found


@pytest.mark.parametrize("keys", [[], ["no-such-key"], ["'", '"', "{}", "[]", "%s", "%(keys)s", "\\", "a,b"]])
def test_any_values_may_be_given(keys, tip):
    assert advice_with_keys("fi", keys=keys) == []
    assert [row.pk for row in advice_with_keys("fi", keys=[*keys, tip.key])] == [tip.pk]


@pytest.mark.parametrize("title", ["100% “sure”", "It's 'so'", "%s", "%(position)s", r"back\slash"])
def test_constants_stand_in_the_sql_as_they_are(title):
    article = Article.objects.create(title_en=title, position=7)
    assert [row.title for row in articles_titled("en", title, position=7)] == [title]
    assert articles_titled("en", title, position=article.position + 1) == []


def test_rows_have_the_values_of_python(article, figure):
    (shown,) = questions.article_called("fi", slug=article.slug_fi)
    assert (shown.published_at, shown.updated_at) == (article.published_at, article.updated_at)
    (row,) = questions.figures_in("fi", found=[article.pk])
    figure.refresh_from_db()
    assert (row.low, row.high, row.year) == (figure.low, figure.high, None)


def test_rows_tell_what_the_objects_tell(tip, topic):
    for model, called in (
        (Article, questions.article_called),
        (Advice, questions.advice_called),
        (Topic, questions.topic_called),
    ):
        for obj in model.objects.order_by("-pk")[:2]:
            (row,) = called("en", slug=obj.slug_en)
            assert (str(row), row.lead, row.slugs()) == (str(obj), obj.lead, obj.slugs())
            assert row.source_language == obj.source_language if model is not Advice else row.kind == obj.kind
            assert [row.url_in(code) for code in LANGUAGES] == [obj.url_in(code) for code in LANGUAGES]
            assert [row.exists_in(code) for code in LANGUAGES] == [obj.exists_in(code) for code in LANGUAGES]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("read", [questions.article_read, questions.advice_read])
def test_questions_asked_together_are_answered_as_each_by_itself(read, language, tip, figure):
    mistake = Advice.objects.filter(kind="mistake", remedies__isnull=False).first()
    for obj in (tip, tip.article, mistake, mistake.article, mistake.remedies.first()):
        for slug in (obj.slug_en, obj.slug_hy, "no-such-slug"):
            found, *about = map(contents, read(language, slug=slug))
            assert found == contents(read.first(language, slug=slug))
            keys = [each.pk for each in read.first(language, slug=slug)]
            assert about == list(map(contents, read.about(language, found=keys)))


def contents(rows: list) -> list[tuple]:
    """Return what rows show, one after the other by their keys."""
    return [row.content for row in sorted(rows, key=attrgetter("pk"))]


def test_questions_asked_together_are_one_for_postgresql(tip, figure, django_assert_num_queries):
    for read, slug, answers in (
        (questions.article_read, tip.article.slug_fi, [1, 1, 1]),
        (questions.advice_read, tip.slug_fi, [1, 1, 0, 1, 0]),
    ):
        with django_assert_num_queries(1 if connection.vendor == "postgresql" else len(answers)):
            assert list(map(len, read("et", slug=slug))) == answers


def test_what_is_asked_together_is_about_the_one_that_readers_of_a_language_mean(client, article, tip):
    """A slug may be that of one article in one language, and of another in another."""
    other = Article.objects.create(title_en="Other", status="published", published_at=timezone.now())
    Advice.objects.create(article=other, kind="tip", title_en="Another tip")
    Article.objects.filter(pk=other.pk).update(slug_en=article.slug_fi)
    for language, shown, hidden in (("fi", tip.title_fi, "Another tip"), ("en", "Another tip", tip.title_en)):
        page = client.get(f"/{language}/articles/{article.slug_fi}/").content.decode()
        assert shown in page
        assert hidden not in page


def test_the_database_plans_a_question_once(tip):
    answers = [advice_with_keys("et", keys=[tip.key]) for _time in range(9)]
    assert answers == [answers[0]] * 9
    # SQLite keeps the plans of a connection by itself, and tells nobody.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT custom_plans FROM pg_prepared_statements WHERE statement LIKE '%%own%%title_et%%'")
            assert cursor.fetchall() == [(0,)]


def test_the_questions_of_all_pages_stay_planned(tip):
    if connection.vendor != "postgresql":
        return
    for number in range(200):
        for _time in range(2):
            articles_titled("en", f"Title {number}", position=7)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%%''Title %%'")
        assert cursor.fetchone() == (200,)


@pytest.mark.django_db(transaction=True)
def test_a_question_is_answered_after_the_server_has_closed_the_connection():
    assert articles_titled("en", "nothing", position=7) == []
    # SQLite has no server that could.
    if connection.vendor == "postgresql":
        with closing(connection.copy()) as other, connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            other.cursor().execute("SELECT pg_terminate_backend(%s)", cursor.fetchone())
    assert articles_titled("en", "nothing", position=7) == []
