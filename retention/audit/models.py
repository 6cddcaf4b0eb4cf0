"""What the audit log holds."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What somebody did, or had done to them."""

    SIGNED_IN = "signed-in", _("signed in")
    SIGNED_OUT = "signed-out", _("signed out")
    REFUSED = "refused", _("sign-in refused")
    LOCKED_OUT = "locked-out", _("locked out")
    LET_IN_AGAIN = "let-in-again", _("lockout lifted")
    SESSIONS_ENDED = "sessions-ended", _("signed out everywhere")
    PASSWORD_CHANGED = "password-changed", _("password changed")
    FACTOR_ON = "factor-on", _("two-step sign-in set up")
    FACTOR_OFF = "factor-off", _("two-step sign-in turned off")
    FACTOR_RESET = "factor-reset", _("two-step sign-in reset")
    CODES_MADE = "codes-made", _("new recovery codes")
    RIGHTS_CHANGED = "rights-changed", _("rights changed")
    ADDED = "added", _("added")
    CHANGED = "changed", _("changed")
    DELETED = "deleted", _("deleted")
    RESTORED = "restored", _("restored")
    IMPORTED = "imported", _("imported")
    COMMAND = "command", _("command run")


def end_of_keeping() -> dt.datetime:
    return timezone.now() + dt.timedelta(days=settings.AUDIT_DAYS)


class Event(models.Model):
    """One thing that happened. The database refuses to change it, and to delete it before its time.

    It names people and objects instead of pointing at them: it stays when they go.
    """

    at = models.DateTimeField(_("time"), default=timezone.now, editable=False)
    kept_until = models.DateTimeField(_("kept until"), default=end_of_keeping, editable=False)
    kind = models.CharField(_("what"), max_length=20, choices=Kind)
    person = models.CharField(_("who"), max_length=150, blank=True)
    network = models.CharField(_("from network"), max_length=43, blank=True)
    model = models.CharField(max_length=60, blank=True, editable=False)
    key = models.CharField(max_length=40, blank=True, editable=False)
    title = models.CharField(_("about"), max_length=200, blank=True)
    # As the history of content says it: articles.comments tells it in the reader's language.
    detail = models.TextField(_("details"), blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("-pk",)
        default_permissions = ("view",)
        indexes = [
            # The list at the desk, narrowed by person, by kind or by day
            models.Index(fields=["person", "-id"], name="audit_person"),
            models.Index(fields=["kind", "-id"], name="audit_kind"),
            models.Index(fields=["at"], name="audit_at"),
            # What is to be forgotten
            models.Index(fields=["kept_until"], name="audit_kept_until"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.person}"
