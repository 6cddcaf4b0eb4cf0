"""The lists that are kept ready: whatever editors do, they say what the content says."""

import datetime as dt

import pytest
from django.utils import timezone

from articles.enlisting import OF_ADVICE, enlist_all
from articles.languages import columns
from articles.listings import WHOLE, List
from articles.models import Advice, Article, Listing, Topic

pytestmark = pytest.mark.django_db

COLUMNS = ("list", "topic", "article_position", "article", "position", "item", "shown_from")


def places() -> set[tuple]:
    return set(Listing.objects.values_list(*COLUMNS))


def is_in_step() -> bool:
    """Tell whether the lists are what they would be if they were made anew."""
    kept = places()
    enlist_all()
    return kept == places()


def lists_of(advice: Advice) -> set[tuple[int, int]]:
    found = Listing.objects.filter(item=advice.pk, list__in=OF_ADVICE)
    return set(found.values_list("list", "topic"))


def test_the_authored_content_is_listed():
    advice = Advice.objects.published()
    for kind, number in (("tip", List.TIPS), ("rule", List.RULES), ("mistake", List.MISTAKES)):
        listed = Listing.objects.of(number).items()
        assert list(listed) == list(advice.filter(kind=kind).in_reading_order().values_list("pk", flat=True))
    mistakes = advice.filter(kind="mistake").in_reading_order()
    asked = [each.pk for each in mistakes if any(getattr(each, name) for name in columns("question"))]
    assert list(Listing.objects.of(List.QUESTIONS).items()) == asked
    assert list(Listing.objects.of(List.ARTICLES).items()) == list(
        Article.objects.published().values_list("pk", flat=True)
    )
    assert is_in_step()


def test_a_topic_lists_tips_before_rules_before_mistakes():
    topic = Topic.objects.get(key="trust")
    on_topic = Advice.objects.published().filter(topics=topic).in_reading_order()
    expected = [each.pk for kind in ("tip", "rule", "mistake") for each in on_topic.filter(kind=kind)]
    assert list(Listing.objects.of(None, topic.pk).items()) == expected


def test_advice_is_listed_where_it_belongs(tip, topic):
    assert lists_of(tip) == {(List.TIPS, WHOLE), (List.TIPS, topic.pk)}
    tip.kind = "mistake"
    tip.question_en = "Does nobody greet?"
    tip.save()
    assert lists_of(tip) == {(List.MISTAKES, WHOLE), (List.MISTAKES, topic.pk), (List.QUESTIONS, WHOLE)}
    assert is_in_step()


def test_the_lists_follow_topics_from_either_side(tip, topic):
    other = Topic.objects.get(key="trust")
    for change in (
        lambda: tip.topics.set([other]),
        lambda: tip.topics.clear(),
        lambda: other.advice.add(tip),
        lambda: topic.advice.add(tip),
        lambda: other.advice.remove(tip),
        lambda: topic.advice.clear(),
        lambda: other.delete(),
    ):
        change()
        assert is_in_step()


def test_the_lists_follow_articles(article, tip, figure):
    assert Listing.objects.filter(article=article).count() == 4
    for changes in (
        {"position": 1},
        {"status": "draft"},
        {"status": "published", "published_at": timezone.now() + dt.timedelta(days=1)},
    ):
        for name, value in changes.items():
            setattr(article, name, value)
        article.save()
        assert Listing.objects.filter(article=article).exists() == (article.status == "published")
        assert is_in_step()
    assert not Listing.objects.shown().filter(article=article).exists()
    article.delete()
    assert is_in_step()


def test_the_lists_follow_what_moves_and_what_goes(tip, figure):
    tip.article = Article.objects.first()
    tip.position = 2
    tip.save()
    assert is_in_step()
    figure.position = 7
    figure.save()
    assert is_in_step()
    figure.delete()
    tip.delete()
    assert is_in_step()
