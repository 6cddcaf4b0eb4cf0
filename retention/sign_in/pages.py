"""The page of the desk at which each member sets up their own second factor, and signs out everywhere."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_otp import login as verify_session

from articles import qr

from ..audit.models import Kind
from ..audit.recording import record
from . import second_factor, sessions
from .forms import WRONG, ProofForm, SetUpForm, proof_form
from .lockout import is_locked_out, locked_out_page, note_failure
from .steps import HOLDS, code_step, recovery_step

# Where a session keeps when somebody proved in it who they are, to set up an app.
PROVED = "proved"
View = Callable[[HttpRequest], HttpResponse]


def urls() -> list[URLPattern]:
    return [
        path("login/code/", code_step, name="code"),
        path("login/recovery/", recovery_step, name="recovery_code"),
        path("two-step/", overview, name="two_step"),
        path("two-step/begin/", begin, name="two_step_begin"),
        path("two-step/set-up/", set_up, name="two_step_set_up"),
        path("two-step/codes/", new_codes, name="two_step_codes"),
        path("two-step/off/", turn_off, name="two_step_off"),
        path("two-step/sign-out/", sign_out_everywhere, name="sign_out_everywhere"),
    ]


def for_members(view: View) -> View:
    """Let a page be reached by members of the desk, those included who have yet to set up a second factor."""

    @never_cache
    @sensitive_post_parameters("code", "proof")
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not (request.user.is_active and request.user.is_staff):
            return redirect_to_login(reverse("admin:two_step"), reverse("admin:login"))
        return view(request)

    return guarded


def on_proof(view: View) -> View:
    """Let a view be reached by whoever proves once more who they are, in the ProofForm that they send."""

    @for_members
    @require_POST
    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if is_locked_out(request, request.user):
            return locked_out_page(request, None, {"username": request.user.get_username()})
        form = proof_form(request.user, request.POST)
        if form.is_valid():
            return view(request)
        if form.has_error("proof", WRONG):
            note_failure(request, request.user)
        return show_overview(request, form)

    return guarded


@for_members
def overview(request: HttpRequest) -> HttpResponse:
    return show_overview(request, proof_form(request.user))


def show_overview(request: HttpRequest, form: ProofForm) -> HttpResponse:
    app = second_factor.app_of(request.user)
    context = {
        "app": app,
        "codes_left": second_factor.codes_left(request.user),
        "form": form,
        "is_required": settings.SECOND_FACTOR == "required",
    }
    return show(request, "two_step", _("Two-step sign-in"), **context)


@on_proof
def begin(request: HttpRequest) -> HttpResponse:
    """Make a secret, unless an app is in use: whoever found a desk unattended could put theirs in its place."""
    if second_factor.app_of(request.user):
        return redirect("admin:two_step")
    second_factor.begin(request.user)
    request.session[PROVED] = sessions.now()
    return redirect("admin:two_step_set_up")


@for_members
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the secret, and have the app in use once a code has come from it."""
    app = second_factor.app_to_set_up(request.user)
    if app is None or second_factor.app_of(request.user):
        return redirect("admin:two_step")
    if sessions.now() - request.session.get(PROVED, 0) > HOLDS:
        messages.warning(request, _("Your password comes first. It holds for ten minutes."))
        return redirect("admin:two_step")
    form = SetUpForm(request.user, request.POST or None)
    with transaction.atomic():
        if form.is_valid():
            verify_session(request, form.device)
            sessions.end_others(request)
            record(Kind.FACTOR_ON, request)
            return show_codes(request)
    address = app.config_url
    # Of our own making: the library writes nothing but numbers into it.
    picture = mark_safe(qr.svg(address).decode())  # noqa: S308
    context = {"form": form, "address": address, "picture": picture, "secret": second_factor.secret(app)}
    return show(request, "set_up", _("Set up two-step sign-in"), **context)


@on_proof
@transaction.atomic
def new_codes(request: HttpRequest) -> HttpResponse:
    if second_factor.app_of(request.user) is None:
        return redirect("admin:two_step")
    record(Kind.CODES_MADE, request)
    return show_codes(request)


def show_codes(request: HttpRequest) -> HttpResponse:
    """Make recovery codes and show them, this once."""
    codes = [second_factor.spelled(code) for code in second_factor.new_codes(request.user)]
    return show(request, "codes", _("Your recovery codes"), codes=codes)


@on_proof
@transaction.atomic
def turn_off(request: HttpRequest) -> HttpResponse:
    if second_factor.turn_off(request.user):
        sessions.end_others(request)
        record(Kind.FACTOR_OFF, request)
        messages.success(request, _("Two-step sign-in is off. All other sessions of yours have ended."))
    return redirect("admin:two_step")


@for_members
@require_POST
@transaction.atomic
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    record(Kind.SESSIONS_ENDED, request)
    sessions.end_all(request.user)
    logout(request)
    return redirect("admin:login")


def change_password(request: HttpRequest, change: Callable[[], HttpResponse]) -> HttpResponse:
    """Let somebody `change` their own password, unless they guess at the one that it is to replace."""
    if request.method != "POST":
        return change()
    if is_locked_out(request, request.user):
        return locked_out_page(request, None, {"username": request.user.get_username()})
    with transaction.atomic():
        response = change()
        if response.status_code == HTTPStatus.FOUND:
            record(Kind.PASSWORD_CHANGED, request, about=request.user)
            return response
    if response.context_data["form"].has_error("old_password"):
        note_failure(request, request.user)
    return response


def show(request: HttpRequest, template: str, title: str, **context) -> HttpResponse:
    common = admin.site.each_context(request)
    # Who has yet to set up a second factor can go nowhere else.
    context = {**common, "is_nav_sidebar_enabled": common["has_permission"], "title": title, **context}
    return TemplateResponse(request, f"admin/sign_in/{template}.html", context)
