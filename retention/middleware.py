"""What holds for every request and every response."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

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


def without_nul(get_response: Handler) -> Handler:
    """Refuse NUL characters, which no text has and PostgreSQL doesn't take."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\0" in request.path or "%00" in request.META["QUERY_STRING"]:
            raise BadRequest("NUL")
        return get_response(request)

    return middleware
