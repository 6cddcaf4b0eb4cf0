"""The form of a person who may sign in."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.db.models import DateTimeField, Field, ManyToManyField
from django.forms import CheckboxSelectMultiple
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .deleting import DeletingAdmin
from .widgets import LabelledSplitDateTime

HINTS = {
    "is_staff": _("Needed to sign in at the desk, whatever groups somebody is in."),
    "groups": _(
        "Editors change all content; translators change the texts in their language. "
        "Whoever is in no group can sign in and finds nothing to do."
    ),
}

admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(DeletingAdmin, UserAdmin):
    """Rights come with groups: single ones, which have English names only, aren't given here."""

    fieldsets = None
    fields = (
        "username",
        "password",
        "first_name",
        "last_name",
        "email",
        "is_active",
        "is_staff",
        "groups",
        "is_superuser",
        "last_login",
        "date_joined",
    )
    filter_horizontal = ()
    formfield_overrides = {
        DateTimeField: {"widget": LabelledSplitDateTime},
        ManyToManyField: {"widget": CheckboxSelectMultiple},
    }

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in HINTS:
            field.help_text = HINTS[db_field.name]
        return field
