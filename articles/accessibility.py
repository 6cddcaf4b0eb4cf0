"""The accessibility statement: what the site does for everyone to be able to use it, and what isn't perfect yet."""

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from . import addresses
from .public import public

# When somebody last read the statement against the site.
REVIEWED = dt.date(2026, 11, 26)


@public
def statement(request: HttpRequest) -> HttpResponse:
    context = {
        "reviewed": REVIEWED,
        "contact": settings.CONTACT_EMAIL,
        "addresses": addresses.of_page(request),
    }
    return render(request, "articles/accessibility.html", context)
