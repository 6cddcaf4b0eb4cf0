"""How the application is asked for a page."""

import sys
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO

from .answers import Headers, StartResponse
from .keys import Key

Application = Callable[[Mapping, StartResponse], Iterable[bytes]]


def ask(application: Application, key: Key) -> tuple[str, Headers, bytes]:
    """Return status, headers and body of the page of a key.

    The request says nothing beside the key, so that the page can depend on nothing else.
    """
    begun: list[str | Headers] = []

    def start_response(status: str, headers: Headers, exc_info: object = None) -> None:
        begun[:] = status, headers

    chunks = application(request_for(key), start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    status, headers = begun
    return status, headers, body


def request_for(key: Key) -> dict[str, object]:
    """Return the environment of a request (PEP 3333) for the page of a key."""
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": key.mount,
        "PATH_INFO": key.path,
        "QUERY_STRING": key.query,
        "HTTP_HOST": key.host,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "https" if key.is_secure else "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
