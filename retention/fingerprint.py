"""A digest of the program: what was made by another one may look different, and isn't used."""

import hashlib
from functools import cache

import django
from django.conf import settings

# What pages are made from beside the content.
SOURCES = ("articles", "retention", "templates", "static", "locale")


@cache
def fingerprint() -> str:
    """Return a digest of the sources: by what is in them, since copies of a program have other times."""
    digest = hashlib.sha256(django.__version__.encode())
    for folder in SOURCES:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.suffix not in (".pyc", ".mo") and path.is_file():
                digest.update(f"\n{path.relative_to(settings.BASE_DIR)}\n".encode() + path.read_bytes())
    return digest.hexdigest()[:32]
