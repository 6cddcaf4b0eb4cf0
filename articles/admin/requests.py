"""What no form of ours sends is answered as what it is: a bad request."""

from collections.abc import Iterable

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import BadRequest, ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse


class CheckedAdmin(admin.ModelAdmin):
    """An admin that looks at keys, filters and first values before Django trusts them."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> models.Model | None:
        """Return the object that an address names; an empty name of a field, which Django lets pass, is none."""
        return super().get_object(request, object_id, from_field or None)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict:
        """Return what the address gives a new object to begin with; never a moment, which has two inputs."""
        initial = super().get_changeform_initial_data(request)
        for field in (*self.opts.fields, *self.opts.many_to_many):
            if isinstance(field, models.DateTimeField):
                initial.pop(field.name, None)
            elif field.is_relation and field.name in initial:
                check_keys(field.related_model, initial[field.name])
        return initial

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        try:
            return super().get_changelist_instance(request)
        except (OverflowError, ValueError) as error:
            # Years that a calendar doesn't have.
            raise IncorrectLookupParameters(error) from error

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        check_keys(self.model, request.POST.getlist(ACTION_CHECKBOX_NAME))
        return super().response_action(request, queryset)


def check_keys(model: type[models.Model], keys: str | Iterable[str] | None) -> None:
    """Raise BadRequest unless `keys`, one or a list, can be keys of `model`; "" and None are no key at all."""
    for key in [keys] if keys and isinstance(keys, str) else keys or ():
        try:
            model._meta.pk.clean(key, None)
        except ValidationError:
            raise BadRequest(f"No key: {key!r}") from None
