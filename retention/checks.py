"""What is wrong with the set-up of the server, told by `manage.py check`."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

OTHERS = 0o007  # of the rights to a file, those of whoever is neither its owner nor in its group


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


@register(Tags.database)
def database_is_private(databases: Sequence[str] | None, **kwargs) -> list[CheckMessage]:
    """The file of SQLite's database holds password hashes; it wasn't always made for its owner only."""
    used = [connections[alias] for alias in databases or ()]
    files = [Path(connection.settings_dict["NAME"]) for connection in used if connection.vendor == "sqlite"]
    return [
        Warning(
            f"Everybody on this machine may read {file}, which holds password hashes.",
            hint=f"chmod 600 {file}*",
            id="retention.W002",
        )
        for file in files
        if file.is_file() and file.stat().st_mode & OTHERS
    ]
