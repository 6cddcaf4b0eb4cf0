"""What saving a form would make of an object and its translations, told without saving."""

from collections.abc import Iterable, Iterator
from copy import copy
from typing import NamedTuple

from django import forms

from ..abstract import Content
from ..languages import LANGUAGES, column, columns
from ..models import Article
from ..status import OUTDATED, text_fields, texts_in
from .assurances import judged_as, translations_that_are, valid_texts


class Forecast(NamedTuple):
    """An object as it is stored, and as saving a form would leave it."""

    before: Content
    after: Content


def forecasts(form: forms.ModelForm, rows: Iterable[forms.ModelForm] = ()) -> Iterator[Forecast]:
    """Give what saving a form does to its object and, of an article, to all that is judged by its source language.

    Neither `form` nor the forms of its `rows`, which have the stored objects as instances, are cleaned yet.
    """
    before, after = form.instance, judged_as_posted(form, written(form, form.instance))
    yield forecast(before, after)
    if isinstance(before, Article):
        yield from forecasts_of_parts(before, after, rows)


def forecasts_of_parts(before: Article, after: Article, rows: Iterable[forms.ModelForm]) -> Iterator[Forecast]:
    # A row that somebody has deleted meanwhile may lack a key.
    rows_by_part = {row.instance: row for row in rows if row.instance.pk}
    for part in [*before.advice.all(), *before.figures.all()]:
        row = rows_by_part.get(part)
        if row and is_deleted(row):
            continue
        part_after = written(row, part) if row else copy(part)
        part.article, part_after.article = before, after
        yield forecast(part, part_after)


def forecast(before: Content, after: Content) -> Forecast:
    """Confirm in `after` what saving it would confirm."""
    after.tidy_texts()
    outdated = translations_that_are(OUTDATED, judged_as(after, before))
    note_confirmed(after, set(after.changed_languages(vars(before))) - set(outdated))
    return Forecast(before, after)


def keeping_valid(forecasts: Iterable[Forecast]) -> Iterator[Forecast]:
    """Give the forecasts for an editor who says that translations stay valid."""
    for each in forecasts:
        note_confirmed(each.after, valid_texts(each.before))
        yield each


def note_confirmed(obj: Content, languages: Iterable[str]) -> None:
    source = texts_in(obj, obj.source_language)
    for language in set(languages) - {obj.source_language}:
        setattr(obj, column("confirmed", language), source)


def written(form: forms.ModelForm, obj: Content) -> Content:
    """Return a copy of `obj` with the texts that were sent in `form`."""
    after = copy(obj)
    for name in columns(*text_fields(type(obj))):
        if name in form.fields and form.add_prefix(name) in form.data:
            setattr(after, name, form[name].data or "")
    return after


def is_deleted(row: forms.ModelForm) -> bool:
    return "DELETE" in row.fields and row["DELETE"].data


def judged_as_posted(form: forms.ModelForm, obj: Content) -> Content:
    """Have `obj` be judged by the source language, or by that of the article, which was chosen in `form`."""
    chosen = {name: str(form[name].data or "") for name in ("source_language", "article") if name in form.fields}
    if chosen.get("source_language") in LANGUAGES:
        obj.source_language = chosen["source_language"]
    if article := Article.objects.filter(pk=chosen.get("article") or None).first():
        obj.article = article
    return obj
