"""The history of an object, at its place in the admin: what it was, what changed, and the way back."""

from collections.abc import Iterable, Iterator

from django.contrib import admin, messages
from django.contrib.admin.models import ADDITION, CHANGE
from django.contrib.admin.utils import quote, unquote
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from reversion.models import Version

from retention.audit.models import Kind
from retention.audit.noting import note

from ..abstract import Content
from ..chronicle import Chronicle
from ..comparison import Section, compare
from ..history import (
    deleted,
    heading_of,
    keep,
    keep_deleted,
    parts_of,
    present_parts,
    restored,
    versions_of,
)
from ..languages import LANGUAGES, column
from ..models import Advice, Article, Figure
from ..restoring import NotRestored, readdressed, recover, restore
from ..unrecorded import is_kept_whole, keep_unrecorded

PER_PAGE = 25
# Stands for what is stored in the place of a version.
NOW = "now"
# What each way back is in Django's log.
LOGGED = {restore: CHANGE, recover: ADDITION}


class HistoryAdmin(admin.ModelAdmin):
    """An admin that keeps every save and every deletion, and shows, compares and restores what it has kept."""

    object_history_template = "admin/articles/object_history.html"

    def get_urls(self) -> list:
        pages = [
            ("recover/", self.recover_list_view, "recover_list"),
            ("recover/<int:version_id>/", self.recover_view, "recover"),
            ("<path:object_id>/history/compare/", self.compare_view, "compare"),
            ("<path:object_id>/history/<int:version_id>/restore/", self.restore_view, "restore"),
        ]
        own = [path(route, self.admin_site.admin_view(view), name=self.url_name(name)) for route, view, name in pages]
        return own + super().get_urls()

    def url_name(self, name: str) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}_{name}"

    def url(self, name: str, *arguments) -> str:
        return reverse(f"{self.admin_site.name}:{self.url_name(name)}", args=arguments)

    # Keeping

    def save_model(self, request: HttpRequest, obj: models.Model, form, change: bool) -> None:
        if change:
            keep_unrecorded(obj)
        super().save_model(request, obj, form, change)

    def log_addition(self, request: HttpRequest, obj: models.Model, message):
        entry = super().log_addition(request, obj, message)
        keep([obj], request.user, entry.change_message)
        return entry

    def log_change(self, request: HttpRequest, obj: models.Model, message):
        entry = super().log_change(request, obj, message)
        if message:
            keep([obj], request.user, entry.change_message)
        return entry

    def save_formset(self, request: HttpRequest, form, formset, change: bool) -> None:
        keep_deleted([row.instance for row in formset.deleted_forms if row.instance.pk], request.user)
        super().save_formset(request, form, formset, change)

    def construct_change_message(self, request: HttpRequest, form, formsets, add: bool = False) -> list[dict]:
        """Return Django's message, with the titles in all languages of the rows that it names."""
        entries = super().construct_change_message(request, form, formsets, add)
        named = [details for entry in entries for details in entry.values() if "object" in details]
        for details, row in zip(named, rows_of(formsets), strict=True):
            details["titles"] = {code: getattr(row, column(row.HEADING, code)) for code in LANGUAGES}
        return entries

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        with transaction.atomic():
            self.keep_locked(request, [obj.pk])
            super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        with transaction.atomic():
            self.keep_locked(request, [obj.pk for obj in queryset])
            super().delete_queryset(request, queryset)

    def keep_locked(self, request: HttpRequest, pks: list[int]) -> None:
        """Keep what is about to be deleted; nobody else changes it any more."""
        keep_deleted(self.model.objects.select_for_update().filter(pk__in=pks), request.user)

    # Showing

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None) -> HttpResponse:
        obj = self.object_to_view(request, object_id)
        chronicle = Chronicle(obj)
        page = self.get_paginator(request, chronicle.revisions(), PER_PAGE).get_page(request.GET.get(PAGE_VAR))
        saves = chronicle.saves(page)
        is_changed = not is_kept_whole(obj)
        to_compare = [NOW] * is_changed + [save.version.pk for save in saves if save.version]
        return self.page(
            request,
            self.object_history_template,
            _("History of “{title}”").format(title=obj),
            obj,
            versions=page,
            saves=saves,
            pages=page.paginator.get_elided_page_range(page.number),
            page_var=PAGE_VAR,
            latest=chronicle.own.first(),
            is_changed=is_changed,
            to_compare=to_compare[:2],
            may_restore=self.may_restore(request, obj),
            **(extra_context or {}),
        )

    def compare_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        obj = self.object_to_view(request, object_id)
        asked = [request.GET.get(name, "") for name in ("old", "new")]
        chosen = Q(*(Q(pk=pk) for pk in asked if pk.isdecimal()), _connector=Q.OR)
        versions = list(versions_of(self.model, obj.pk).filter(chosen).order_by("pk")[:2]) if chosen else []
        if len(versions) + (NOW in asked) != 2:
            self.message_user(request, _("Choose two versions to compare."), messages.WARNING)
            return HttpResponseRedirect(self.url("history", quote(obj.pk)))
        old, new = versions if NOW not in asked else (*versions, None)
        return self.page(
            request,
            "admin/articles/comparison.html",
            _("Compare versions of “{title}”").format(title=obj),
            obj,
            old=old,
            new=new,
            sections=compare(parts_of(old), parts_of(new) if new else present_parts(obj)),
            may_restore=self.may_restore(request, obj),
        )

    def object_to_view(self, request: HttpRequest, object_id: str) -> models.Model:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return obj

    # Restoring

    def restore_view(self, request: HttpRequest, object_id: str, version_id: int) -> HttpResponse:
        obj = self.object_to_view(request, object_id)
        if not self.may_restore(request, obj):
            raise PermissionDenied
        version = get_object_or_404(versions_of(self.model, obj.pk), pk=version_id)
        if request.method == "POST":
            return self.bring_back(request, restore, version, self.url("history", quote(obj.pk)))
        title = _("Restore “{title}”").format(title=obj)
        sections = compare(present_parts(obj), parts_of(version))
        return self.confirmation(request, title, obj, version, sections)

    def recover_list_view(self, request: HttpRequest) -> HttpResponse:
        self.check_may_recover(request)
        page = self.get_paginator(request, deleted(self.model), PER_PAGE).get_page(request.GET.get(PAGE_VAR))
        return self.page(
            request,
            "admin/articles/recover_list.html",
            _("Recover deleted {names}").format(names=self.opts.verbose_name_plural),
            None,
            versions=page,
            rows=[(version, heading_of(version, get_language())) for version in page],
            pages=page.paginator.get_elided_page_range(page.number),
            page_var=PAGE_VAR,
        )

    def recover_view(self, request: HttpRequest, version_id: int) -> HttpResponse:
        self.check_may_recover(request)
        version = get_object_or_404(Version.objects.get_for_model(self.model), pk=version_id)
        if request.method == "POST":
            return self.bring_back(request, recover, version, self.url("recover_list"))
        title = _("Recover “{title}”").format(title=heading_of(version, get_language()))
        return self.confirmation(request, title, None, version, compare([], parts_of(version)))

    def bring_back(self, request: HttpRequest, way, version: Version, back: str) -> HttpResponse:
        """Restore or recover `version` and lead to the object, or say why that can't be and lead `back`."""
        try:
            with transaction.atomic():
                obj = way(version, request.user)
                note(request, [obj], LOGGED[way], Kind.RESTORED, restored(version))
        except NotRestored as error:
            self.message_user(request, str(error), messages.ERROR)
            return HttpResponseRedirect(back)
        self.message_user(request, _("“{title}” is back.").format(title=obj), messages.SUCCESS)
        if moved := readdressed(version):
            message = _("Others have the former slugs by now, so new ones were made for: {titles}.")
            self.message_user(request, message.format(titles=", ".join(map(str, moved))), messages.WARNING)
        return HttpResponseRedirect(self.url("change", quote(obj.pk)))

    def may_restore(self, request: HttpRequest, obj: models.Model) -> bool:
        """Tell whether the user may change the object, and whatever comes and goes with it."""
        return self.has_change_permission(request, obj) and self.may_with_parts(request, "add", "change", "delete")

    def check_may_recover(self, request: HttpRequest) -> None:
        if not (self.has_add_permission(request) and self.may_with_parts(request, "add")):
            raise PermissionDenied

    def may_with_parts(self, request: HttpRequest, *actions: str) -> bool:
        parts = (Advice, Figure) if self.model is Article else ()
        names = [f"{part._meta.app_label}.{action}_{part._meta.model_name}" for part in parts for action in actions]
        return request.user.has_perms(names)

    # Pages

    def confirmation(
        self, request: HttpRequest, title: str, obj: models.Model | None, version: Version, sections: Iterable[Section]
    ) -> HttpResponse:
        template = "admin/articles/restore_confirmation.html"
        return self.page(request, template, title, obj, version=version, sections=sections)

    def page(
        self, request: HttpRequest, template: str, title: str, obj: models.Model | None, **context
    ) -> TemplateResponse:
        request.current_app = self.admin_site.name
        common = {"title": title, "subtitle": None, "object": obj, "opts": self.opts}
        return TemplateResponse(request, template, self.admin_site.each_context(request) | common | context)


def rows_of(formsets) -> Iterator[Content]:
    """Give what was added, changed and deleted in rows, in the order in which Django tells it."""
    for formset in formsets or ():
        yield from formset.new_objects
        yield from (row for row, _fields in formset.changed_objects)
        yield from formset.deleted_objects
