"""The audit log at the desk: to be read, searched and narrowed, and nothing else."""

import datetime as dt

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from articles.admin.lists import BoundedAdmin
from articles.admin.requests import CheckedAdmin
from articles.comments import told

from .models import Event, Kind

# Of these there is nothing left to lead to.
GONE = (Kind.DELETED,)


@admin.register(Event)
class EventAdmin(BoundedAdmin, CheckedAdmin):
    """The events, the latest first; whoever may view them at all sees all of them."""

    list_display = ("at", "person", "kind", "what", "details", "network")
    list_display_links = None
    list_filter = ("kind", "at")
    search_fields = ("person", "title")
    # They would count everything.
    show_facets = admin.ShowFacets.NEVER
    sortable_by = ()

    @admin.display(description=_("about"))
    def what(self, event: Event) -> str | None:
        """What it is about, with the way to its history."""
        url = history_url(event)
        return format_html('<a href="{}">{}</a>', url, event.title) if url else event.title or None

    @admin.display(description=_("details"))
    def details(self, event: Event) -> str | None:
        return told(event.detail) or None

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        context = {"title": _("Audit log"), "days": settings.AUDIT_DAYS, **(extra_context or {})}
        return super().changelist_view(request, context)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        days, words = days_in(search_term)
        for day in days:
            begin = timezone.make_aware(dt.datetime.combine(day, dt.time.min))
            queryset = queryset.filter(at__gte=begin, at__lt=begin + dt.timedelta(days=1))
        return super().get_search_results(request, queryset, words)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        return False


def history_url(event: Event) -> str:
    """Return where the history of the object of an event is; "" if there is none."""
    if not event.key or event.kind in GONE:
        return ""
    try:
        return reverse(f"admin:{event.model.replace('.', '_')}_history", args=[event.key])
    except NoReverseMatch:
        return ""


def days_in(asked: str) -> tuple[list[dt.date], str]:
    """Return the days that are named in what somebody searches for, and the rest of it."""
    days, words = [], []
    for word in asked.split():
        day = day_of(word)
        (words if day is None else days).append(day or word)
    return days, " ".join(words)


def day_of(word: str) -> dt.date | None:
    try:
        return parse_date(word)
    except ValueError:
        return None
