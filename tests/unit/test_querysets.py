"""What is asked of the database, and how much of it that loads."""

from datetime import timedelta
from operator import attrgetter

import pytest
from django.utils import timezone
from django.utils.translation import override

from articles import questions
from articles.models import Advice, Article, Figure, FormerSlug, Topic

pytestmark = pytest.mark.django_db


def test_what_is_published_is_said_alike_of_articles_advice_and_figures(article, tip, figure):
    for queryset, obj in ((Article.objects, article), (Advice.objects, tip), (Figure.objects, figure)):
        assert obj in queryset.published()
    article.status = "draft"
    article.save()
    for queryset, obj in ((Article.objects, article), (Advice.objects, tip), (Figure.objects, figure)):
        assert obj not in queryset.published()


def test_a_scheduled_article_appears_at_its_time(article):
    article.published_at = timezone.now() + timedelta(hours=1)
    article.save()
    assert article not in Article.objects.published()
    Article.objects.filter(pk=article.pk).update(published_at=timezone.now() - timedelta(seconds=1))
    assert article in Article.objects.published()


def test_a_list_loads_only_the_texts_that_it_shows(tip):
    Advice.objects.filter(pk=tip.pk).update(action_fi="Tänään.")
    row = Advice.objects.listed_in("fi").get(pk=tip.pk)
    assert (row.title, row.action, row.language_of("action")) == (tip.title_fi, "Tänään.", "fi")
    for lacking in ("title_fi", "body", "key", "created_at"):
        assert not hasattr(row, lacking)
    assert not hasattr(row.article, "introduction")


def test_a_list_of_any_length_costs_one_query(django_assert_num_queries):
    with override("en"), django_assert_num_queries(1):
        for row in Advice.objects.published().listed_in("en"):
            assert row.title
            assert row.get_absolute_url()
            assert row.article.title
            assert row.article.get_absolute_url()
            assert row.language_of("title") == "en"


def test_a_text_stands_in_from_whichever_language_has_it(article, django_assert_num_queries):
    for number in range(5):
        Advice.objects.create(article=article, kind="tip", title_hy=f"Բարևեք {number}", action_hy="Այսօր։")
    with override("fi"), django_assert_num_queries(1):
        rows = list(Advice.objects.filter(article=article).listed_in("fi"))
        assert [row.title for row in rows] == [f"Բարևեք {number}" for number in range(5)]
        assert {row.language_of("action") for row in rows} == {"hy"}


def test_an_article_beside_a_row_falls_back_too(django_assert_num_queries):
    article = Article.objects.create(title_ru="Статья", position=99)
    for number in range(3):
        Advice.objects.create(article=article, kind="tip", title_fi=f"Vinkki {number}", action_fi="Tänään.")
    with override("fi"), django_assert_num_queries(1):
        rows = list(Advice.objects.filter(article=article).listed_in("fi"))
        assert {row.article.title for row in rows} == {"Статья"}
        assert {row.article.language_of("title") for row in rows} == {"ru"}


def test_existing_in_a_language_means_written_in_it(article):
    assert article in Article.objects.existing_in("fi")
    assert article not in Article.objects.existing_in("hy")


def test_a_slug_is_found_in_its_own_language_first(article):
    other = Article.objects.create(title_ru="Другая")
    Article.objects.filter(pk=other.pk).update(slug_ru=article.slug_fi)
    assert Article.objects.find(article.slug_fi, "fi") == article
    assert Article.objects.find(article.slug_fi, "ru") == other
    assert Article.objects.find("no-such-slug", "fi") is None


def test_a_former_slug_is_found_and_yields_to_a_present_one(article):
    former = article.slug_fi
    article.slug_fi = "tervehdys"
    article.save()
    assert Article.objects.find(former, "fi") == article
    successor = Article.objects.create(title_fi="Uusi", slug_fi=former)
    assert Article.objects.find(former, "fi") == successor


def test_of_two_former_slugs_that_of_the_readers_language_wins(article):
    other = Article.objects.create(title_ru="Другая")
    FormerSlug.objects.create(model="article", key=other.key, language="ru", slug="vanha")
    FormerSlug.objects.create(model="article", key=article.key, language="fi", slug="vanha")
    assert Article.objects.find("vanha", "fi") == article
    assert Article.objects.find("vanha", "ru") == other


def test_a_former_slug_of_something_deleted_is_not_found():
    FormerSlug.objects.create(model="article", key="gone", language="fi", slug="mennyt")
    assert Article.objects.find("mennyt", "fi") is None


def test_related_advice_shares_a_topic_most_shared_first(client, article, tip, topic):
    second = Topic.objects.create(name_en="Second")
    tip.topics.add(second)
    close, far = (Advice.objects.create(article=article, kind="tip", title_en=name) for name in ("Close", "Far"))
    far.topics.add(topic)
    close.topics.add(topic, second)
    Advice.objects.filter(pk=close.pk).update(position=far.position + 1)
    assert related_to(tip) == {close.pk: 2, far.pk: 1}
    page = client.get(tip.get_absolute_url()).content.decode()
    related = page[page.index("related-heading") :]
    assert related.index("Close") < related.index("Far")


def test_of_much_related_advice_what_stands_near_is_shown(article, tip, topic):
    many = [Advice.objects.create(article=article, kind="tip", title_en=f"Tip {number}") for number in range(40)]
    topic.advice.add(*many)
    assert list(related_to(many[20])) == [each.pk for each in many[8:12]]
    assert list(related_to(many[2])) == [tip.pk, *(each.pk for each in (many[0], many[1], many[3]))]
    # What is left out leaves room for the last of the nearest, and for nothing beyond it.
    many[0].remedies.add(*many[1:12])
    assert list(related_to(many[0])) == [tip.pk, many[12].pk]
    article.status = "draft"
    article.save()
    assert related_to(many[20]) == {}


def test_remedies_and_what_they_repair_arent_also_related(article, tip, topic):
    mistake = Advice.objects.create(article=article, kind="mistake", title_en="Silence")
    mistake.topics.add(topic)
    assert related_to(tip) == {mistake.pk: 1}
    mistake.remedies.add(tip)
    assert related_to(tip) == related_to(mistake) == {}


def related_to(advice: Advice) -> dict[int, int]:
    """Return the primary keys of what is related to advice, and on how many of the same topics each is."""
    related = questions.advice_related("en", found=[advice.pk])
    return {each.pk: each.shared for each in sorted(related, key=attrgetter("pk"))}


def test_topics_count_published_advice_only(article, tip, topic):
    assert Topic.objects.with_counts().get(pk=topic.pk).advice_count == 1
    article.status = "draft"
    article.save()
    assert Topic.objects.with_counts().get(pk=topic.pk).advice_count == 0
