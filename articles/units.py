"""Texts on their way to a translator and back: a unit is one text of one object, with its source.

Slugs are none of them: they are made from the titles.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, QuerySet, Value

from .abstract import Content
from .languages import column, columns
from .models import Advice, Article, Figure, Topic
from .status import CURRENT, MISSING, OUTDATED, SEPARATOR, text_fields

# By the name that units give it, in the order of reading.
MODELS: dict[str, type[Content]] = {model._meta.model_name: model for model in (Topic, Article, Advice, Figure)}
BATCH = 500
# What no XML can hold, and a text only if it was written past the forms.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Refused(Exception):
    """A file that isn't taken: each reason a sentence for people."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(*reasons)
        self.reasons = reasons


@dataclass(frozen=True)
class Unit:
    """One text to be translated.

    `status` is that of this text in the database. In a file that came back it is what the file says: CURRENT for a
    translation that is done, OUTDATED for one that needs another look, and "" where the file doesn't say.
    `fingerprint` is that of the translation when the file was made, `place` where in a file the unit stands.
    """

    model: str
    key: str
    field: str
    source_language: str
    language: str
    source: str
    translation: str
    status: str = ""
    fingerprint: str = ""
    place: str = ""

    @property
    def id(self) -> str:
        return f"{self.model}/{self.key}/{self.field}"


def everything() -> list[QuerySet]:
    return [model.objects.all() for model in MODELS.values()]


def within(articles: QuerySet[Article]) -> list[QuerySet]:
    """Return these articles with their advice and figures."""
    return [articles, *(model.objects.filter(article__in=articles) for model in (Advice, Figure))]


def units_for(querysets: Iterable[QuerySet], language: str) -> Iterator[Unit]:
    """Return the texts of these objects that can be translated into `language`, a batch of objects at a time."""
    for queryset in querysets:
        for row in texts_of(queryset, language).iterator(BATCH):
            if row["written_in"] != language:
                yield from units_of(queryset.model, row, language)


def left_to_translate(units: Iterable[Unit]) -> Iterator[Unit]:
    """Keep the units whose translation is missing or out of date."""
    return (unit for unit in units if unit.status != CURRENT)


def texts_of(queryset: QuerySet, language: str) -> QuerySet:
    """Return a row for each object: key, texts and confirmed source by column, and the language it is `written_in`."""
    source = queryset.model.SOURCE_COLUMN
    source_language = F(source) if source else Value(settings.LANGUAGE_CODE)
    texts = columns(*text_fields(queryset.model))
    return queryset.annotate(written_in=source_language).values(
        "key", "written_in", column("confirmed", language), *texts
    )


def units_of(model: type[Content], row: dict[str, Any], language: str) -> Iterator[Unit]:
    confirmed = confirmed_sources(model, row[column("confirmed", language)])
    for field in text_fields(model):
        source, translation = (
            UNWRITABLE.sub("\ufffd", row[column(field, code)] or "") for code in (row["written_in"], language)
        )
        if source:
            yield Unit(
                model._meta.model_name,
                row["key"],
                field,
                row["written_in"],
                language,
                source,
                translation,
                status_of_text(source, translation, confirmed.get(field)),
                fingerprint_of(translation),
            )


def confirmed_sources(model: type[Content], joined: str) -> dict[str, str]:
    """Return, by field, the source texts that were last confirmed, from how an object keeps them; nothing for never."""
    fields, texts = text_fields(model), joined.split(SEPARATOR)
    return dict(zip(fields, texts, strict=True)) if len(texts) == len(fields) else {}


def status_of_text(source: str, translation: str, confirmed: str | None) -> str:
    """Return the state of one text; `confirmed` is the source that its translation was last confirmed against."""
    if not translation:
        return MISSING
    return CURRENT if confirmed == source else OUTDATED


def fingerprint_of(translation: str) -> str:
    """Return by what a translation is known again; the letter keeps spreadsheets from taking it for a number."""
    return f"t{hashlib.sha256(translation.encode()).hexdigest()[:12]}"
