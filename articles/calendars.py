"""The advice of the days as a calendar to subscribe to (RFC 5545, with the names and intervals of RFC 7986)."""

import datetime as dt
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .days import AHEAD, Day, days
from .paths import path_of

# Clients delete what a calendar doesn't name any more; so it names what has been for as long as anybody may look.
BACK = dt.timedelta(days=2 * 365)
REFRESH = dt.timedelta(hours=12)
END = b"END:VCALENDAR\r\n"


if TYPE_CHECKING:
    from icalendar import Event


def calendar(request: HttpRequest) -> bytes:
    """Return the days from two years back to a year ahead in the active language."""
    # The library takes a tenth of all that the site needs to start.
    from icalendar import Calendar

    language, today = get_language(), timezone.localdate()
    name, description = _("Come again: one piece of advice a day"), _("The same day, the same advice in all languages.")
    found = Calendar()
    found.add("prodid", f"-//Come again//Today//{language.upper()}")
    found.add("version", "2.0")
    # Older clients know the names with an X only.
    for names, value in ((("name", "x-wr-calname"), name), (("description", "x-wr-caldesc"), description)):
        for each in names:
            found.add(each, value)
    found.add("url", request.build_absolute_uri(path_of("today")))
    found.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", "PT12H")
    # Written one by one, since all of them together would take 5 MB for as long as the process lasts.
    head, end, _nothing = found.to_ical().partition(END)
    shown = days(today - BACK, today + AHEAD, language, "updated_at")
    return head + b"".join(event(request, day, language).to_ical() for day in shown if day.advice) + end


def event(request: HttpRequest, day: Day, language: str) -> "Event":
    """Return an event for the whole day, wherever that is, during which people stay free.

    Its identity is the day and the advice: where another one takes the day, that is another event.
    """
    from icalendar import Event

    advice, url = day.advice, request.build_absolute_uri(day.get_absolute_url())
    found = Event()
    found.add("uid", f"{day.date:%Y%m%d}-{advice.key}-{language}@come-again")
    found.add("dtstart", day.date)
    found.add("dtend", day.date + dt.timedelta(days=1))
    # Without a METHOD the stamp is the moment of the last change as well.
    found.add("dtstamp", advice.updated_at)
    found.add("last-modified", advice.updated_at)
    found.add("sequence", 0)
    found.add("summary", advice.title, parameters={"LANGUAGE": advice.language_of("title")})
    action = advice.action and f"{advice.action}\n\n"
    # Some clients don't show an event's address.
    found.add("description", f"{action}{url}", parameters={"LANGUAGE": advice.language_of("action")})
    found.add("url", url)
    found.add("categories", [str(advice.get_kind_display())])
    found.add("transp", "TRANSPARENT")
    return found
