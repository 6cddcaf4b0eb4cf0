"""Texts that a browser keeps until they are saved: it is told which of them have been.

A form names its draft in `draft_id`. Nothing but the server knows whether a save succeeded: a browser can't tell a form
shown after saving from one shown after signing in again.
"""

import re

from django.conf import settings
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

COOKIE = "saved_drafts"
KEPT_FOR = 60 * 60 * 24  # seconds
# More saves than that without a look at the answer are none of a person's.
MOST = 20
DRAFT_ID = re.compile(r"[a-z0-9]{8,40}")


class DraftsAdmin(admin.ModelAdmin):
    """An admin that tells the browser of each save."""

    def response_add(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return note_saved(request, super().response_add(request, *args, **kwargs))

    def response_change(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return note_saved(request, super().response_change(request, *args, **kwargs))


def note_saved(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return `response` with a cookie by which the browser forgets the draft that `request` has saved."""
    saved = request.POST.get("draft_id", "")
    if not DRAFT_ID.fullmatch(saved):
        return response
    earlier = [draft for draft in request.COOKIES.get(COOKIE, "").split(".") if DRAFT_ID.fullmatch(draft)]
    response.set_cookie(
        COOKIE,
        ".".join([*earlier, saved][-MOST:]),
        max_age=KEPT_FOR,
        path=reverse("admin:index"),
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )
    return response
