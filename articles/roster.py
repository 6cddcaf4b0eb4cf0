"""How the stints are kept in step with what is published: with every save and deletion, or all of them at once."""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save
from django.utils import timezone

from .choices import Kind, Status
from .models import Advice, Article
from .stints import Stint

# What is shown as the advice of a day. Said by what isn't: by kinds, SQLite would go through all that an index has.
IN_ROTATION = ~Q(kind=Kind.MISTAKE)

is_waiting: ContextVar[bool] = ContextVar("is_waiting", default=False)


@contextmanager
def together() -> Iterator[None]:
    """Bring all stints in step at the end, however much is saved meanwhile."""
    token = is_waiting.set(True)
    try:
        yield
        follow()
    finally:
        is_waiting.reset(token)


@transaction.atomic
def follow(keys: Collection[str] | None = None) -> None:
    """Have the advice with these keys, or all of it, join and leave the rotation as it is published and taken back.

    No day before today changes. On a site that has no stints yet, they begin when the first advice was published, all
    of them, so that the articles are mixed, and every new site with the same articles shows the same on the same day.
    """
    today, first_days = timezone.localdate(), first_days_of(keys)
    stints = Stint.objects.all() if keys is None else Stint.objects.filter(key__in=keys)
    stints.filter(joins_on__gt=today).delete()
    shown = {key for key, day in first_days.items() if day <= today}
    begun = stints.filter(Q(leaves_on=None) | Q(leaves_on=today))
    there = {stint.key: stint for stint in begun if stint.leaves_on is None or stint.key in shown}
    ended = [stint.pk for stint in there.values() if stint.leaves_on is None and stint.key not in shown]
    # What was taken back and published again on the same day has never been away.
    resumed = [stint.pk for stint in there.values() if stint.leaves_on]
    Stint.objects.filter(pk__in=ended).update(leaves_on=today)
    Stint.objects.filter(pk__in=resumed).update(leaves_on=None)
    joining = first_days.keys() - (shown & there.keys())
    if joining:
        start = today if Stint.objects.exists() else min((first_days[key] for key in shown), default=today)
        new = [Stint(key=key, joins_on=start if key in shown else first_days[key]) for key in joining]
        # Two who publish at the same time may both see that a stint is missing.
        Stint.objects.bulk_create(new, ignore_conflicts=True)


def first_days_of(keys: Collection[str] | None) -> dict[str, dt.date]:
    """Return the first day of each piece of advice by its key: the first that it is published on from midnight.

    What has been published today may be shown today; it changes nothing unless there is nothing else.
    """
    now = timezone.now()
    advice = Advice.objects.filter(IN_ROTATION, article__status=Status.PUBLISHED).order_by()
    if keys is not None:
        advice = advice.filter(key__in=keys)
    days = {}
    for key, moment in advice.values_list("key", "article__published_at"):
        local = timezone.localtime(moment)
        day = local.date() + dt.timedelta(days=local.time() > dt.time.min)
        days[key] = min(day, timezone.localdate(now)) if moment <= now else day
    return days


def follow_advice(instance: Advice, **kwargs) -> None:
    if not is_waiting.get():
        follow([instance.key])


def follow_article(instance: Article, **kwargs) -> None:
    if not is_waiting.get():
        follow(list(instance.advice.order_by().values_list("key", flat=True)))


def listen() -> None:
    """Follow each change of content from now on, within its transaction."""
    # Not by overriding save(): what goes with its article is deleted without a method being called.
    post_save.connect(follow_advice, sender=Advice, dispatch_uid="roster")
    post_delete.connect(follow_advice, sender=Advice, dispatch_uid="roster")
    post_save.connect(follow_article, sender=Article, dispatch_uid="roster")
