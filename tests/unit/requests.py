"""Requests to a server, and as a server hands them to the WSGI application."""

import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import unquote_to_bytes


@dataclass(frozen=True)
class Response:
    """What the application answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def ask(
    application: Callable[..., Iterable[bytes]],
    address: str,
    method: str = "GET",
    peer: str = "127.0.0.1",
    **headers: str,
) -> Response:
    """Ask for an address, from that of `peer`, with these headers (`accept_encoding="br"`)."""
    path, _, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost",
        "REMOTE_ADDR": peer,
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr,
    }
    environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    begun = []

    def start_response(status, headers, exc_info=None) -> None:
        begun[:] = status, headers

    chunks = application(environ, start_response)
    body = b"".join(chunks)
    if hasattr(chunks, "close"):
        chunks.close()
    return Response(int(begun[0][:3]), dict(begun[1]), body)


def read(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as response:
        return response.read().decode()


def get(url: str, **headers: str) -> Response:
    """Ask a server, with these headers (`accept_encoding="br"`)."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=sent), timeout=30) as response:
            return Response(response.status, dict(response.headers), response.read())
    except urllib.error.HTTPError as error:
        return Response(error.code, dict(error.headers), error.read())
