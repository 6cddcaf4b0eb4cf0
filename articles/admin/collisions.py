"""Two people at the same object: the second is told what the first has saved, and nothing that was typed is lost.

A form carries the values that it was opened with. When it is sent, the object is locked and read anew, and each field
is compared three ways: as opened, as stored now, as typed. What only the other person changed is taken over; where both
did, the typed text stays and the other one is shown beside it. Sending the form again then saves it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass

from django import forms
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.forms.boundfield import BoundField
from django.forms.models import BaseInlineFormSet, model_to_dict
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from reversion.models import Revision, Version

from ..differences import Part, between
from ..history import last_known, last_saved, model_of, state_of, versions_of
from ..models import Article
from .attempts import looking_again
from .requests import CheckedAdmin, check_keys
from .typed import typed_texts


@dataclass
class Encounter:
    """A field that somebody else has changed since the form was opened; `is_contested` if it was typed into too."""

    name: str
    label: str
    parts: list[Part]
    stored: str
    is_contested: bool


class OpenedBoundField(BoundField):
    """A field whose hidden initial value stays what the form was opened with, however often it is refused.

    Django looks for a single input of that name, which the parts of a widget and an empty list don't send, and would
    show what was typed instead.
    """

    def as_widget(self, widget=None, attrs=None, only_initial=False) -> SafeString:
        if not (only_initial and self.form.is_bound):
            return super().as_widget(widget, attrs, only_initial)
        attrs = {**(attrs or {}), "id": self.html_initial_id}
        return widget.render(self.html_initial_name, self.opened, attrs, self.form.renderer)

    @property
    def opened(self) -> object:
        """What the form was opened with, as it was sent; what is stored where that wasn't told."""
        if not self.form.tells_opened:
            return self.field.prepare_value(self.initial)
        opened = sent(self.field.hidden_widget(), self.form.data, self.html_initial_name)
        self.check(opened)
        return opened

    @property
    def data(self) -> object:
        data = super().data
        self.check(data)
        return data

    def check(self, value: object) -> None:
        """Raise BadRequest if `value` is to be of objects and no browser can have sent it."""
        if hasattr(self.field, "queryset"):
            check_keys(self.field.queryset.model, value)


class CollisionForm(forms.ModelForm):
    """A form of a stored object that notices what others have saved since it was opened.

    It must be cleaned in the transaction in which it is saved, as the admin does.
    """

    bound_field_class = OpenedBoundField

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Cleaning fills the object in: the one that the page around a refused form shows stays as it is stored.
        self.instance = copy(self.instance)
        if self.instance.pk:
            for name in self.fields.keys() & self.initial.keys():
                self.fields[name].show_hidden_initial = True

    def full_clean(self) -> None:
        if not (self.is_bound and self.instance.pk):
            super().full_clean()
            return
        try:
            encounters = self.meet_others()
        except self.instance.DoesNotExist:
            super().full_clean()
            self.refuse_deleted()
            return
        super().full_clean()
        if encounters:
            self.tell(encounters)

    def meet_others(self) -> list[Encounter]:
        """Lock the object, read it anew, and bring the form in step with it; return what others have changed."""
        stored = type(self.instance)._default_manager.select_for_update(of=("self",))
        self.instance.refresh_from_db(from_queryset=stored)
        self.initial |= model_to_dict(self.instance, self._meta.fields, self._meta.exclude)
        encounters = list(self.encounters())
        if encounters:
            self.data = self.data.copy()
            for name in self.compared_fields():
                self.put(name, self.fields[name].hidden_widget(), self.add_initial_prefix(name))
            for encounter in encounters:
                if not encounter.is_contested:
                    self.put(encounter.name, self.fields[encounter.name].widget, self.add_prefix(encounter.name))
            self._bound_fields_cache.clear()
        return encounters

    def compared_fields(self) -> Iterable[str]:
        return [name for name, field in self.fields.items() if field.show_hidden_initial]

    @property
    def tells_opened(self) -> bool:
        return any(self.add_initial_prefix(name) in self.data for name in self.fields)

    def encounters(self) -> Iterator[Encounter]:
        """Give the fields that others have changed; none if the form doesn't tell what it was opened with."""
        if not self.tells_opened:
            return
        for name in self.compared_fields():
            field = self.fields[name]
            stored = self.get_initial_for_field(field, name)
            opened = self[name].opened
            if not field.has_changed(stored, opened):
                continue
            typed = sent(field.widget, self.data, self.add_prefix(name))
            is_contested = name in self.changed_data and field.has_changed(stored, typed)
            parts = between(as_text(field, opened), as_text(field, stored))
            yield Encounter(name, field.label or name, parts, as_text(field, stored), is_contested)

    def put(self, name: str, widget: forms.Widget, key: str) -> None:
        """Have the form hold the stored value of a field as if it had been sent under `key`."""
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        for each, values in as_sent(widget, key, value):
            self.data.setlist(each, values)

    def tell(self, encounters: list[Encounter]) -> None:
        """Say above the form what was saved meanwhile, and at each contested field what stands there now."""
        context = {"saves": self.by_revision(encounters)}
        self.add_error(None, ValidationError(render_to_string("admin/includes/collision.html", context)))
        for encounter in encounters:
            if encounter.is_contested:
                html = render_to_string("admin/includes/contested.html", {"encounter": encounter})
                self.add_error(encounter.name, ValidationError(html))

    def by_revision(self, encounters: list[Encounter]) -> list[tuple[Revision | None, list[Encounter]]]:
        """Return each revision that has changed something with its encounters, the latest first."""
        saves = defaultdict(list)
        saved = last_saved(self.instance, [encounter.name for encounter in encounters])
        for encounter in encounters:
            saves[saved[encounter.name]].append(encounter)
        return sorted(saves.items(), key=lambda save: save[0].pk if save[0] else 0, reverse=True)

    def refuse_deleted(self) -> None:
        """Say that the object is gone, and how to go on; what was typed stays in the form."""
        self._errors.clear()
        latest = versions_of(type(self.instance), self.instance.pk).first()
        context = {"revision": latest and latest.revision, "recover_url": recover_url(latest), "is_row": True}
        self.add_error(None, ValidationError(render_to_string("admin/includes/deleted.html", context)))


