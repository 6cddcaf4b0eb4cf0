"""What came back, and what is wrong with it."""

import socket
import time
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from urllib.parse import urlsplit

from retention.page_cache.answers import DECODE

from .places import Place
from .requests import Request

PATIENCE = 10  # seconds
CONTINUE = b"HTTP/1.1 100 "
# What a server says of what is no HTTP it knows.
NO_SUCH_HTTP = (HTTPStatus.NOT_IMPLEMENTED, HTTPStatus.HTTP_VERSION_NOT_SUPPORTED)


@dataclass
class Answer:
    """What a server has sent until it closed the connection, and the seconds that it took."""

    received: bytes
    seconds: float
    headers: list[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        if self.received.startswith(CONTINUE):
            self.received = self.received.partition(b"\r\n\r\n")[2]
        head = self.received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
        self.headers = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in head[1:])]

    @property
    def status(self) -> int:
        """The status, 0 for none."""
        first = self.received[:12].split(b" ")
        return int(first[1]) if len(first) > 1 and first[1].isdigit() else 0

    @cached_property
    def body(self) -> bytes:
        body = self.received.partition(b"\r\n\r\n")[2]
        return DECODE[self.header("content-encoding")](body) if body else body

    def header(self, name: str) -> str:
        return dict(self.headers).get(name, "")

    def fault(self, place: Place, request: Request) -> str:
        """Return what is wrong with this answer to a request, "" for nothing."""
        if self.seconds >= PATIENCE:
            return "no answer in time"
        if not self.status:
            return "" if request.is_odd_http else "no answer"
        if self.status >= 500 and self.status not in NO_SUCH_HTTP:
            return str(self.status)
        if b"Traceback (most recent call last)" in self.body:
            return "a traceback"
        if self.header("x-injected"):
            return "a header was injected"
        # One that makes no sense is taken back from the browser.
        cookie = self.header("set-cookie")
        if place.is_public and cookie and "Max-Age=0" not in cookie:
            return "a public page sets a cookie"
        if "evil.example" in urlsplit(self.header("location").replace("\\", "/")).netloc:
            return "a redirect leads elsewhere"
        return ""


# Where raw bytes are sent that are no request for a page.
NO_PLACE = Place("(no HTTP)")


def ask(port: int, request: bytes) -> Answer:
    start = time.monotonic()
    received = b""
    try:
        with socket.create_connection(("127.0.0.1", port), PATIENCE) as connection:
            connection.sendall(request)
            connection.shutdown(socket.SHUT_WR)
            while chunk := connection.recv(1 << 16):
                received += chunk
                connection.settimeout(max(0.01, start + PATIENCE - time.monotonic()))
    except OSError:
        # Closed before all was sent, or too late: what is there tells.
        pass
    return Answer(received, time.monotonic() - start)
