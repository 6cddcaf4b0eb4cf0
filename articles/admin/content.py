"""The lists and forms of all content."""

from collections.abc import Sequence

from django.contrib import admin
from django.db.models import DateTimeField, Expression, QuerySet
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modeltranslation.admin import TranslationAdmin, TranslationTabularInline

from retention.audit.noting import AuditedAdmin

from ..abstract import Content
from ..languages import LANGUAGES, columns
from ..models import Advice, Article, Figure, Topic
from ..publishing import STATE_NAMES, is_visible, preview_url, state_of
from ..roles import languages_of
from ..status import STATUS_NAMES, status_of
from .archive import ContentExchange
from .attempts import looking_again
from .collisions import CollisionAdmin, CollisionFormSet
from .deleting import DeletingAdmin
from .drafts import DraftsAdmin
from .exchange import TranslationExchange
from .filters import LanguageFilter, MomentFilter, PublicationFilter, StatusFilter, TopicFilter
from .forms import AdviceForm, ContentForm, source_language_in
from .history import HistoryAdmin
from .impact import ImpactAdmin
from .lists import BoundedAdmin
from .preview import preview
from .scripts import FORM_MEDIA
from .titles import TitledAdmin
from .translating import translate, translation_impact
from .widgets import LabelledFormSet, LabelledSplitDateTime, Moment

TIMES = ("created_at", "updated_at")
# A form may claim to have any number of rows, each of which takes time to make while all others wait to save.
MOST_ROWS = 150


