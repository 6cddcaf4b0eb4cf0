"""Who takes part in the rotation, whatever editors publish, take back and delete."""

import datetime as dt
import random
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.utils import timezone

from articles.days import Day, days
from articles.models import Advice, Article, Stint
from articles.roster import follow, together

pytestmark = pytest.mark.django_db

HELSINKI = ZoneInfo("Europe/Helsinki")
DAY = dt.timedelta(days=1)
TODAY = dt.date(2026, 12, 1)
NOON = dt.datetime(2026, 12, 1, 12, tzinfo=HELSINKI)


@pytest.fixture(autouse=True)
def noon(clock) -> None:
    """It is noon on 1 December; the authored content has been there for long."""
    clock(NOON)
    Stint.objects.all().delete()
    follow()


def shown(first: dt.date, last: dt.date) -> dict[dt.date, str | None]:
    return {day.date: day.advice and day.advice.key for day in days(first, last, "en")}


def advice_on(date: dt.date) -> Advice | None:
    found: list[Day] = days(date, date, "en")
    return Advice.objects.get(pk=found[0].advice.pk) if found and found[0].advice else None


def unpublish(article: Article) -> None:
    article.status = "draft"
    article.save()


def publish(article: Article, moment: dt.datetime) -> None:
    article.status, article.published_at = "published", moment
    article.save()


def test_all_tips_and_rules_take_part_and_no_mistake():
    assert set(Stint.objects.values_list("key", flat=True)) == set(
        Advice.objects.published().exclude(kind="mistake").values_list("key", flat=True)
    )
    assert len(set(shown(TODAY, TODAY + 42 * DAY).values())) == Stint.objects.count() == 43


def test_a_new_site_shows_the_same_as_any_other_with_the_same_articles(clock):
    before = shown(TODAY - 60 * DAY, TODAY + 60 * DAY)
    Stint.objects.all().delete()
    clock(NOON + 40 * DAY)
    follow()
    assert shown(TODAY - 60 * DAY, TODAY + 60 * DAY) == before


def test_loading_the_content_again_changes_nothing():
    before = list(Stint.objects.values())
    call_command("load_content", verbosity=0)
    assert list(Stint.objects.values()) == before


def test_an_article_that_is_added_moves_nothing_before_all_others_had_their_turn():
    before = shown(TODAY - 80 * DAY, TODAY + 100 * DAY)
    for moment in (NOON, NOON - 300 * DAY):
        article = Article.objects.create(title_en="New", status="published", published_at=moment)
        Advice.objects.create(article=article, kind="tip", title_en="Quokka")
        Advice.objects.create(article=article, kind="mistake", title_en="Wombat")
    after = shown(TODAY - 80 * DAY, TODAY + 100 * DAY)
    same = [day for day in before if day < TODAY + 43 * DAY]
    assert [after[day] for day in same] == [before[day] for day in same]
    assert {after[TODAY + 43 * DAY], after[TODAY + 44 * DAY]} == {"quokka", "quokka-2"}
    assert after[TODAY + 45 * DAY] == before[TODAY + 43 * DAY]


def test_the_first_article_of_an_empty_site_is_shown_at_once():
    Article.objects.all().delete()
    Stint.objects.all().delete()
    assert days(TODAY, TODAY + DAY, "en") == []
    with together():
        article = Article.objects.create(title_en="First", status="published")
        tip = Advice.objects.create(article=article, kind="tip", title_en="Begin")
    assert [day.advice.pk for day in days(TODAY - DAY, TODAY + DAY, "en")] == [tip.pk, tip.pk]


def test_what_is_scheduled_joins_on_the_first_whole_day_and_is_told_to_nobody_before(clock):
    article = Article.objects.create(title_en="Soon", status="published", published_at=NOON + 3 * DAY)
    key = Advice.objects.create(article=article, kind="rule", title_en="Quokka").key
    assert Stint.objects.get(key=key).joins_on == TODAY + 4 * DAY
    before = shown(TODAY, TODAY + 100 * DAY)
    assert key not in before.values()
    for days_later in (3, 4):
        clock(NOON + days_later * DAY)
        after = shown(TODAY, TODAY + 100 * DAY)
        assert (key in after.values()) == (days_later == 4)
        assert all(after[TODAY + ahead * DAY] == before[TODAY + ahead * DAY] for ahead in range(46))


@pytest.mark.parametrize("hour", [0, 1])
def test_what_is_published_at_midnight_has_the_whole_day(hour):
    midnight = dt.datetime(2026, 12, 9, hour, tzinfo=HELSINKI)
    article = Article.objects.create(title_en="Soon", status="published", published_at=midnight)
    key = Advice.objects.create(article=article, kind="rule", title_en="Quokka").key
    assert Stint.objects.get(key=key).joins_on == dt.date(2026, 12, 9 + hour)


