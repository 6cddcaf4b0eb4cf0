"""What is answered to requests that can't be taken."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults
from django.views.decorators.csrf import requires_csrf_token

from .request_ids import request_id


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that a form is too large, or that a request isn't as it should be."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return render(request, "413.html", status=413)
    return defaults.bad_request(request, exception)


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Say that something broke, nothing of what it was, and the name by which that is found in the log."""
    reference = request_id()
    html = render_to_string("500.html", {"reference": reference})
    return HttpResponse(html, status=500, headers={"X-Request-ID": reference})