class LanguageTabsAdmin(
    AuditedAdmin, BoundedAdmin, CollisionAdmin, HistoryAdmin, ImpactAdmin, DraftsAdmin, DeletingAdmin, TranslationAdmin
):
    """A form with one row of tabs, which shows the texts of one language at a time."""

    form = ContentForm
    change_form_template = "admin/articles/change_form.html"
    formfield_overrides = {DateTimeField: {"form_class": Moment, "widget": LabelledSplitDateTime}}
    readonly_fields = TIMES
    filters_with_order: tuple[type[admin.ListFilter], ...] = (StatusFilter,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_status(*LANGUAGES)

    def get_ordering(self, request: HttpRequest) -> Sequence[str | Expression]:
        """Return the order of an index that has it together with what a filter keeps, where there is one."""
        orders = (each.order_for(request) for each in self.filters_with_order)
        return next(filter(None, orders), super().get_ordering(request))

    def get_list_display(self, request: HttpRequest) -> list[str]:
        heading, *others = super().get_list_display(request)
        return [heading, "translations", *others]

    def get_list_filter(self, request: HttpRequest) -> list:
        return [*super().get_list_filter(request), LanguageFilter, StatusFilter]

    @admin.display(description=_("translations"))
    def translations(self, obj: Content) -> SafeString:
        """A mark for the status in each language."""
        statuses = [(code, getattr(obj, f"status_{code}")) for code in LANGUAGES]
        return format_html_join(
            " ",
            '<span class="mark mark-{}" title="{}">{}<span class="visually-hidden"> {}</span></span>',
            ((status, STATUS_NAMES[status], code, STATUS_NAMES[status]) for code, status in statuses),
        )

    def get_urls(self) -> list[URLPattern]:
        name = f"articles_{self.opts.model_name}"
        view, impact = map(self.admin_site.admin_view, (self.translate_view, self.translation_impact_view))
        return [
            path("<int:pk>/translate/<str:language>/", view, name=f"{name}_translate"),
            path("<int:pk>/translate/<str:language>/impact/", impact, name=f"{name}_translation_impact"),
            *super().get_urls(),
        ]

    @looking_again
    def translate_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        if request.method == "POST" and not self.model.objects.filter(pk=pk).exists():
            return self.deleted_view(request, str(pk))
        return translate(request, self.model, pk, language)

    def translation_impact_view(self, request: HttpRequest, pk: int, language: str) -> HttpResponse:
        return translation_impact(request, self.model, pk, language)

    def render_change_form(self, request: HttpRequest, context: dict, *args, obj=None, **kwargs) -> HttpResponse:
        context["source_language"] = source_language_in(context["adminform"].form)
        if obj:
            languages = languages_of(request.user)
            context["translations"] = [(code, status_of(obj, code), code in languages) for code in LANGUAGES]
            context["previews"] = previews(request, obj)
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @property
    def media(self) -> Media:
        return super().media + FORM_MEDIA


class PreviewedAdmin(LanguageTabsAdmin):
    """What has a page of its own that may not be public yet."""

    def view_on_site(self, obj: Article | Advice) -> str:
        return page_url(obj)


def page_url(obj: Article | Advice) -> str:
    """Return where `obj` is to be seen: its public page, or a preview."""
    return obj.get_absolute_url() if is_visible(obj) else preview_url(obj, get_language())


def previews(request: HttpRequest, obj: Content) -> list[tuple[str, str]]:
    """Return language and address of each page on which `obj` can be seen before it is published."""
    if not isinstance(obj, Article | Advice) or is_visible(obj):
        return []
    return [(code, request.build_absolute_uri(preview_url(obj, code))) for code in LANGUAGES]


class RowFormSet(LabelledFormSet, CollisionFormSet):
    """The rows of what belongs to an article."""


class RowInline(TranslationTabularInline):
    """Rows of an article in order; what else belongs to each is behind its link."""

    formset = RowFormSet
    extra = 0
    show_change_link = True
    view_on_site = False

    def get_formset(self, request: HttpRequest, obj: Article | None = None, **kwargs) -> type[RowFormSet]:
        return super().get_formset(request, obj, absolute_max=MOST_ROWS, **kwargs)


class AdviceInline(RowInline):
    model = Advice
    form = AdviceForm
    fields = ("position", "kind", "title")
    max_num = MOST_ROWS


class FigureInline(RowInline):
    model = Figure
    form = ContentForm
    fields = ("position", "claim")
    max_num = 0


@admin.register(Article)
class ArticleAdmin(TitledAdmin, TranslationExchange, ContentExchange, PreviewedAdmin):
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
    list_display = ("title", "state", "published_at", "source_language")
    list_filter = (PublicationFilter, ("published_at", MomentFilter), "source_language")
    filters_with_order = (StatusFilter, PublicationFilter, MomentFilter)
    search_fields = columns("title")
    inlines = (AdviceInline, FigureInline)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(preview)
        return [path("preview/", view, name="articles_article_preview"), *super().get_urls()]

    @admin.display(description=_("publication"), ordering="published_at")
    def state(self, article: Article) -> str:
        return STATE_NAMES[state_of(article)]


# Article by article, the oldest first: no index has the order of the articles and that of what belongs to them.
IN_ARTICLES = ("article_id", "position", "id")


@admin.register(Advice)
class AdviceAdmin(TitledAdmin, PreviewedAdmin):
    form = AdviceForm
    fields = (
        "article",
        "kind",
        "title",
        "slug",
        "body",
        "action",
        "question",
        "topics",
        "remedies",
        "position",
        *TIMES,
    )
    list_display = ("title", "kind", "article")
    list_filter = ("kind", TopicFilter)
    filters_with_order = (StatusFilter, TopicFilter)
    ordering = IN_ARTICLES
    search_fields = columns("title")
    # An article may be one of thousands: it is searched for, not chosen from a list.
    autocomplete_fields = ("article", "topics", "remedies")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Advice]:
        return super().get_queryset(request).select_related("article")


@admin.register(Figure)
class FigureAdmin(TitledAdmin, LanguageTabsAdmin):
    fields = ("article", "advice", "claim", "source", "year", "founded", "unit", "low", "high", "position", *TIMES)
    list_display = ("claim", "article", "founded", "year")
    list_filter = ("founded",)
    ordering = IN_ARTICLES
    search_fields = columns("claim")
    autocomplete_fields = ("article", "advice")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Figure]:
        return super().get_queryset(request).select_related("article")

    def view_on_site(self, obj: Figure) -> str:
        # The public list of figures has only those of published articles, and not all on one page.
        return f"{page_url(obj.article)}#figure-{obj.key}"


@admin.register(Topic)
class TopicAdmin(LanguageTabsAdmin):
    fields = ("name", "slug", "summary", "position", *TIMES)
    list_display = ("name", "summary")
    search_fields = columns("name")
