"""What an application is asked for a page."""

import sys
from collections.abc import Callable, Iterable, Mapping
from io import BytesIO

from .answers import StartResponse
from .keys import Key

Application = Callable[[Mapping, StartResponse], Iterable[bytes]]


def request_for(key: Key) -> dict[str, object]:
    """Return the environment (PEP 3333) of a request for the page of a key, which says nothing beside it."""
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
