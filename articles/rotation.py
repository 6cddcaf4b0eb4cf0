"""Whose turn it is on which day: a queue, from which the one that has waited longest comes next.

Whoever was shown goes to the end of the queue, and so does whoever joins. So nothing is shown twice before everything
else in the queue was shown; what joins changes nothing until all that was there before it had its turn; what leaves
only lets those behind it move up by a day.
"""

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple


class Term(NamedTuple):
    """The days on which `key` stands in the queue: from `joins_on` up to, without, `leaves_on`; None is for good."""

    key: str
    joins_on: dt.date
    leaves_on: dt.date | None = None

    def has_left(self, day: dt.date) -> bool:
        return self.leaves_on is not None and self.leaves_on <= day


def turns(terms: Iterable[Term], last: dt.date) -> dict[dt.date, str]:
    """Return whose turn it is on each day up to `last`; days on which nobody is in the queue are left out.

    The terms come in the order of their first day, those of one day shuffled. No more of them are taken than there are
    days to fill, and those who left before their turn.
    """
    joining = iter(terms)
    fresh = next(joining, None)
    if fresh is None:
        return {}
    # Who was shown, each since when.
    waiting: deque[tuple[dt.date, Term]] = deque()
    shown = {}
    for day in days_between(fresh.joins_on, last):
        while fresh and fresh.has_left(day):
            fresh = next(joining, None)
        while waiting and waiting[0][1].has_left(day):
            waiting.popleft()
        # Who joins on a day goes to the end of the queue before who is shown on it.
        if fresh and fresh.joins_on <= (waiting[0][0] if waiting else day):
            term, fresh = fresh, next(joining, None)
        elif waiting:
            _since, term = waiting.popleft()
        else:
            continue
        waiting.append((day, term))
        shown[day] = term.key
    return shown


def shuffled(key: str) -> bytes:
    """Return what those who join on one day are ordered by: the same everywhere, and mixed."""
    return blake2b(key.encode(), digest_size=16).digest()


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return map(dt.date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
