"""Which translations are missing or out of date.

Beside its texts an object keeps, for each language, the source texts as they were when the translation was last
confirmed. The status compares texts, not dates: a source that is changed back is confirmed again, and a write that
bypasses save() can't hide itself. Slugs are no texts: a translation owes them nothing.

The database itself makes the same comparison in a generated column: nothing has to keep it in step, and no text is
read to list what is left to do.
"""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Expression,
    ExpressionWrapper,
    GeneratedField,
    IntegerField,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Substr
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from .languages import LANGUAGES, column, translated_fields
from .standing import CURRENT, MISSING, OUTDATED, SEPARATOR, STATUS_BY_LETTER, Standing

if TYPE_CHECKING:
    from .abstract import Content

STATUS_NAMES = {MISSING: _("missing"), OUTDATED: _("out of date"), CURRENT: _("current")}


def text_fields(model: type["Content"]) -> list[str]:
    """Return the translated fields that a translation is judged by."""
    return [field for field in translated_fields(model) if field != "slug"]


def texts_in(obj: "Content", language: str) -> str:
    """Return the texts of `obj` in one language, joined."""
    return SEPARATOR.join(getattr(obj, column(field, language)) or "" for field in text_fields(type(obj)))


def completed(model: type["Content"], joined: str) -> str:
    """Return joined texts of `model` with those, empty, that its objects have only had since: the last ones."""
    return joined + SEPARATOR * (len(text_fields(model)) - 1 - joined.count(SEPARATOR))


def confirm(obj: "Content", languages: Iterable[str], source: str | None = None) -> None:
    """Record that these translations of `obj` say what the source says: its texts of now, or `source`."""
    texts = texts_in(obj, obj.source_language) if source is None else source
    confirmed = {column("confirmed", language): texts for language in languages}
    for name, value in confirmed.items():
        setattr(obj, name, value)
    if confirmed:
        type(obj).objects.filter(pk=obj.pk).update(**confirmed)


def status_of(obj: "Content", language: str) -> str:
    """Return MISSING, OUTDATED or CURRENT: the state of `obj` in `language`.

    A translation is missing as long as it lacks a text that the source has.
    """
    source = obj.source_language
    lacks = [
        field
        for field in text_fields(type(obj))
        if getattr(obj, column(field, source)) and not getattr(obj, column(field, language))
    ]
    if lacks or not obj.exists_in(language):
        return MISSING
    if language == source or getattr(obj, column("confirmed", language)) == texts_in(obj, source):
        return CURRENT
    return OUTDATED


def with_status(queryset: QuerySet, *languages: str) -> QuerySet:
    """Add `status_<language>` for each of `languages` to the rows of `queryset`: in SQL what `status_of` says."""
    return queryset.annotate(**{f"status_{language}": status(language) for language in languages})


def is_outdated(language: str) -> Expression:
    """Return the expression for whether the source has changed since the translation was confirmed.

    It is as good as a truth value, which SQLite hasn't.
    """
    return ExpressionWrapper(is_in(OUTDATED, language), output_field=IntegerField())


def status(language: str) -> Case:
    """Return the expression for the status of a row."""
    return Case(
        *(When(is_in(said, language), then=Value(said)) for said in (MISSING, OUTDATED)),
        default=Value(CURRENT),
        output_field=CharField(),
    )


def is_in(status: str, language: str) -> Exact:
    """Return the condition that a row has this status in a language; indexes don't know it, see `is_left`."""
    return Exact(Substr("standing", LANGUAGES.index(language) + 1, 1), Value(status[0]))


def overall(status: str) -> Q:
    """Return the condition on a `standing`: missing or outdated in any language, or current in all."""
    if status == CURRENT:
        return Q(standing=CURRENT[0] * len(LANGUAGES))
    return Q(standing__contains=status[0])


def count_by_status(standings: Iterable[tuple[str, int]]) -> dict[str, Counter[str]]:
    """Return for each language how many objects have which status, from (standing, how many objects) pairs."""
    counts: dict[str, Counter[str]] = {language: Counter() for language in LANGUAGES}
    for letters, number in standings:
        for language, letter in zip(LANGUAGES, letters, strict=True):
            counts[language][STATUS_BY_LETTER[letter]] += number
    return counts


def standing_of(model: type["Content"]) -> Expression:
    """Return the expression for the standing of an object in all languages, judged by its source language."""
    by_source = {
        language: Standing(model.HEADING, tuple(text_fields(model)), language, LANGUAGES) for language in LANGUAGES
    }
    if not model.SOURCE_COLUMN:
        return by_source[settings.LANGUAGE_CODE]
    return Case(
        *(When(Q((model.SOURCE_COLUMN, language)), then=standing) for language, standing in by_source.items()),
        default=Value(MISSING[0] * len(LANGUAGES)),
        output_field=CharField(),
    )


def keep_status(model: type["Content"]) -> None:
    """Give `model`, once its texts are known, what the status of its translations is told by:

    confirmed_<language>  the source texts, joined, that the translation was last confirmed against; "" for never
    standing              the status in all languages; made by the database
    """
    for language in LANGUAGES:
        confirmed = TextField(blank=True, default="", editable=False)
        confirmed.contribute_to_class(model, column("confirmed", language))
    standing = GeneratedField(
        expression=standing_of(model), output_field=CharField(max_length=len(LANGUAGES)), db_persist=True
    )
    standing.contribute_to_class(model, "standing")
