"""What is answered to requests that can't be taken."""

import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.csrf import requires_csrf_token

from .request_ids import request_id

RETRY_AFTER = 30  # seconds


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a form is too large, or that a request isn't as it should be."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return render(request, "413.html", status=413)
    return defaults.bad_request(request, exception)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Say that the database is away, full or busy, which passes, or that the fault is ours.

    Of a fault it says nothing but the name by which it is found in the log.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        response = render(request, "503.html", status=503)
        response.headers["Retry-After"] = str(RETRY_AFTER)
        return response
    reference = request_id()
    html = render_to_string("500.html", {"reference": reference})
    return HttpResponse(html, status=500, headers={"X-Request-ID": reference})
