"""What a change of source texts does to their translations, told before saving."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ..abstract import Content
from ..differences import changed_words
from ..languages import column
from ..status import MISSING, OUTDATED, status_of, text_fields
from .assurances import (
    assurance_form,
    changes_match,
    judged_with,
    staying_outdated,
    staying_valid,
    stays_valid,
    translations_that_are,
)
from .forecasts import Forecast, forecasts, keeping_valid


class Impact(NamedTuple):
    """How many translations will be out of date, how many will lack a text, and how many words of the source change."""

    outdated: int
    lacking: int
    words: int

    def __str__(self) -> str:
        if not any(self):
            return ""
        words = ngettext("%(count)s word changed", "%(count)s words changed", self.words)
        sentence = _("%(translations)s, %(words)s.") if self.words else _("%(translations)s.")
        return sentence % {"translations": ", ".join(self.translations()), "words": words % {"count": self.words}}

    def translations(self) -> Iterator[str]:
        if self.outdated or not self.lacking:
            said = ngettext(
                "%(count)s translation will be out of date", "%(count)s translations will be out of date", self.outdated
            )
            yield said % {"count": self.outdated}
        if self.lacking:
            said = ngettext(
                "%(count)s translation will lack a text", "%(count)s translations will lack a text", self.lacking
            )
            yield said % {"count": self.lacking}


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
        form = self.get_form(request, obj, change=True)(request.POST, instance=obj)
        return impact_response(request, forecasts(form, self.posted_rows(request, obj)))

    def posted_rows(self, request: HttpRequest, obj: Content) -> Iterator[forms.ModelForm]:
        """Give the forms of the objects that are edited within the form of `obj`."""
        for formset_class, inline in self.get_formsets_with_inlines(request, obj):
            prefix, rows = formset_class.get_default_prefix(), inline.get_queryset(request)
            yield from formset_class(request.POST, instance=obj, prefix=prefix, queryset=rows).initial_forms

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj=None, **kwargs) -> HttpResponse:
        if obj and self.has_change_permission(request, obj):
            context["assurance_form"] = assurance_form(request, obj)
            context["impact_url"] = reverse(f"admin:{self.impact_url_name}", args=[obj.pk])
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def save_model(self, request: HttpRequest, obj: Content, form: forms.ModelForm, change: bool) -> None:
        valid = judged_with(obj) if change and stays_valid(request.POST) else []
        outdated = [obj] if change and not changes_match(request.POST) else []
        with staying_valid(valid), staying_outdated(outdated):
            super().save_model(request, obj, form, change)

    def save_formset(self, request: HttpRequest, form, formset: forms.BaseModelFormSet, change: bool) -> None:
        # A row that is given up may have been deleted by somebody else already.
        kept = [each for each in formset.initial_forms if each not in formset.deleted_forms]
        changed = [each.instance for each in kept if each.has_changed()]
        valid = changed if stays_valid(request.POST) else []
        outdated = [] if changes_match(request.POST) else changed
        with staying_valid(valid), staying_outdated(outdated):
            super().save_formset(request, form, formset, change)


def impact_response(request: HttpRequest, forecasts: Iterable[Forecast]) -> JsonResponse:
    """Answer with the impact of what is forecast, as a `sentence`; "" for none."""
    told = keeping_valid(forecasts) if stays_valid(request.POST) else forecasts
    return JsonResponse({"sentence": str(impact_of(told))})


def impact_of(forecasts: Iterable[Forecast]) -> Impact:
    return Impact(*map(sum, zip(*map(impact_of_one, forecasts), strict=True)))


def impact_of_one(forecast: Forecast) -> Impact:
    before, after = forecast
    outdated, lacking = (newly(status, before, after) for status in (OUTDATED, MISSING))
    return Impact(len(outdated), len(lacking), changed_source_words(before, after))


def newly(status: str, before: Content, after: Content) -> list[str]:
    """Return the languages in which a translation will have this status and hasn't now."""
    return [each for each in translations_that_are(status, after) if status_of(before, each) != status]


def changed_source_words(before: Content, after: Content) -> int:
    names = [column(field, after.source_language) for field in text_fields(type(after))]
    return sum(changed_words(getattr(before, name) or "", getattr(after, name)) for name in names)
