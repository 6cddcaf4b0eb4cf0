"""Clients that are slow keep none of the server's threads, and lose nothing by it."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from urllib.parse import urlsplit

import pytest

from bench.server.machine import processor_time

from ..server import serving
from .databases import empty_database
from .requests import read

# More than all workers have threads.
MANY = 40
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Iterator[tuple[str, int]]:
    """Address and process of a server."""
    folder = tmp_path_factory.mktemp("patience")
    with empty_database(folder) as url, serving(url, folder / "log") as (address, process):
        yield address, process.pid


def connected(address: str) -> closing[socket.socket]:
    place = urlsplit(address)
    return closing(socket.create_connection((place.hostname, place.port), timeout=10))


def answer(client: socket.socket) -> bytes:
    """Return an answer of one line, or what comes before the connection ends."""
    come = b""
    with suppress(ConnectionResetError):
        while not come.endswith(b"\n") or come.endswith(b"\r\n"):
            if not (more := client.recv(4096)):
                break
            come += more
    return come


def test_others_are_answered_while_many_send_half_of_a_request(site):
    with ExitStack() as open_connections:
        clients = [open_connections.enter_context(connected(site[0])) for _ in range(MANY)]
        for client in clients:
            client.sendall(REQUEST[:20])
        for client in clients[: MANY // 2]:
            client.sendall(REQUEST[20:30])
        assert read(f"{site[0]}/healthz") == "alive\n"
        clients[0].sendall(REQUEST[30:])
        assert answer(clients[0]).endswith(b"alive\n")
        # So is the next request over a connection that is kept.
        clients[0].sendall(REQUEST[:9])
        time.sleep(0.2)
        clients[0].sendall(REQUEST[9:])
        assert answer(clients[0]).endswith(b"alive\n")


def test_a_client_that_goes_away_in_the_middle_costs_nothing(site):
    with connected(site[0]) as client:
        client.sendall(REQUEST[:20])
        client.shutdown(socket.SHUT_WR)
        before = processor_time(site[1])
        assert client.recv(4096) == b""
        time.sleep(1)
        assert processor_time(site[1]) - before < 0.5


def test_a_head_that_never_ends_is_refused(site):
    with connected(site[0]) as client:
        client.sendall(b"GET / HTTP/1.1\r\nX-Long: " + b"x" * 30_000)
        assert answer(client)[:10] in (b"", b"HTTP/1.1 4")
