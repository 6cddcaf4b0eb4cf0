"""A digest of the program: what was made by another one may look different, and isn't used."""

import hashlib
from functools import cache

import django
from django.conf import settings

# What pages are made from beside the content.
SOURCES = ("articles", "retention", "templates", "static", "locale")


@cache
def fingerprint() -> str:
    """Return a digest of the sources and of the settings that pages depend on."""
    digest = hashlib.sha256(f"{django.__version__} {settings.TIME_ZONE} {settings.CONTACT_EMAIL}".encode())
    for folder in SOURCES:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.suffix not in (".pyc", ".mo") and path.is_file():
                stat = path.stat()
                digest.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:32]
