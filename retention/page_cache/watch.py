"""Which edition of the site is the present one."""

import logging
from collections.abc import Callable
from threading import Lock, Thread
from time import monotonic, sleep

from django.db import connection

logger = logging.getLogger(__name__)

# An edit has to be seen within a second, by whoever asks just before the next look, too.
INTERVAL = 0.4
# After so many seconds without an answer nobody knows any more.
PATIENCE = 2.0


class Watch:
    """Looks at the edition again and again in a thread of its own, so that no reader waits for the database.

    As long as the database can't be asked, the edition stays what it was last.
    """

    def __init__(self, read: Callable[[], str]) -> None:
        self.edition: str | None = None
        self._read = read
        # Until then nothing can have changed unnoticed.
        self.sure_until = 0.0
        self._lock = Lock()

    @property
    def is_blind(self) -> bool:
        """Whether the edition may have changed without being noticed."""
        return monotonic() > self.sure_until

    def start(self) -> str | None:
        """Begin to watch, in each process once it was forked, since no thread comes along; return the edition."""
        with self._lock:
            if self.edition is None and self.look():
                Thread(target=self._run, name="edition", daemon=True).start()
        return self.edition

    def look(self) -> bool:
        """Ask which edition it is now; tell whether there was an answer."""
        try:
            self.edition = self._read()
        # Whatever it is, a thread that ended would let readers have old pages for ever.
        except Exception as error:
            if not self.is_blind:
                logger.warning("Pages are served as they are known: the database can't be asked. %s", error)
            connection.close()
            return False
        self.sure_until = monotonic() + PATIENCE
        return True

    def _run(self) -> None:
        while True:
            sleep(INTERVAL)
            # Now and then another one, so that a database that was put in the place of this one is seen.
            connection.close_if_unusable_or_obsolete()
            self.look()
