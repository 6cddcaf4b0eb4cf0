"""What editors and translators reach."""

import json

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from .languages import columns
from .models import Advice, Article, Figure, Topic

TIMES = ("created_at", "updated_at")

admin.site.site_header = admin.site.site_title = _("Come again")


class ContentForm(forms.ModelForm):
    """A form that says what is wrong with a field that it doesn't show above all fields."""

    def add_error(self, field: str | None, error: ValidationError) -> None:
        if field is None and hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                super().add_error(name if name in self.fields else None, ValidationError(errors))
        else:
            super().add_error(field, error)


class AdviceForm(ContentForm):
    """The form of one piece of advice; its remedies are those chosen in it, or else those that it has already."""

    def clean(self) -> dict:
        cleaned = super().clean()
        self.instance.kind = cleaned.get("kind", "")
        stored = self.instance.remedies.all() if self.instance.pk else []
        self.instance.check_remedies([advice.key for advice in cleaned.get("remedies", stored)])
        return cleaned


class LanguageTabsAdmin(TranslationAdmin):
    """A form with one row of tabs, which shows the texts of one language at a time."""

    form = ContentForm
    readonly_fields = TIMES
    list_per_page = 50

    class Media:
        js = (Script("js/language-tabs.js", **{"data-languages": json.dumps(dict(settings.LANGUAGES))}),)
        css = {"all": ("css/admin.css",)}


class AdviceInline(TranslationTabularInline):
    """The advice of an article in order; its texts are behind the link to each."""

    model = Advice
    form = AdviceForm
    fields = ("position", "kind", "title")
    extra = 0
    show_change_link = True


class FigureInline(TranslationTabularInline):
    """The figures of an article in order; what belongs to each is behind its link."""

    model = Figure
    form = ContentForm
    fields = ("position", "claim")
    extra = 0
    max_num = 0
    show_change_link = True


@admin.register(Article)
class ArticleAdmin(LanguageTabsAdmin):
    fields = (
        "status",
        "published_at",
        "title",
        "slug",
        "summary",
        "introduction",
        "closing",
        "source_language",
        "ink",
        "position",
        *TIMES,
    )
    list_display = ("title", "source_language", "status", "published_at", "position")
    list_filter = ("status", "source_language")
    search_fields = columns("title")
    date_hierarchy = "published_at"
    inlines = (AdviceInline, FigureInline)


@admin.register(Advice)
class AdviceAdmin(LanguageTabsAdmin):
    form = AdviceForm
    fields = ("article", "kind", "title", "slug", "body", "action", "topics", "remedies", "position", *TIMES)
    list_display = ("title", "kind", "article", "position")
    list_filter = ("kind", "topics", "article")
    search_fields = columns("title")
    autocomplete_fields = ("article", "topics", "remedies")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Advice]:
        return super().get_queryset(request).select_related("article")


@admin.register(Figure)
class FigureAdmin(LanguageTabsAdmin):
    fields = ("article", "advice", "claim", "source", "year", "founded", "unit", "low", "high", "position", *TIMES)
    list_display = ("claim", "article", "founded", "year")
    list_filter = ("founded", "article")
    search_fields = columns("claim")
    autocomplete_fields = ("article", "advice")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Figure]:
        return super().get_queryset(request).select_related("article")


@admin.register(Topic)
class TopicAdmin(LanguageTabsAdmin):
    fields = ("name", "slug", "summary", "position", *TIMES)
    list_display = ("name", "summary", "position")
    search_fields = columns("name")
