"""A digest of the program: what was made by another one may look different, and isn't used."""

import hashlib
import os
from collections.abc import Iterator
from functools import cache

import django
from django.conf import settings

# What pages are made from beside the content.
SOURCES = ("articles", "retention", "templates", "static", "locale")
MADE_FROM_SOURCES = (".pyc", ".mo")


@cache
def fingerprint() -> str:
    """Return a digest of the sources: by what is in them, since copies of a program have other times."""
    digest = hashlib.sha256(django.__version__.encode())
    for path in sources():
        digest.update(f"\n{os.path.relpath(path, settings.BASE_DIR)}\n".encode())
        with open(path, "rb") as file:
            digest.update(file.read())
    return digest.hexdigest()[:32]


def sources() -> Iterator[str]:
    """Give the paths of all sources, in the same order everywhere."""
    # At every start: pathlib takes twice as long.
    for source in SOURCES:
        for folder, folders, names in os.walk(settings.BASE_DIR / source):
            folders.sort()
            yield from (f"{folder}/{name}" for name in sorted(names) if not name.endswith(MADE_FROM_SOURCES))
