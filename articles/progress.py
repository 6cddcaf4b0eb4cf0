"""A line that tells how far a long run has come."""

import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

from django.core.management.base import OutputWrapper

T = TypeVar("T")
INTERVAL = 1.0  # seconds


def progress(items: Iterable[T], total: int, out: OutputWrapper) -> Iterator[T]:
    """Return `items`, telling each second how many of `total` are done and how long the rest may take.

    A short run tells nothing. On a terminal the line is overwritten, elsewhere a new one is written.
    """
    begun = told = time.monotonic()
    ending = "\r" if out.isatty() else "\n"
    for done, item in enumerate(items, 1):
        yield item
        if time.monotonic() - told >= INTERVAL:
            told = time.monotonic()
            left = (told - begun) / done * (total - done)
            out.write(f"{done:,} of {total:,} done, about {left:,.0f} s left", ending=ending)
            out.flush()
