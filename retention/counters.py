"""Counts of all processes that serve the site together."""

import mmap
import os
from collections.abc import Hashable, Iterable
from threading import Lock

SLOTS = 1024
CELL = 8


class Counters:
    """Counts in memory that the processes share which are forked after it was made, each of them in a place of its own.

    The places of processes that have ended stay, so that the sums never fall.
    """

    def __init__(self, names: Iterable[Hashable]) -> None:
        self.names = tuple(names)
        # Before its counts each process says which it is.
        self._width = 1 + len(self.names)
        self._memory = memoryview(mmap.mmap(-1, SLOTS * self._width * CELL)).cast("Q")
        self._settle()
        os.register_at_fork(after_in_child=self._settle)

    def _settle(self) -> None:
        self._lock = Lock()
        start = os.getpid() % SLOTS * self._width
        self._memory[start] = os.getpid()
        self._first = start + 1

    def add(self, place: int, amount: int = 1) -> None:
        """Count for the name at this place."""
        with self._lock:
            self._memory[self._first + place] += amount

    def processes(self) -> list[int]:
        """Return the processes that have counted, those included that have ended."""
        return [process for process in self._memory[:: self._width] if process]

    def sums(self) -> dict[Hashable, int]:
        """Return the counts of all processes together, by name."""
        width = self._width
        used = [at for at in range(0, SLOTS * width, width) if self._memory[at]]
        columns = zip(*(self._memory[at + 1 : at + width] for at in used), strict=True)
        return dict(zip(self.names, map(sum, columns), strict=True))
