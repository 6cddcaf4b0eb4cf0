"""The advice of each day, the same in all languages."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from django.utils import timezone

from . import questions
from .paths import path_of
from .rotation import Term, turns
from .shown import ShownAdvice

# More than a year has days.
BATCH = 400
# What becomes of a day further ahead may change too often to be told.
AHEAD = dt.timedelta(days=365)


@dataclass(frozen=True)
class Day:
    """A day and its advice; None where that has been taken back since."""

    date: dt.date
    advice: ShownAdvice | None

    def get_absolute_url(self) -> str:
        return path_of("day", self.date)


def days(first: dt.date, last: dt.date, language: str, *fields: str) -> list[Day]:
    """Return the days from `first` to `last` that have advice, loaded as rows and with these `fields`.

    What is published later has no turn before it is: nobody is told of it beforehand.
    """
    today = timezone.localdate()
    shown = {day: key for day, key in turns(queue(today), min(last, today + AHEAD)).items() if day >= first}
    advice = questions.advice_of_days(language, *fields, keys=list(set(shown.values())))
    by_key = {each.key: each for each in advice}
    return [Day(day, by_key.get(key)) for day, key in shown.items()]


def queue(today: dt.date) -> Iterator[Term]:
    """Return who has joined the rotation by `today`, in the order of the queue, reading no more than is taken."""
    for start in count(0, BATCH):
        batch = questions.stints(start, start + BATCH, today=today)
        yield from map(Term._make, batch)
        if len(batch) < BATCH:
            return


class DayConverter:
    """A day in an address: 2026-11-26."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"

    def to_python(self, value: str) -> dt.date:
        day = dt.date.fromisoformat(value)
        # As of moments of publication: only years that have others on both sides.
        if not 1900 <= day.year <= 9998:
            raise ValueError(value)
        return day

    def to_url(self, value: dt.date) -> str:
        return value.isoformat()
