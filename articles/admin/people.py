"""The forms of people who may sign in, and of the groups that they are in."""

import json
from collections.abc import Iterator

from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.db.models import DateTimeField, Exists, Field, ManyToManyField, OuterRef, QuerySet
from django.forms import CheckboxSelectMultiple, Form
from django.forms import Field as FormField
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext
from django_otp.plugins.otp_totp.models import TOTPDevice

from retention.audit.models import Kind
from retention.audit.noting import AuditedAdmin
from retention.audit.recording import record
from retention.sign_in import lockout, second_factor, sessions

from ..comments import kept_comment
from ..sentences import Sentence
from .deleting import DeletingAdmin
from .requests import CheckedAdmin
from .widgets import LabelledSplitDateTime

HINTS = {
    "is_staff": _("Needed to sign in at the desk, whatever groups somebody is in."),
    "groups": _(
        "Editors change all content; translators change the texts in their language. "
        "Whoever is in no group can sign in and finds nothing to do."
    ),
}
# What the audit log says of somebody's rights after a change.
GROUPS = gettext_noop("Groups: %(names)s.")
NO_GROUPS = gettext_noop("In no group.")
PERMISSIONS = gettext_noop("Permissions: %(names)s.")
FLAGS = {
    "is_active": gettext_noop("The account is active."),
    "is_staff": gettext_noop("May sign in at the desk."),
    "is_superuser": gettext_noop("May do everything."),
}

admin.site.unregister([User, Group])


class RightsAdmin(AuditedAdmin, CheckedAdmin):
    """An admin of something that gives rights, which tells the audit log what they are after a change of them."""

    rights: tuple[str, ...] = ()

    def save_related(self, request: HttpRequest, form: Form, formsets, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if set(self.rights) & set(form.changed_data):
            detail = kept_comment(*self.told_rights(form.instance))
            record(Kind.RIGHTS_CHANGED, request, about=form.instance, detail=detail)

    def told_rights(self, obj: User | Group) -> Iterator[Sentence]:
        raise NotImplementedError


@admin.register(Group)
class PeopleGroupAdmin(RightsAdmin, GroupAdmin):
    rights = ("permissions",)

    def told_rights(self, obj: Group) -> Iterator[Sentence]:
        yield Sentence(PERMISSIONS, {"names": ", ".join(sorted(obj.permissions.values_list("codename", flat=True)))})


@admin.register(User)
class PersonAdmin(DeletingAdmin, RightsAdmin, UserAdmin):
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
    rights = ("groups", *FLAGS)
    filter_horizontal = ()
    formfield_overrides = {
        DateTimeField: {"widget": LabelledSplitDateTime},
        ManyToManyField: {"widget": CheckboxSelectMultiple},
    }
    list_display = (*UserAdmin.list_display, "has_app")
    actions = ("let_in_again", "reset_second_factor")

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        apps = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        return super().get_queryset(request).annotate(has_app=Exists(apps))

    @admin.display(description=_("two-step sign-in"), boolean=True)
    def has_app(self, person: User) -> bool:
        return person.has_app

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs) -> FormField | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name in HINTS:
            field.help_text = HINTS[db_field.name]
        return field

    def told_rights(self, obj: User) -> Iterator[Sentence]:
        names = ", ".join(sorted(obj.groups.values_list("name", flat=True)))
        yield Sentence(GROUPS, {"names": names}) if names else Sentence(NO_GROUPS)
        yield from (Sentence(message) for flag, message in FLAGS.items() if getattr(obj, flag))

    # Passwords

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        with transaction.atomic():
            return super().user_change_password(request, id, form_url)

    def log_change(self, request: HttpRequest, obj: User, message) -> LogEntry:
        entry = super().log_change(request, obj, message)
        if is_of_password(entry):
            # Whoever gives somebody a new password lets them in with it.
            lockout.lift(obj, request)
        return entry

    def told_change(self, obj: User, entry: LogEntry) -> tuple[Kind, str]:
        return (Kind.PASSWORD_CHANGED, "") if is_of_password(entry) else super().told_change(obj, entry)

    # Helping others

    @admin.action(description=_("Lift the lockout of chosen people"), permissions=["change"])
    def let_in_again(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        lifted = sum(lockout.lift(person, request) for person in queryset)
        message = ngettext("%(count)s lockout was lifted.", "%(count)s lockouts were lifted.", lifted)
        self.message_user(request, message % {"count": lifted}, messages.SUCCESS)

    @admin.action(description=_("Reset two-step sign-in of chosen people"), permissions=["change"])
    def reset_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        # One's own is turned off where it asks for a proof.
        others = queryset.exclude(pk=request.user.pk)
        reset = [person for person in others if second_factor.turn_off(person)]
        for person in reset:
            sessions.end_all(person)
            record(Kind.FACTOR_RESET, request, about=person)
        message = ngettext(
            "Two-step sign-in of %(count)s person was reset.",
            "Two-step sign-in of %(count)s people was reset.",
            len(reset),
        )
        self.message_user(request, message % {"count": len(reset)}, messages.SUCCESS)


def is_of_password(entry: LogEntry) -> bool:
    """Tell whether somebody was given another password."""
    return json.loads(entry.change_message) == [{"changed": {"fields": ["password"]}}]
