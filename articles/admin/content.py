"""The lists and forms of all content."""

import json

from django.contrib import admin
from django.db.models import DateTimeField, QuerySet
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from ..languages import LANGUAGES, columns
from ..models import Advice, Article, Figure, Topic
from ..status import status_of
from .drafts import DraftsAdmin
from .forms import AdviceForm, ContentForm
from .impact import ImpactAdmin
from .preview import preview
from .scripts import FORM_MEDIA
from .widgets import LabelledFormSet, LabelledSplitDateTime

TIMES = ("created_at", "updated_at")


class LanguageTabsAdmin(ImpactAdmin, DraftsAdmin, TranslationAdmin):
    """A form with one row of tabs, which shows the texts of one language at a time."""

    form = ContentForm
    formfield_overrides = {DateTimeField: {"widget": LabelledSplitDateTime}}
    readonly_fields = TIMES
    list_per_page = 50

    @property
    def media(self) -> Media:
        return super().media + FORM_MEDIA

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj=None, **kwargs) -> HttpResponse:
        if obj:
            context["source_language"] = obj.source_language
            context["statuses"] = json.dumps({language: status_of(obj, language) for language in LANGUAGES})
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)


class AdviceInline(TranslationTabularInline):
    """The advice of an article in order; its texts are behind the link to each."""

    model = Advice
    form = AdviceForm
    formset = LabelledFormSet
    fields = ("position", "kind", "title")
    extra = 0
    show_change_link = True


class FigureInline(TranslationTabularInline):
    """The figures of an article in order; what belongs to each is behind its link."""

    model = Figure
    form = ContentForm
    formset = LabelledFormSet
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

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(preview)
        return [path("preview/", view, name="articles_article_preview"), *super().get_urls()]


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
