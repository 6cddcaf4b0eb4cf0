"""The pages of the days: today's advice, that of one day, and all days as a calendar to subscribe to."""

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language

from . import addresses, calendars
from .days import Day, days
from .paths import path_of
from .public import public

DAY = dt.timedelta(days=1)
WEEK = 7 * DAY
# Days further back are reached by who kept their address, not by following one link after the other.
LINKED = 14 * DAY


@public
def today(request: HttpRequest) -> HttpResponse:
    date = timezone.localdate()
    found = {day.date: day for day in days(date - DAY, date + WEEK, get_language())}
    context = context_of(request, found, date) | {
        "week": [day for day in found.values() if day.date > date],
        "calendar": request.build_absolute_uri(path_of("calendar")),
        "is_today": True,
    }
    return render(request, "articles/today.html", context)


@public
def one_day(request: HttpRequest, date: dt.date) -> HttpResponse:
    now = timezone.localdate()
    near = days(date - DAY, date + DAY, get_language())
    found = {day.date: day for day in near if day.date == date or now - LINKED <= day.date <= now + WEEK}
    # Search engines know the advice by its own page.
    context = context_of(request, found, date) | {"date_text": date_format(date), "is_unlisted": True}
    return render(request, "articles/today.html", context, status=200 if context["day"] else 404)


def context_of(request: HttpRequest, found: dict[dt.date, Day], date: dt.date) -> dict[str, object]:
    return {
        "day": found.get(date),
        "previous": found.get(date - DAY),
        "next": found.get(date + DAY),
        "addresses": addresses.of_page(request),
        "section": "today",
        "is_today": False,
        "week": [],
    }


@public
def calendar(request: HttpRequest) -> HttpResponse:
    return HttpResponse(calendars.calendar(request), content_type="text/calendar; charset=utf-8")
