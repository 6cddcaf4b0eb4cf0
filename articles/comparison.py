"""What differs between two states of an object, for people to read: by field and language, word by word."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import models
from django.db.models import DateTimeField, DecimalField, ForeignKey, ManyToManyField
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from reversion.models import Version

from .differences import Part, between
from .history import heading_of, model_of, state_of, versions_of
from .languages import LANGUAGES, column, translated_fields

# What identifies an object is no news.
UNTOLD = ("id", "key", "created_at")


@dataclass
class Change:
    """A field that differs, in one language or ("") in none, and how."""

    label: str
    language: str
    parts: list[Part]


@dataclass
class Section:
    """An object that differs: its title, what it is, and its changes; `fate` is "changed", "added" or "removed"."""

    title: str
    name: str
    fate: str
    changes: list[Change] = field(default_factory=list)


def compare(olds: Iterable[Version], news: Iterable[Version]) -> list[Section]:
    """Return what differs between the objects of two lists of versions, those that are alike left out."""
    olds = {(version.content_type_id, version.object_id): version for version in olds}
    news = {(version.content_type_id, version.object_id): version for version in news}
    sections = [section_of(olds.get(key), news.get(key)) for key in {**news, **olds}]
    return [section for section in sections if section.changes]


def section_of(old: Version | None, new: Version | None) -> Section:
    version = new or old
    fate = "changed" if old and new else "added" if new else "removed"
    model = model_of(version)
    then, now = (state_of(each)["fields"] if each else {} for each in (old, new))
    changes = [
        Change(str(label), language, between(shown(model, name, then), shown(model, name, now)))
        for name, label, language in told_fields(model)
        if (then.get(name) or None) != (now.get(name) or None)
    ]
    return Section(heading_of(version, get_language()), str(model._meta.verbose_name), fate, changes)


def told_fields(model: type[models.Model]) -> Iterable[tuple[str, str, str]]:
    """Give the name, label and language of the fields, texts language by language after what has none."""
    texts = translated_fields(model)
    names = {column(name, language) for name in texts for language in LANGUAGES}
    for each in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if each.name not in (*UNTOLD, *texts, *names):
            yield each.name, each.verbose_name, ""
    for language in LANGUAGES:
        for name in texts:
            yield column(name, language), model._meta.get_field(name).verbose_name, language


def titles_of(model: type[models.Model], pks: list[int]) -> list[str]:
    """Return the titles of objects, of deleted ones the last that they had."""
    present = {obj.pk: str(obj) for obj in model.objects.filter(pk__in=pks)}
    for pk in set(pks) - present.keys():
        version = versions_of(model, pk).first()
        present[pk] = heading_of(version, get_language()) if version else f"#{pk}"
    return list(present.values())


# How what a field points at is named: by the model, and what the field holds of each.
Titles = Callable[[type[models.Model], list], list[str]]


def shown(model: type[models.Model], name: str, fields: dict, titles: Titles = titles_of) -> str:
    """Return a field of a version as an editor reads it; `titles` are those of what it points at."""
    value = fields.get(name)
    each = model._meta.get_field(name)
    if value in (None, "", []):
        return ""
    match each:
        case ManyToManyField():
            return "\n".join(sorted(titles(each.related_model, value)))
        case ForeignKey():
            return "".join(titles(each.related_model, [value]))
        case DateTimeField():
            return date_format(localtime(each.to_python(value)), "SHORT_DATETIME_FORMAT")
        case DecimalField():
            return number_format(Decimal(value).normalize(), use_l10n=True)
    return str(dict(each.flatchoices).get(value, value))