def sent(widget: forms.Widget, data, key: str) -> object:
    """Return what a browser has sent for a widget, with the line ends that are stored."""
    value = widget.value_from_datadict(data, {}, key)
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def as_sent(widget: forms.Widget, key: str, value: object) -> Iterator[tuple[str, list]]:
    """Give the names and values that a browser would send for a widget that holds `value`."""
    if isinstance(widget, forms.MultiWidget):
        for suffix, part, each in zip(widget.widgets_names, widget.widgets, widget.decompress(value), strict=True):
            yield from as_sent(part, key + suffix, each)
    elif isinstance(value, list | tuple):
        yield key, [str(each) for each in value]
    else:
        formatted = widget.format_value(value)
        yield key, formatted if isinstance(formatted, list) else [formatted or ""]


def as_text(field: forms.Field, value: object) -> str:
    """Return a value that was sent or is stored as an editor reads it."""
    if value in (None, "", []):
        return ""
    if hasattr(field, "queryset"):
        values = value if isinstance(value, list | tuple) else [value]
        pks = [each.pk if isinstance(each, models.Model) else each for each in values]
        return "\n".join(sorted(str(each) for each in field.queryset.filter(pk__in=pks)))
    if isinstance(field, forms.MultiValueField) and isinstance(value, list):
        try:
            value = field.clean(value)
        except ValidationError:
            return " ".join(filter(None, value))
    if isinstance(value, dt.datetime):
        return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
    return str(dict(getattr(field, "choices", ())).get(value, value))


def recover_url(version: Version | None) -> str:
    """Return where the deleted object of a version can be recovered; "" for none and where its article is gone too."""
    if version is None:
        return ""
    model = model_of(version)
    article = state_of(version)["fields"].get("article")
    if article and not Article.objects.filter(pk=article).exists():
        return ""
    return reverse(f"admin:articles_{model._meta.model_name}_recover", args=[version.pk])


class CollisionFormSet(BaseInlineFormSet):
    """The rows of an inline as they were sent, those included that somebody has deleted meanwhile."""

    def get_queryset(self):
        rows = super().get_queryset()
        if not self.is_bound:
            return rows
        if not hasattr(self, "_sent_rows"):
            by_pk = {str(row.pk): row for row in rows}
            name = self.model._meta.pk.name
            count = min(self.initial_form_count(), self.total_form_count())
            pks = [self.data.get(f"{self.prefix}-{index}-{name}", "") for index in range(count)]
            self._sent_rows = [by_pk.get(pk) or self.vanished(pk) for pk in pks]
        return self._sent_rows

    def vanished(self, pk: str) -> models.Model:
        return last_known(self.model, int(pk)) if pk.isdecimal() else self.model()


class CollisionAdmin(CheckedAdmin):
    """An admin whose forms are CollisionForms."""

    @looking_again
    def changeform_view(self, request: HttpRequest, object_id=None, form_url="", extra_context=None) -> HttpResponse:
        is_change = request.method == "POST" and object_id is not None and "_saveasnew" not in request.POST
        if is_change and self.get_object(request, unquote(object_id)) is None:
            return self.deleted_view(request, unquote(object_id))
        return super().changeform_view(request, object_id, form_url, extra_context)

    def deleted_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Answer a form whose object was deleted meanwhile: with what was typed, and the way to get the object back."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        latest = versions_of(self.model, object_id).first()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Deleted meanwhile"),
            "opts": self.opts,
            "revision": latest and latest.revision,
            "recover_url": recover_url(latest) if self.has_add_permission(request) else "",
            "texts": list(typed_texts(request, self.model, self.row_models(request))),
        }
        return TemplateResponse(request, "admin/articles/deleted_meanwhile.html", context)

    def row_models(self, request: HttpRequest) -> dict[str, type[models.Model]]:
        """Return the models of the rows in a form, by the prefix of their fields."""
        return {
            formset.get_default_prefix(): formset.model for formset, _inline in self.get_formsets_with_inlines(request)
        }
