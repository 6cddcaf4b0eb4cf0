"""The second factor: an app that makes codes, and ten recovery codes for when it is lost."""

import datetime as dt
from base64 import b32encode
from textwrap import wrap

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

CODES = 10
# Each wrong code doubles the time until the next one is looked at, up to 2^(11 - 1) seconds, 17 minutes: for guessing
# that is enough, and whoever knows a password can't keep its owner out for longer.
MOST_DOUBLINGS = 11


class Throttled(Exception):
    """No code is looked at just now; `until` when."""

    def __init__(self, until: dt.datetime) -> None:
        self.until = until


def app_of(user: AbstractBaseUser) -> TOTPDevice | None:
    """Return the app that makes the codes of `user`, if it is set up."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def app_to_set_up(user: AbstractBaseUser) -> TOTPDevice | None:
    """Return the app that `user` is about to set up."""
    return TOTPDevice.objects.filter(user=user, confirmed=False).first()


def begin(user: AbstractBaseUser) -> None:
    """Make a new secret for the app that `user` is about to set up."""
    TOTPDevice.objects.filter(user=user, confirmed=False).delete()
    TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def confirmed(user: AbstractBaseUser, code: str) -> TOTPDevice | None:
    """Return the app of `user`, in use from now on, if `code` shows that it is set up."""
    with transaction.atomic():
        app = verified(user, TOTPDevice, code, confirmed=False)
        if app:
            app.confirmed = True
            app.save(update_fields=["confirmed"])
    return app


def verified(user: AbstractBaseUser, model: type[Device], code: str, confirmed: bool = True) -> Device | None:
    """Return the device of `user` that made `code`, or None; raise Throttled after too many wrong ones."""
    with transaction.atomic():
        device = model.objects.select_for_update().filter(user=user, confirmed=confirmed).first()
        if device is None:
            return None
        is_allowed, reason = device.verify_is_allowed()
        if not is_allowed:
            raise Throttled(reason["locked_until"])
        if device.verify_token(code):
            return device
        if device.throttling_failure_count > MOST_DOUBLINGS:
            device.throttling_failure_count = MOST_DOUBLINGS
            device.save(update_fields=["throttling_failure_count"])
    return None


@transaction.atomic
def new_codes(user: AbstractBaseUser) -> list[str]:
    """Return new recovery codes of `user`; those before hold no more."""
    device, _is_new = StaticDevice.objects.get_or_create(user=user, defaults={"name": "codes"})
    device.token_set.all().delete()
    codes = [StaticToken.random_token() for _number in range(CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=code) for code in codes])
    return codes


def codes_left(user: AbstractBaseUser) -> int:
    return StaticToken.objects.filter(device__user=user).count()


@transaction.atomic
def turn_off(user: AbstractBaseUser) -> bool:
    """Forget the app and the codes of `user`; tell whether there was an app."""
    StaticDevice.objects.filter(user=user).delete()
    deleted, _models = TOTPDevice.objects.filter(user=user).delete()
    return bool(deleted)


def secret(app: TOTPDevice) -> str:
    """Return the secret of an app for people to type."""
    return " ".join(wrap(b32encode(app.bin_key).decode(), 4))


def spelled(code: str) -> str:
    """Return a recovery code for people to read."""
    return "-".join(wrap(code, 4))
