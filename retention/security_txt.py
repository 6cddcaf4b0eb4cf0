"""Whom to tell of a hole in the site, as RFC 9116 has it."""

import datetime as dt

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from articles.public import public

# It is made anew every day, so that it never runs out while the site stands.
HOLDS = dt.timedelta(days=180)


@public
def security_txt(request: HttpRequest) -> HttpResponse:
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0) + HOLDS
    fields = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": expires.isoformat(),
        "Preferred-Languages": ", ".join(language for language, _name in settings.LANGUAGES),
        "Canonical": request.build_absolute_uri(request.path),
    }
    text = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
