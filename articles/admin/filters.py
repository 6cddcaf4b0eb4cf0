"""Filters of the lists of content: by the status of a translation, by publication, and by topic.

Those that keep few of many rows give the order of an index which has it together with what they ask for: no index has
the usual order of the list as well.
"""

from collections.abc import Iterable, Sequence

from django.conf import settings
from django.contrib import admin
from django.db.models import Expression, QuerySet
from django.db.models.expressions import RawSQL
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from ..languages import LANGUAGES
from ..models import Topic
from ..publishing import SCHEDULED, STATE_NAMES, in_state
from ..standing import is_left
from ..status import CURRENT, STATUS_NAMES, is_in, overall
from ..work import TODO

NEWEST_FIRST = ("-published_at", "position", "id")
# In the table of what is on which topic; the planner of SQLite doesn't see that this is the key of the advice.
AS_FILED = RawSQL('"articles_advice_topics"."advice_id"', ())
# Of keys with so many digits there is none.
LONGEST_KEY = 19


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

    @classmethod
    def order_for(cls, request: HttpRequest) -> Sequence[str]:
        """What has waited longest comes first, of what is left to do."""
        return ("source_changed_at", "id") if request.GET.get(cls.parameter_name) in TODO else ()


class PublicationFilter(admin.SimpleListFilter):
    """Whether readers see an article: draft, scheduled, published."""

    title = _("publication")
    parameter_name = "publication"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterable[tuple[str, str]]:
        return STATE_NAMES.items()

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(in_state(self.value())) if self.value() in STATE_NAMES else queryset

    @classmethod
    def order_for(cls, request: HttpRequest) -> Sequence[str]:
        return NEWEST_FIRST if request.GET.get(cls.parameter_name) == SCHEDULED else ()


class MomentFilter(admin.DateFieldListFilter):
    """The day, month or year in which an article appears."""

    @classmethod
    def order_for(cls, request: HttpRequest) -> Sequence[str]:
        return NEWEST_FIRST if any(name.startswith("published_at__") for name in request.GET) else ()


class TopicFilter(admin.SimpleListFilter):
    """The topic that advice is on."""

    title = Topic._meta.verbose_name
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> Iterable[tuple[str, str]]:
        return [(str(topic.pk), str(topic)) for topic in Topic.objects.all()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        topic = self.chosen(request)
        return queryset if topic is None else queryset.filter(topics=topic)

    @classmethod
    def order_for(cls, request: HttpRequest) -> Sequence[Expression]:
        return () if cls.chosen(request) is None else (AS_FILED,)

    @classmethod
    def chosen(cls, request: HttpRequest) -> int | None:
        """Return the primary key of the topic that a request asks for, if it does."""
        value = request.GET.get(cls.parameter_name, "")
        return int(value) if value.isdecimal() and len(value) < LONGEST_KEY else None
