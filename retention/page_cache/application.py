"""The page cache itself: a WSGI application in front of Django's."""

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future
from threading import Lock
from typing import TYPE_CHECKING

from .answers import Answer, Headers, StartResponse
from .counters import COLLAPSED, HIT, MISS, STALE, counters
from .keys import Key, key_of
from .memory import Memory
from .replies import ASKED
from .requests import Application
from .routes import parameters_of
from .watch import Watch

if TYPE_CHECKING:
    from .shared import Shared

READING = ("GET", "HEAD")
# Where an answer comes from, as RFC 9211 has it.
TOLD = {
    HIT: ("Cache-Status", "pages; hit"),
    MISS: ("Cache-Status", "pages; fwd=miss"),
    COLLAPSED: ("Cache-Status", "pages; fwd=miss; collapsed"),
    STALE: ("Cache-Status", "pages; hit; detail=stale"),
}


class PageCache:
    """Answers readers with pages that are ready, and has `pages` make those that aren't, each once at a time.

    What isn't a public page goes to the application untouched.
    """

    def __init__(
        self,
        application: Application,
        pages: Callable[[Key], tuple[str, Headers, bytes]],
        watch: Watch,
        memory: Memory,
        shared: "Shared | None" = None,
    ) -> None:
        self.application = application
        self.pages = pages
        self.watch = watch
        self.memory = memory
        self.shared = shared
        self._making: dict[tuple[Key, str], Future[Answer]] = {}
        self._lock = Lock()

    def __call__(self, environ: Mapping, start_response: StartResponse) -> Iterable[bytes]:
        key = key_of(environ) if environ["REQUEST_METHOD"] in READING else None
        found = key and self.find(key, environ.get("HTTP_ACCEPT_ENCODING", ""))
        if not found:
            return self.application(environ, start_response)
        answer, source = found
        counters.add(source)
        sent = answer.sent(environ, TOLD[source])
        if source == HIT and ASKED in environ:
            self.memory.remember(environ[ASKED], key, answer, sent)
        status, headers, body = sent
        start_response(status, headers)
        return body

    def find(self, key: Key, accepted: str) -> tuple[Answer, int] | None:
        """Return the answer to who accepts these encodings and where it comes from; None if it is no public page."""
        answer = self.memory.get(key)
        if answer is not None and answer.edition == self.watch.edition:
            if answer.prepare(accepted):
                self.memory.put(key, answer)
            return answer, STALE if self.watch.is_blind else HIT
        if parameters_of(key.path) is None:
            return None
        edition = self.watch.edition or self.watch.start()
        if edition is None:
            return None
        made, source = self.made(key, edition, accepted)
        # A page of the edition before is better than none.
        if answer is not None and made.status.startswith("5"):
            return answer, STALE
        return made, source

    def made(self, key: Key, edition: str, accepted: str) -> tuple[Answer, int]:
        """Return the page of an edition; of those who ask for it at the same time one makes it, the others wait."""
        with self._lock:
            known = self.memory.get(key)
            if known is not None and known.edition == edition:
                return known, COLLAPSED
            others = self._making.get((key, edition))
            if others is None:
                ours = self._making[key, edition] = Future()
        if others is not None:
            return others.result(), COLLAPSED
        try:
            answer, source = self.taken_or_made(key, edition, accepted)
            ours.set_result(answer)
        except BaseException as error:
            ours.set_exception(error)
            raise
        finally:
            del self._making[key, edition]
        return answer, source

    def taken_or_made(self, key: Key, edition: str, accepted: str) -> tuple[Answer, int]:
        """Return the page as another process has made it, else make it; keep it if it may be kept."""
        if self.shared and (shared := self.shared.get(key, edition)):
            shared.prepare(accepted)
            self.memory.put(key, shared)
            return shared, HIT
        answer = Answer(edition, *self.pages(key))
        if former := self.memory.get(key):
            answer.take_over(former)
        answer.prepare(accepted)
        if answer.is_kept:
            self.memory.put(key, answer)
            if self.shared:
                self.shared.put(key, answer)
        return answer, MISS
