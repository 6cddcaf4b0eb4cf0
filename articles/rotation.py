"""Whose turn it is on which day: a queue, from which the one that has waited longest comes next.

Whoever was shown goes to the end of the queue, and so does whoever joins. So nothing is shown twice before everything
else in the queue was shown; what joins changes nothing until all that was there before it had its turn; what leaves
only lets those behind it move up by a day.
"""

import datetime as dt
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple


class Term(NamedTuple):
    """The days on which `key` stands in the queue: from `joins_on` up to, without, `leaves_on`; None is for good."""

    key: str
    joins_on: dt.date
    leaves_on: dt.date | None = None


def turns(terms: Iterable[Term], last: dt.date) -> dict[dt.date, str]:
    """Return whose turn it is on each day up to `last`; days on which nobody is in the queue are left out."""
    joining, leaving = defaultdict(list), defaultdict(list)
    for term in terms:
        if term.joins_on != term.leaves_on:
            joining[term.joins_on].append(term.key)
            leaving[term.leaves_on].append(term.key)
    queue: deque[str] = deque()
    shown = {}
    for day in days_between(min(joining, default=dt.date.max), last):
        for key in leaving[day]:
            queue.remove(key)
        queue.extend(sorted(joining[day], key=shuffled))
        if queue:
            shown[day] = queue[0]
            queue.rotate(-1)
    return shown


def shuffled(key: str) -> bytes:
    """Return what those who join on one day are ordered by: the same everywhere, and mixed."""
    return blake2b(key.encode(), digest_size=16).digest()


def days_between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    return map(dt.date.fromordinal, range(first.toordinal(), last.toordinal() + 1))