def test_what_is_rescheduled_joins_later():
    article = Article.objects.create(title_en="Soon", status="published", published_at=NOON + DAY)
    key = Advice.objects.create(article=article, kind="rule", title_en="Quokka").key
    publish(article, NOON + 10 * DAY)
    assert Stint.objects.get(key=key).joins_on == TODAY + 11 * DAY
    unpublish(article)
    assert not Stint.objects.filter(key=key).exists()


def test_what_is_taken_back_gives_its_day_to_the_next_and_the_past_stays():
    before = shown(TODAY - 80 * DAY, TODAY + 40 * DAY)
    article = advice_on(TODAY).article
    gone = set(article.advice.values_list("key", flat=True))
    unpublish(article)
    after = shown(TODAY - 80 * DAY, TODAY + 40 * DAY)
    for day in before:
        if day < TODAY:
            assert after[day] == (None if before[day] in gone else before[day])
    ahead = [key for day, key in before.items() if day >= TODAY and key not in gone]
    assert [key for day, key in after.items() if day >= TODAY][: len(ahead)] == ahead


def test_what_isnt_todays_may_go_without_changing_today():
    tomorrow = advice_on(TODAY + DAY)
    today, after = advice_on(TODAY), advice_on(TODAY + 2 * DAY)
    tomorrow.delete()
    assert [advice_on(TODAY), advice_on(TODAY + DAY)] == [today, after]


def test_what_comes_back_on_the_same_day_has_never_been_away():
    before = shown(TODAY - 80 * DAY, TODAY + 80 * DAY)
    article = advice_on(TODAY).article
    moment = article.published_at
    unpublish(article)
    assert shown(TODAY, TODAY) != {TODAY: before[TODAY]}
    publish(article, moment)
    assert shown(TODAY - 80 * DAY, TODAY + 80 * DAY) == before


def test_what_comes_back_later_waits_for_its_turn_behind_the_others(clock):
    before = shown(TODAY - 80 * DAY, TODAY - DAY)
    advice = advice_on(TODAY + DAY)
    advice.kind = "mistake"
    advice.save()
    clock(NOON + 5 * DAY)
    advice.kind = "tip"
    advice.save()
    assert shown(TODAY - 80 * DAY, TODAY - DAY) == before
    after = shown(TODAY, TODAY + 60 * DAY)
    assert [day for day, key in after.items() if key == advice.key] == [TODAY + (5 + 42) * DAY]


def test_an_article_that_is_deleted_takes_its_advice_out():
    article = Article.objects.get(key="rule-one")
    keys = set(article.advice.values_list("key", flat=True))
    Article.objects.filter(pk=article.pk).delete()
    assert set(Stint.objects.filter(leaves_on=TODAY).values_list("key", flat=True)) == keys
    assert not keys & set(shown(TODAY, TODAY + 100 * DAY).values())


def test_a_draft_that_is_saved_takes_no_part(article, tip):
    unpublish(article)
    Advice.objects.create(article=article, kind="rule", title_en="Smile.")
    assert not Stint.objects.filter(key="smile", leaves_on=None).exists()


@pytest.mark.parametrize("seed", range(4))
def test_whatever_editors_do_past_days_stay_what_they_were(clock, seed):
    chance = random.Random(seed)
    seen, titles = {}, iter(range(1000))

    def add() -> None:
        article = Article.objects.create(title_en="New", status="published", published_at=timezone.now() - 9 * DAY)
        for _number in range(chance.randint(1, 4)):
            Advice.objects.create(article=article, kind="tip", title_en=f"Tip {next(titles)}", body_en="Do it.")

    def one() -> Article:
        return chance.choice(list(Article.objects.order_by("key")))

    deeds = [
        add,
        lambda: unpublish(one()),
        lambda: publish(one(), timezone.now()),
        lambda: publish(one(), timezone.now() + 3 * DAY),
    ]
    deeds += [lambda: chance.choice(list(Advice.objects.order_by("key"))).delete()]
    for number in range(50):
        clock(NOON + number * DAY)
        for _deed in range(chance.choice([0, 0, 1, 2])):
            chance.choice(deeds)()
        advice = advice_on(TODAY + number * DAY)
        seen[TODAY + number * DAY] = advice and advice.key
    now = shown(TODAY, TODAY + 49 * DAY)
    there = set(Advice.objects.published().values_list("key", flat=True))
    assert {day: now.get(day) for day in seen} == {day: key if key in there else None for day, key in seen.items()}
    assert len(set(seen.values())) > 20
