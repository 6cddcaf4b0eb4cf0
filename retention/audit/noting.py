"""What is done at the desk, noted in Django's log, from which people see their recent actions, and in the audit log."""

from collections.abc import Iterable

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from .models import Kind
from .recording import record, record_each


def note(request: HttpRequest, objects: Iterable[Model], action: int, kind: Kind, detail: str = "") -> None:
    """Note what somebody did to `objects`, one of Django's actions; `detail` as the history of content says it."""
    objects = list(objects)
    LogEntry.objects.log_actions(request.user.pk, objects, action)
    record_each(kind, request, objects, detail)


class AuditedAdmin(admin.ModelAdmin):
    """An admin that notes all that is done in its forms, lists and actions."""

    def log_addition(self, request: HttpRequest, obj: Model, message) -> LogEntry:
        entry = super().log_addition(request, obj, message)
        record(Kind.ADDED, request, about=obj)
        return entry

    def log_change(self, request: HttpRequest, obj: Model, message) -> LogEntry:
        entry = super().log_change(request, obj, message)
        if message:
            kind, detail = self.told_change(obj, entry)
            record(kind, request, about=obj, detail=detail)
        return entry

    def told_change(self, obj: Model, entry: LogEntry) -> tuple[Kind, str]:
        """Return what the audit log says of a change."""
        return Kind.CHANGED, entry.change_message

    def log_deletions(self, request: HttpRequest, queryset: QuerySet):
        entries = super().log_deletions(request, queryset)
        record_each(Kind.DELETED, request, queryset)
        return entries

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        with transaction.atomic():
            return super().response_action(request, queryset)
