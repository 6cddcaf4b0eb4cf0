"""The way in: a password, and then a code of whoever has set that up."""

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME, get_user_model, login
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from .forms import WRONG, CodeForm, RecoveryForm
from .lockout import is_locked_out, locked_out_page, note_failure
from .sessions import now

# Where a session keeps who has given the right password, until a code follows.
HALF_IN = "half_in"
HOLDS = 10 * 60  # seconds


def ask_for_code(request: HttpRequest, user: AbstractBaseUser) -> HttpResponseRedirect:
    """Lead on somebody whose password is right; they aren't signed in yet."""
    request.session.cycle_key()
    request.session[HALF_IN] = [user.pk, user.backend, user.get_session_auth_hash(), now()]
    return redirect(reverse("admin:code", query=going_on(request)))


def code_step(request: HttpRequest) -> HttpResponse:
    return second_step(request, CodeForm, _("Enter a code"), ("admin:recovery_code", _("Use a recovery code")))


def recovery_step(request: HttpRequest) -> HttpResponse:
    return second_step(request, RecoveryForm, _("Enter a recovery code"), ("admin:code", _("Use a code of the app")))


@never_cache
@sensitive_post_parameters("code")
def second_step(request: HttpRequest, form_class: type[CodeForm], title: str, other: tuple[str, str]) -> HttpResponse:
    """Sign in who is half in and gives a code; `other` is the other way to do so."""
    user = half_in(request)
    if user is None:
        return redirect(reverse("admin:login", query=going_on(request)))
    form = form_class(user, request.POST or None)
    if request.method == "POST":
        if is_locked_out(request, user):
            return locked_out_page(request, None, {"username": user.get_username()})
        if form.is_valid():
            user.otp_device = form.device
            del request.session[HALF_IN]
            login(request, user)
            return redirect(next_page(request) or "admin:index")
        if form.has_error("code", WRONG):
            note_failure(request, user)
    other_name, other_label = other
    context = {
        **admin.site.each_context(request),
        "title": title,
        "form": form,
        "other_url": reverse(other_name, query=going_on(request)),
        "other": other_label,
    }
    return TemplateResponse(request, "admin/sign_in/code.html", context)


def half_in(request: HttpRequest) -> AbstractBaseUser | None:
    """Return who has given the right password in this session, a short while ago."""
    pk, backend, auth_hash, at = request.session.get(HALF_IN) or (None, "", "", 0)
    user = get_user_model().objects.filter(pk=pk, is_active=True, is_staff=True).first()
    if user is None or now() - at > HOLDS or not constant_time_compare(auth_hash, user.get_session_auth_hash()):
        return None
    user.backend = backend
    return user


def going_on(request: HttpRequest) -> dict[str, str]:
    """Return the parameters of an address that say where to go on once somebody is signed in."""
    address = next_page(request)
    return {REDIRECT_FIELD_NAME: address} if address else {}


def next_page(request: HttpRequest) -> str:
    """Return where to go on, if that is a page of this site; or else ""."""
    address = request.POST.get(REDIRECT_FIELD_NAME) or request.GET.get(REDIRECT_FIELD_NAME, "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if is_ours else ""
