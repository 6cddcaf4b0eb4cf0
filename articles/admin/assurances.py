"""What editors say of translations as they save a form, and which confirmations a save keeps."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy

from django import forms
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy

from .. import work
from ..abstract import Content
from ..languages import LANGUAGES, column
from ..models import Article, Part
from ..status import CURRENT, OUTDATED, confirm, status_of


class StaysValidForm(forms.Form):
    """The editor's word that a change of the source leaves its translations true."""

    translations_stay_valid = forms.BooleanField(
        required=False,
        label=gettext_lazy("Translations stay valid"),
        help_text=gettext_lazy(
            "For a slip that you have mended: translations that are up to date stay so when their original changes."
        ),
    )


class AssuranceForm(StaysValidForm):
    """The same, and the word that what was out of date says what its source says once the form has changed it."""

    changed_translations_match = forms.BooleanField(
        required=False,
        label=gettext_lazy("The translations I changed match the original now"),
        help_text=gettext_lazy("Otherwise those that were out of date stay so."),
    )


def assurance_form(request: HttpRequest, obj: Content) -> StaysValidForm:
    """Return the form with what there is to say of the translations of `obj` and its rows."""
    form = AssuranceForm if holds_outdated(obj) else StaysValidForm
    return form(request.POST or None)


def holds_outdated(obj: Content) -> bool:
    """Tell whether a translation of `obj`, or of what belongs to it, is out of date."""
    scope = work.belonging_to(obj.pk) if isinstance(obj, Article) else {type(obj): Q(pk=obj.pk)}
    return work.holds_outdated(scope)


def stays_valid(posted: QueryDict) -> bool:
    return says(posted, "translations_stay_valid")


def changes_match(posted: QueryDict) -> bool:
    return says(posted, "changed_translations_match")


def says(posted: QueryDict, assurance: str) -> bool:
    form = AssuranceForm(posted)
    return form.is_valid() and form.cleaned_data[assurance]


@contextmanager
def staying_valid(objects: Iterable[Content]) -> Iterator[None]:
    """Keep the translations of `objects` that were current before a save current after it.

    So does a text that was the source before and is a translation now.
    """
    rows = [stored(obj) for obj in objects]
    valid = [(row, valid_texts(row)) for row in rows]
    yield
    for row, languages in valid:
        # One that was deleted with its row of the form is gone.
        if saved := type(row).objects.filter(pk=row.pk).first():
            confirm(saved, [each for each in languages if each != saved.source_language])


@contextmanager
def staying_outdated(objects: Iterable[Content]) -> Iterator[None]:
    """Keep the translations of `objects` that were out of date before a save out of date, though it changes them.

    They are judged by the source language that the save gives them.
    """
    rows = [judged_as(obj, stored(obj)) for obj in objects]
    outdated = [(row, translations_that_are(OUTDATED, row)) for row in rows]
    yield
    for row, languages in outdated:
        for language in languages:
            confirm(row, [language], getattr(row, column("confirmed", language)))


def valid_texts(obj: Content) -> list[str]:
    """Return the languages in which `obj` says what its source says, that of the source included."""
    return [*translations_that_are(CURRENT, obj), obj.source_language]


def judged_as(other: Content, obj: Content) -> Content:
    """Return `obj` as it is judged by the source language of `other`."""
    judged = copy(obj)
    if isinstance(obj, Part):
        judged.article = other.article
    if isinstance(obj, Article):
        judged.source_language = other.source_language
    return judged


def judged_with(obj: Content) -> list[Content]:
    """Return `obj` and, of an article whose source language is another one now, all that is judged by that."""
    if not isinstance(obj, Article) or stored(obj).source_language == obj.source_language:
        return [obj]
    return [obj, *obj.advice.all(), *obj.figures.all()]


def stored(obj: Content) -> Content:
    """Return `obj` as the database has it, locked until the transaction ends."""
    return type(obj).objects.select_for_update().get(pk=obj.pk)


def translations_that_are(status: str, obj: Content) -> list[str]:
    """Return the languages other than that of the source in which `obj` has this status."""
    return [each for each in LANGUAGES if each != obj.source_language and status_of(obj, each) == status]
