"""What the audit log is told of people coming and going."""

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_noop
from django_otp.plugins.otp_static.models import StaticDevice

from ..audit.models import Kind
from ..audit.recording import record

WITH_CODE = gettext_noop("With a code.")
WITH_RECOVERY_CODE = gettext_noop("With a recovery code.")


def signed_in(sender: object, request: HttpRequest, user: AbstractBaseUser, **kwargs) -> None:
    device = getattr(user, "otp_device", None)
    detail = WITH_RECOVERY_CODE if isinstance(device, StaticDevice) else WITH_CODE if device else ""
    record(Kind.SIGNED_IN, request, person=user, detail=detail)


def signed_out(sender: object, request: HttpRequest, user: AbstractBaseUser | None, **kwargs) -> None:
    # A session that has ended by itself has nobody to sign out.
    if user:
        record(Kind.SIGNED_OUT, request, person=user)
