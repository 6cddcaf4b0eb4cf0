"""Who guesses is locked out for a while: at one name from one address soon, later by either alone.

Failed attempts are in the database, where all workers see them. django-axes counts; what is forgiven is decided here.
"""

import datetime as dt
from http import HTTPStatus
from ipaddress import ip_address, ip_network
from math import ceil

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_login_failed
from django.db.models import Max, QuerySet, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_noop

from ..audit.models import Event, Kind
from ..audit.recording import network_of, record

# So many failures within the cool-off are too many. Fewer people than failures share an address or want one name.
PAIR, ADDRESS, NAME = ("username", "ip_address"), ("ip_address",), ("username",)
MOST = {PAIR: settings.AXES_FAILURE_LIMIT, ADDRESS: 20, NAME: 30}
# Whoever signed in from a network lately isn't kept from it by what others try elsewhere.
KNOWN_FOR = dt.timedelta(days=30)
IPV6_HOME = 64  # bits: whoever has one address has all of these
UNKNOWN_NAME = gettext_noop("A name that nobody has.")


class Handler(AxesDatabaseHandler):
    """django-axes with a limit for each rule, that tells the audit log of failures."""

    def get_failures(self, request: HttpRequest, credentials: dict | None = None) -> int:
        """Return how many attempts have failed, by each rule, as parts of what the rule for a pair forgives."""
        return max(
            failures * MOST[PAIR] // MOST[rule] for rule, (failures, _last) in counted(request, credentials).items()
        )

    def user_login_failed(self, sender, credentials: dict, request: HttpRequest | None = None, **kwargs) -> None:
        was_locked_out = request.axes_locked_out
        super().user_login_failed(sender, credentials, request, **kwargs)
        # Nothing but the first is told: who is locked out can go on trying as long as they like.
        if was_locked_out:
            return
        user = get_user_model().objects.filter(username=credentials["username"]).first()
        # What isn't a name may be a password, typed into the wrong field.
        detail = "" if user else UNKNOWN_NAME
        record(Kind.REFUSED, request, person=user, detail=detail)
        if request.axes_locked_out:
            record(Kind.LOCKED_OUT, request, person=user, detail=detail)


def counted(request: HttpRequest, credentials: dict) -> dict[tuple[str, ...], tuple[int, dt.datetime | None]]:
    """Return for each rule how many attempts have failed lately, and when the last did."""
    lately = AccessAttempt.objects.filter(attempt_time__gte=get_cool_off_threshold(request)).order_by()
    asked = {"username": credentials["username"], "ip_address": request.axes_ip_address}
    found = {rule: sums(lately.filter(**{name: asked[name] for name in rule})) for rule in MOST}
    if found[NAME][0] >= MOST[NAME] and is_known(request, credentials["username"]):
        del found[NAME]
    return found


def sums(attempts: QuerySet[AccessAttempt]) -> tuple[int, dt.datetime | None]:
    found = attempts.aggregate(failures=Sum("failures_since_start", default=0), last=Max("attempt_time"))
    return found["failures"], found["last"]


def is_known(request: HttpRequest, username: str) -> bool:
    """Tell whether somebody of this name has signed in from the network of the request lately."""
    network = network_of(request.META.get("REMOTE_ADDR", ""))
    lately = Event.objects.filter(kind=Kind.SIGNED_IN, person=username, at__gte=timezone.now() - KNOWN_FOR)
    return bool(network) and lately.filter(network=network).exists()


def address_of(request: HttpRequest) -> str | None:
    """Return the address by which failures are counted; of IPv6 that of the network which one customer has."""
    try:
        address = ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return None
    home = ip_network((address, IPV6_HOME), strict=False) if address.version == 6 else None
    return str(home.network_address if home else address)


def is_locked_out(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Tell whether whoever asks may not try to prove just now that they are `user`."""
    return not AxesProxyHandler.is_allowed(request, {"username": user.get_username()})


def note_failure(request: HttpRequest, user: AbstractBaseUser) -> None:
    """Count a wrong code or password of somebody who is on the way in, or in already."""
    user_login_failed.send(__name__, credentials={"username": user.get_username()}, request=request)


def lift(user: AbstractBaseUser, request: HttpRequest) -> bool:
    """Forget the failed attempts at the name of `user`; tell whether there were any."""
    if not AxesProxyHandler.reset_attempts(username=user.get_username()):
        return False
    record(Kind.LET_IN_AGAIN, request, about=user)
    return True


def locked_out_page(request: HttpRequest, response: HttpResponse | None, credentials: dict) -> HttpResponse:
    """Say for how long nobody gets in; the same for names that there are and for names that there aren't."""
    last = [last for rule, (failures, last) in counted(request, credentials).items() if failures >= MOST[rule]]
    ends = max(last, default=timezone.now()) + settings.AXES_COOLOFF_TIME
    seconds = max(1, round((ends - timezone.now()).total_seconds()))
    context = {**admin.site.each_context(request), "minutes": ceil(seconds / 60), "ends": ends}
    page = render(request, "admin/sign_in/locked_out.html", context, status=HTTPStatus.TOO_MANY_REQUESTS)
    page.headers["Retry-After"] = str(seconds)
    add_never_cache_headers(page)
    return page
