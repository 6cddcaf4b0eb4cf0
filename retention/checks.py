"""What is wrong with the set-up of the server, told by `manage.py check`."""

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.checks import CheckMessage, Warning, register


@register
def cache_is_shared(app_configs: object, **kwargs) -> list[CheckMessage]:
    """A cache that was asked for and that no two processes share costs memory and saves nothing."""
    if settings.CACHE_URL and isinstance(caches["default"], LocMemCache | DummyCache):
        return [
            Warning(
                "The cache of CACHE_URL isn't shared between processes.",
                hint="Name a Redis, such as redis://localhost:6379/0, or leave CACHE_URL empty: each process keeps "
                "the pages it has sent in any case.",
                id="retention.W001",
            )
        ]
    return []
