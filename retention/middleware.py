"""What holds for every request and every response."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate, get_language_from_path

# Nothing of a reader's device is asked for; pages and files are for this site alone.
HEADERS = {
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in (
            *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone"),
            *("midi", "payment", "usb"),
        )
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
}

Handler = Callable[[HttpRequest], HttpResponse]


def bodiless_head(get_response: Handler) -> Handler:
    """Answer HEAD as GET but without the body, which is the application's to leave out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response

    return middleware


def under_policy(get_response: Handler) -> Handler:
    """Send what browsers have to forbid, which is the same for every answer, and so written once."""
    # Sorted, so that all processes say the same.
    policy = "; ".join(sorted(build_policy().split("; ")))

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        # Django's own pages for those who work on the code have their style within them.
        if not (settings.DEBUG and response.status_code in (404, 500)):
            response.headers[HEADER] = policy
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def in_language_of_address(get_response: Handler) -> Handler:
    """Answer in the language of the address, the only one that a page depends on."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.LANGUAGE_CODE = language = get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        activate(language)
        response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def without_nul(get_response: Handler) -> Handler:
    """Refuse NUL characters, which no text has and PostgreSQL doesn't take."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META["QUERY_STRING"]:
            raise BadRequest("NUL")
        return get_response(request)

    return middleware


def by_any_name(get_response: Handler) -> Handler:
    """Let operators ask one server of several by its address, which is none of the names that the site is known by."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # What they are told names no host.
        if request.path_info in settings.FOR_OPERATORS:
            request.META["HTTP_HOST"] = "localhost"
        return get_response(request)

    return middleware
