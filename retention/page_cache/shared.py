"""The answers of all processes, in the cache that CACHE_URL names."""

import hashlib
import logging
from time import monotonic

from django.conf import settings
from django.core.cache.backends.base import BaseCache
from redis.exceptions import RedisError

from ..fingerprint import fingerprint
from .answers import Answer
from .keys import Key

logger = logging.getLogger(__name__)

# Seconds for which a page that nobody asks for is kept, and for which a cache that failed is left alone.
KEPT, LEFT_ALONE = 24 * 60 * 60, 5


class Shared:
    """Keeps answers where other processes find them; does without while that can't be reached."""

    def __init__(self, cache: BaseCache) -> None:
        self._cache = cache
        # Another program, or one with other settings, makes other pages of the same content.
        self._program = fingerprint(), settings.TIME_ZONE, settings.CONTACT_EMAIL, settings.SECURITY_CONTACT
        self._away_until = 0.0

    def get(self, key: Key, edition: str) -> Answer | None:
        return self._ask(self._cache.get, self._name(key, edition))

    def put(self, key: Key, answer: Answer) -> None:
        self._ask(self._cache.set, self._name(key, answer.edition), answer, KEPT)

    def _name(self, key: Key, edition: str) -> str:
        return "page:" + hashlib.sha256(repr((*self._program, edition, *key)).encode()).hexdigest()

    def _ask(self, question, *arguments) -> Answer | None:
        if monotonic() < self._away_until:
            return None
        try:
            return question(*arguments)
        except (RedisError, OSError) as error:
            logger.warning("Pages aren't shared: the cache of CACHE_URL can't be reached. %s", error)
            self._away_until = monotonic() + LEFT_ALONE
            return None
