"""What a change of source texts does to their translations, told before saving, and how an editor may prevent it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ..abstract import Content, tidy
from ..differences import changed_words
from ..languages import LANGUAGES, column
from ..models import Article
from ..status import CURRENT, confirm, status_of, text_fields


class StaysValidForm(forms.Form):
    """The editor's word that a change of the source leaves its translations true."""

    translations_stay_valid = forms.BooleanField(
        required=False,
        label=gettext_lazy("Translations stay valid"),
        help_text=gettext_lazy(
            "For a slip that you have mended: translations that are up to date stay so when their original changes."
        ),
    )


class Impact(NamedTuple):
    """How many translations a change puts out of date, and how many words of the source it changes."""

    translations: int
    words: int

    def __str__(self) -> str:
        if self == (0, 0):
            return ""
        translations = ngettext(
            "%(count)s translation will be out of date", "%(count)s translations will be out of date", self.translations
        )
        words = ngettext("%(count)s word changed", "%(count)s words changed", self.words)
        return _("%(translations)s, %(words)s.") % {
            "translations": translations % {"count": self.translations},
            "words": words % {"count": self.words},
        }


class ImpactAdmin(admin.ModelAdmin):
    """An admin whose form tells what a change does to translations, and keeps them valid where an editor says so."""

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(require_POST(self.impact_view))
        return [path("<path:object_id>/impact/", view, name=self.impact_url_name), *super().get_urls()]

    @property
    def impact_url_name(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_impact"

    def impact_view(self, request: HttpRequest, object_id: str) -> JsonResponse:
        """Answer with the impact that saving the posted form would have, as a `sentence`; "" for none."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        return JsonResponse({"sentence": str(impact_of(self.posted_forms(request, obj)))})

    def posted_forms(self, request: HttpRequest, obj: Content) -> Iterator[forms.ModelForm]:
        """Give the form of `obj` and those of the objects edited within it."""
        yield self.get_form(request, obj, change=True)(request.POST, instance=obj)
        for formset_class, inline in self.get_formsets_with_inlines(request, obj):
            prefix, rows = formset_class.get_default_prefix(), inline.get_queryset(request)
            yield from formset_class(request.POST, instance=obj, prefix=prefix, queryset=rows).initial_forms

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj=None, **kwargs) -> HttpResponse:
        if obj and self.has_change_permission(request, obj):
            context["stays_valid_form"] = StaysValidForm(request.POST or None)
            context["impact_url"] = reverse(f"admin:{self.impact_url_name}", args=[obj.pk])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request: HttpRequest, obj: Content, form: forms.ModelForm, change: bool) -> None:
        with staying_valid(judged_with(obj) if change and stays_valid(request) else []):
            super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form, formset: forms.BaseModelFormSet, change: bool) -> None:
        # A row that is given up may have been deleted by somebody else already.
        kept = [each for each in formset.initial_forms if each not in formset.deleted_forms]
        changed = [each.instance for each in kept if each.has_changed()]
        with staying_valid(changed if stays_valid(request) else []):
            super().save_formset(request, form, formset, change)


def stays_valid(request: HttpRequest) -> bool:
    form = StaysValidForm(request.POST)
    return form.is_valid() and form.cleaned_data["translations_stay_valid"]


@contextmanager
def staying_valid(objects: Iterable[Content]) -> Iterator[None]:
    """Keep the translations of `objects` that were current before a save current after it.

    So does a text that was the source before and is a translation now.
    """
    rows = [stored(obj) for obj in objects]
    valid = [(row, [*current_translations(row), row.source_language]) for row in rows]
    yield
    for row, languages in valid:
        # One that was deleted with its row of the form is gone.
        if saved := type(row).objects.filter(pk=row.pk).first():
            confirm(saved, [each for each in languages if each != saved.source_language])


def judged_with(obj: Content) -> list[Content]:
    """Return `obj` and, of an article whose source language is another one now, all that is judged by that."""
    if not isinstance(obj, Article) or stored(obj).source_language == obj.source_language:
        return [obj]
    return [obj, *obj.advice.all(), *obj.figures.all()]


def stored(obj: Content) -> Content:
    """Return `obj` as the database has it, locked until the transaction ends."""
    return type(obj).objects.select_for_update().get(pk=obj.pk)


def current_translations(obj: Content) -> list[str]:
    return [each for each in LANGUAGES if each != obj.source_language and status_of(obj, each) == CURRENT]


def impact_of(posted: Iterable[forms.ModelForm]) -> Impact:
    """Return the impact of saving these forms, which have the stored objects as instances and aren't cleaned yet."""
    impacts = [impact_of_one(form) for form in posted if form.instance.pk]
    return Impact(sum(each.translations for each in impacts), sum(each.words for each in impacts))


def impact_of_one(form: forms.ModelForm) -> Impact:
    obj = form.instance
    if (language := source_language_in(form)) != obj.source_language:
        parts = [obj, *obj.advice.all(), *obj.figures.all()] if isinstance(obj, Article) else [obj]
        return Impact(sum(len(put_out_of_date(part, language)) for part in parts), 0)
    source = changed_texts(form, obj.source_language)
    if not source:
        return Impact(0, 0)
    # Saving confirms those that it changes.
    outdated = [language for language in current_translations(obj) if not changed_texts(form, language)]
    return Impact(len(outdated), sum(changed_words(old, new) for old, new in source))


def source_language_in(form: forms.ModelForm) -> str:
    """Return the language that the object is judged by as the form stands; "" as long as nothing tells it."""
    chosen = {name: str(form[name].value() or "") for name in ("source_language", "article") if name in form.fields}
    if chosen.get("source_language") in LANGUAGES:
        return chosen["source_language"]
    of_article = Article.objects.filter(pk=chosen.get("article") or None).values_list("source_language", flat=True)
    # A new object has no article to ask.
    return of_article.first() or getattr(form.instance, "source_language", "")


def put_out_of_date(obj: Content, language: str) -> list[str]:
    """Return the languages in which `obj` is out of date once it is judged by its texts in `language`."""
    current = [*current_translations(obj), obj.source_language]
    return [each for each in current if each != language and obj.exists_in(each)]


def changed_texts(form: forms.ModelForm, language: str) -> list[tuple[str, str]]:
    """Return the texts in `language` that the form changes, each as it is and as it will be."""
    names = [column(field, language) for field in text_fields(type(form.instance))]
    posted = [name for name in names if name in form.fields and form.add_prefix(name) in form.data]
    pairs = [(getattr(form.instance, name) or "", posted_text(form, name)) for name in posted]
    return [(old, new) for old, new in pairs if old != new]


def posted_text(form: forms.ModelForm, name: str) -> str:
    is_long = isinstance(form.instance._meta.get_field(name), models.TextField)
    return tidy(form[name].data or "", is_long)
