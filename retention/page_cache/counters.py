"""Where the answers to readers came from: one count for all processes that serve the site."""

import mmap
import os
from threading import Lock

HIT, MISS, STALE = range(3)
NAMES = ("hit", "miss", "stale")
SLOTS = 1024


class Counters:
    """Counts in memory that the processes share which are forked after it was made, each of them in a place of its own.

    The places of processes that have ended stay, so that the sums never fall.
    """

    def __init__(self) -> None:
        self._memory = mmap.mmap(-1, SLOTS * len(NAMES) * 8)
        self._counts = memoryview(self._memory).cast("Q")
        self._lock = Lock()

    def add(self, source: int) -> None:
        with self._lock:
            self._counts[os.getpid() % SLOTS * len(NAMES) + source] += 1

    def sums(self) -> dict[str, int]:
        """Return the counts of all processes together, by name."""
        return {name: sum(self._counts[place :: len(NAMES)]) for place, name in enumerate(NAMES)}


counters = Counters()
