"""Filters of the lists of content: by the status of a translation, and by publication."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..languages import LANGUAGES
from ..publishing import STATE_NAMES, in_state
from ..standing import is_left
from ..status import CURRENT, STATUS_NAMES, is_in, overall
from ..work import TODO


class LanguageFilter(admin.SimpleListFilter):
    """The language whose translations the filter by status is about; alone it keeps everything."""

    title = _("language of the translation")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterable[tuple[str, str]]:
        return settings.LANGUAGES

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset


class StatusFilter(admin.SimpleListFilter):
    """The status of the translation into the language that is chosen, or else into any; current is current in all."""

    title = _("translation")
    parameter_name = "translation"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterable[tuple[str, str]]:
        return STATUS_NAMES.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in STATUS_NAMES:
            return queryset
        language = request.GET.get(LanguageFilter.parameter_name)
        language = language if language in LANGUAGES else None
        if self.value() in TODO:
            return queryset.filter(is_left(self.value(), language))
        return queryset.filter(is_in(CURRENT, language) if language else overall(CURRENT))


class PublicationFilter(admin.SimpleListFilter):
    """Whether readers see an article: draft, scheduled, published."""

    title = _("publication")
    parameter_name = "publication"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterable[tuple[str, str]]:
        return STATE_NAMES.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(in_state(self.value())) if self.value() in STATE_NAMES else queryset
