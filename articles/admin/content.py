"""The lists and forms of all content."""

import json

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.forms.widgets import Script
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from ..languages import columns
from ..models import Advice, Article, Figure, Topic
from .archive import ContentExchange
from .exchange import TranslationExchange
from .forms import AdviceForm, ContentForm

TIMES = ("created_at", "updated_at")


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
class ArticleAdmin(TranslationExchange, ContentExchange, LanguageTabsAdmin):
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
