"""Which translations are missing or out of date.

A Confirmation keeps the source texts as they were when a translation was last confirmed. The status compares texts,
not dates: a source that is changed back is confirmed again, and a write that bypasses save() can't hide itself.
Slugs are no texts: a translation owes them nothing.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Coalesce, Concat

from .languages import LANGUAGES, column, translated_fields
from .slugs import MAX_LENGTH as KEY_LENGTH

if TYPE_CHECKING:
    from .abstract import Content

MISSING, OUTDATED, CURRENT = "missing", "outdated", "current"
# Stands between the texts of one object where they are compared as one.
SEPARATOR = "\x1f"


class Confirmation(models.Model):
    """The source texts, joined, that the translation of one object into one language was last confirmed against."""

    model = models.CharField(max_length=20)
    key = models.CharField(max_length=KEY_LENGTH)
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES])
    source = models.TextField()
    confirmed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            # Also the index by which a status finds its confirmation.
            models.UniqueConstraint(fields=["model", "key", "language"], name="confirmation_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.model} {self.key} ({self.language})"


def text_fields(model: type["Content"]) -> list[str]:
    """Return the translated fields that a translation is judged by."""
    return [field for field in translated_fields(model) if field != "slug"]


def texts_in(obj: "Content", language: str) -> str:
    """Return the texts of `obj` in one language, joined."""
    return SEPARATOR.join(getattr(obj, column(field, language)) or "" for field in text_fields(type(obj)))


def confirm(obj: "Content", languages: Iterable[str], source: str | None = None) -> None:
    """Record that these translations of `obj` say what the source says: its texts of now, or `source`."""
    for language in languages:
        Confirmation.objects.update_or_create(
            model=obj._meta.model_name,
            key=obj.key,
            language=language,
            defaults={"source": texts_in(obj, obj.source_language) if source is None else source},
        )


def status_of(obj: "Content", language: str) -> str:
    """Return MISSING, OUTDATED or CURRENT: the state of `obj` in `language`.

    A translation is missing as long as it lacks a text that the source has.
    """
    fields = text_fields(type(obj))
    source = obj.source_language
    lacks = [
        field for field in fields if getattr(obj, column(field, source)) and not getattr(obj, column(field, language))
    ]
    if lacks or not obj.exists_in(language):
        return MISSING
    if language == source:
        return CURRENT
    confirmed = Confirmation.objects.filter(model=obj._meta.model_name, key=obj.key, language=language)
    return CURRENT if confirmed.filter(source=texts_in(obj, source)).exists() else OUTDATED


def with_status(queryset: QuerySet, language: str) -> QuerySet:
    """Add `status_<language>` to the rows of `queryset`: in SQL what `status_of` says of one object."""
    model = queryset.model
    confirmed = Confirmation.objects.filter(
        model=model._meta.model_name, key=OuterRef("key"), language=language, source=OuterRef("source_texts")
    )
    status = Case(
        When(lacks_text(model, language), then=Value(MISSING)),
        When(source_is(model, language), then=Value(CURRENT)),
        When(Exists(confirmed), then=Value(CURRENT)),
        default=Value(OUTDATED),
        output_field=CharField(),
    )
    return queryset.annotate(source_texts=source_texts(model)).annotate(**{f"status_{language}": status})


def source_is(model: type["Content"], language: str) -> Q:
    """Return the condition that an object was first written in `language`."""
    if model.SOURCE_PATH:
        return Q((model.SOURCE_PATH, language))
    return Q(pk__isnull=language != settings.LANGUAGE_CODE)


def lacks_text(model: type["Content"], language: str) -> Q:
    """Return the condition that an object lacks its heading in `language`, or a text that its source has."""
    lacking = ~has_text(model.HEADING, language)
    for source in LANGUAGES:
        for field in text_fields(model):
            lacking |= source_is(model, source) & has_text(field, source) & ~has_text(field, language)
    return lacking


def has_text(field: str, language: str) -> Q:
    return Q((f"{column(field, language)}__gt", ""))


def source_texts(model: type["Content"]) -> Case:
    """Return the expression for the texts of an object in its source language, joined as by `texts_in`."""
    return Case(
        *(When(source_is(model, language), then=joined_texts(model, language)) for language in LANGUAGES),
        output_field=TextField(),
    )


def joined_texts(model: type["Content"], language: str) -> Concat | Coalesce:
    parts: list = []
    for field in text_fields(model):
        parts += [Value(SEPARATOR), Coalesce(column(field, language), Value(""), output_field=TextField())]
    return Concat(*parts[1:], output_field=TextField())
