"""Answers to requests that never reach Django: gunicorn can't read them, or something broke before it got that far.

Nobody knows for which language they asked, so they are told the same in all of them.
"""

from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.security import SecurityMiddleware
from django.utils.translation import gettext, gettext_noop, override
from gunicorn.http import errors

from .middleware import under_policy

UNREADABLE = gettext_noop("This request can’t be understood")
SENTENCES = {
    414: gettext_noop("This address is too long"),
    431: gettext_noop("Your browser sends too much with its requests: deleting the cookies of this site may help"),
    500: gettext_noop("Something broke on our side"),
}


def status_of(error: Exception) -> int:
    """Return by which status a request is answered that ended in an error."""
    match error:
        # The request was well, the answer wasn't.
        case errors.InvalidResponseHeader() | errors.InvalidResponseHeaderName():
            return 500
        case errors.LimitRequestLine():
            return 414
        case errors.LimitRequestHeaders():
            return 431
        case errors.ExpectationFailed():
            return 417
        case errors.UnsupportedTransferCoding():
            return 501
        case errors.ParseException():
            return 400
    return 500


@cache
def plain_answer(status: int) -> bytes:
    """Return all of an answer, with the headers that every other one has."""
    text = in_all_languages(SENTENCES.get(status, UNREADABLE)).encode()
    headers = {"Connection": "close", "Cache-Control": "no-store", "Content-Length": len(text)}
    response = HttpResponse(text, "text/plain; charset=utf-8", status, headers=headers)
    # It isn't known whether it came by TLS, so browsers aren't told to stay there.
    request = HttpRequest()
    under_policy(lambda _request: response)(request)
    SecurityMiddleware(under_policy).process_response(request, response)
    return f"HTTP/1.1 {status} {response.reason_phrase}\r\n".encode() + response.serialize()


def in_all_languages(sentence: str) -> str:
    lines = []
    for language, _name in settings.LANGUAGES:
        with override(language):
            lines.append(f"{gettext(sentence)}\n")
    return "".join(lines)
