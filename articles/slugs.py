"""Slugs: how they are made from titles, and the old ones, which lead to their object for ever."""

import re

from anyascii import anyascii
from django.db import models
from django.db.models import Q
from django.utils.text import slugify

from .languages import LANGUAGES, columns

MAX_LENGTH = 80
# anyascii reads Armenian letter by letter; these pairs stand for one sound or two.
ARMENIAN = (("ու", "u"), ("Ու", "U"), ("ՈՒ", "U"), ("և", "ev"))


def slug_from(text: str) -> str:
    """Return `text` as an ASCII slug of at most MAX_LENGTH characters, cut between words; may be empty."""
    for letters, sound in ARMENIAN:
        text = text.replace(letters, sound)
    slug = slugify(anyascii(text))
    if len(slug) <= MAX_LENGTH:
        return slug
    return re.sub(r"-[^-]*$", "", slug[: MAX_LENGTH + 1])[:MAX_LENGTH]


def has_slug(*slugs: str) -> Q:
    """Return the condition that an object has one of these slugs now, in whatever language."""
    # The condition of the indexes has to be said for SQLite to use them.
    return Q(*(Q((f"{name}__in", slugs)) & ~Q((name, "")) for name in columns("slug")), _connector=Q.OR)


class FormerSlug(models.Model):
    """A slug that an object once had: whoever kept that address is sent on to the present one."""

    model = models.CharField(max_length=20)
    key = models.CharField(max_length=MAX_LENGTH)
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES])
    slug = models.CharField(max_length=MAX_LENGTH)

    class Meta:
        constraints = [
            # Also the index of the look-up that follows an unknown slug, on every public page.
            models.UniqueConstraint(fields=["slug", "model", "language"], name="formerslug_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.key} ({self.language}): {self.slug}"
