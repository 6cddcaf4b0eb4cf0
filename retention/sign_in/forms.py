"""What people type to prove who they are, after the password and again before something grave."""

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import AbstractBaseUser, User
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from .second_factor import Throttled, app_of, confirmed, verified

LONGEST_NAME = User._meta.get_field("username").max_length
# By this a failure is known that counts as one.
WRONG = "wrong"


class CodeNeeded(Exception):
    """The password of `user` is right, and a code is needed to get in; ends the sign-in by password."""

    def __init__(self, user: AbstractBaseUser) -> None:
        self.user = user


class PasswordForm(AdminAuthenticationForm):
    """Name and password, which don't let in alone who has a second factor."""

    def clean_username(self) -> str:
        """Refuse what is too long to be a name as any wrong one, before anybody counts or stores it."""
        username = self.cleaned_data["username"]
        if len(username) > LONGEST_NAME:
            raise self.get_invalid_login_error()
        return username

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        super().confirm_login_allowed(user)
        if app_of(user):
            raise CodeNeeded(user)


class CodeForm(forms.Form):
    """A code of the app."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        help_text=gettext_lazy("Six digits, from the app on your phone."),
        max_length=20,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "class": "code"}
        ),
    )
    wrong = gettext_lazy("That code isn’t right, or was used already. Take the one that the app shows now.")

    def __init__(self, user: AbstractBaseUser, *args, **kwargs) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.user = user
        self.device: Device | None = None

    def clean_code(self) -> str:
        code = "".join(self.cleaned_data["code"].split())
        try:
            self.device = self.made_by(code)
        except Throttled as throttled:
            raise forms.ValidationError(too_early(throttled), code="throttled") from None
        if self.device is None:
            raise forms.ValidationError(self.wrong, code=WRONG)
        return code

    def made_by(self, code: str) -> Device | None:
        return verified(self.user, TOTPDevice, code)


class SetUpForm(CodeForm):
    """The first code of an app, by which it is in use."""

    wrong = gettext_lazy(
        "That code isn’t right. Take the one that the app shows now; the clock of the phone must be right."
    )

    def made_by(self, code: str) -> Device | None:
        return confirmed(self.user, code)


class RecoveryForm(CodeForm):
    """A recovery code, typed in any way that can be read."""

    code = forms.CharField(
        label=gettext_lazy("Recovery code"),
        help_text=gettext_lazy("One of the ten that you were given. Each works once."),
        max_length=40,
        widget=forms.TextInput({"autocomplete": "off", "autocapitalize": "none", "autofocus": True, "class": "code"}),
    )
    wrong = gettext_lazy("That recovery code isn’t right, or was used already.")

    def made_by(self, code: str) -> Device | None:
        return verified(self.user, StaticDevice, code.replace("-", "").lower())


class ProofForm(forms.Form):
    """The word of whoever is signed in that it is still they: by their password."""

    proof = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "current-password"}),
    )
    wrong = gettext_lazy("That isn’t your password.")

    def __init__(self, user: AbstractBaseUser, *args, **kwargs) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.user = user

    def clean_proof(self) -> str:
        proof = self.cleaned_data["proof"]
        if not self.is_proved_by(proof):
            raise forms.ValidationError(self.wrong, code=WRONG)
        return proof

    def is_proved_by(self, proof: str) -> bool:
        return self.user.check_password(proof)


class ProofOrCodeForm(ProofForm):
    """The same word of whoever has an app: by their password, or by a code."""

    wrong = gettext_lazy("That is neither your password nor a code that holds.")

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["proof"].label = _("Your password, or a code of the app")

    def is_proved_by(self, proof: str) -> bool:
        code = "".join(proof.split())
        try:
            return bool(is_code(code) and verified(self.user, TOTPDevice, code)) or super().is_proved_by(proof)
        except Throttled as throttled:
            raise forms.ValidationError(too_early(throttled), code="throttled") from None


def proof_form(user: AbstractBaseUser, data: QueryDict | None = None) -> ProofForm:
    """Return the form in which `user` proves once more who they are."""
    return (ProofOrCodeForm if app_of(user) else ProofForm)(user, data)


def is_code(text: str) -> bool:
    return len(text) == 6 and text.isascii() and text.isdecimal()


def too_early(throttled: Throttled) -> str:
    time = date_format(localtime(throttled.until), "H:i:s")
    return _("There were too many wrong codes. The next one is looked at from %(time)s on.") % {"time": time}
