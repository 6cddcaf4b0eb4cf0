"""Two hundred clients send a byte a second, say nothing at all, or don't read what they asked for."""

import socket
import threading
import time
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

from ..nginx import nginx
from .outcome import Outcome
from .site import serving

PROMISED = (
    "Others don't notice: each request is answered within a second while 200 clients send a byte a second, are "
    "silent, or don't read. Forms sent so slowly, and hundreds of answers asked for at once and not read, are for a "
    "proxy in front to keep away (tried with nginx)."
)
CLIENTS, SECONDS = 200, 12
HEAD = b"GET /en/tips/ HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"x" * 1000
BODY = (
    b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    b"Content-Length: 1000\r\n\r\n"
)
READING = b"GET /en/articles/seven-steps-to-customer-loyalty/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
# What each kind of client says at once, and what it says byte by byte.
KINDS = {
    "a byte a second of the head": (b"", HEAD),
    "silence": (b"", b""),
    "an answer that nobody reads": (READING, b""),
}
KINDS_FOR_A_PROXY = {
    "400 answers that nobody reads": (400 * READING, b""),
    "a byte a second of a body": (BODY, b"x" * 1000),
}
PATIENCE = 1.0
PATHS = ("/en/tips/", "/en/search/?q=complaint", "/fi/articles/")
PROXY = """
    location / {
        proxy_pass http://site; proxy_http_version 1.1;
        proxy_set_header Connection ''; proxy_set_header Host $http_host;
    }
"""


def cause(engine) -> Outcome:
    outcome = Outcome()
    with serving(engine.url) as site:
        for path in PATHS:
            site.get(path)
        for kind, said in KINDS.items():
            measure(site.address, f"{kind}", said, outcome)
        server = urlsplit(site.address).netloc
        with nginx(f"upstream site {{ server {server}; keepalive 16; }}", PROXY) as proxy:
            for kind, said in (KINDS | KINDS_FOR_A_PROXY).items():
                measure(proxy.address, f"{kind}, through nginx", said, outcome)
    return outcome


def measure(address: str, name: str, said: tuple[bytes, bytes], outcome: Outcome) -> None:
    with slow_clients(address, *said):
        time.sleep(1)
        longest, answers = longest_answer(address)
    outcome.expect(longest < PATIENCE, f"{name}: {answers} answers to others, each within {longest:.2f} s")


@contextmanager
def slow_clients(address: str, at_once: bytes, slowly: bytes):
    """Keep CLIENTS connections busy in this way; those that are closed are opened again."""
    end = threading.Event()
    thread = threading.Thread(target=be_slow, args=[address, at_once, slowly, end])
    thread.start()
    try:
        yield
    finally:
        end.set()
        thread.join()


def be_slow(address: str, at_once: bytes, slowly: bytes, end: threading.Event) -> None:
    host = urlsplit(address)
    clients = [connect(host.hostname, host.port, at_once) for _ in range(CLIENTS)]
    for number in range(10_000):
        if end.wait(1):
            break
        for place, client in enumerate(clients):
            try:
                client.send(slowly[number % 1000 : number % 1000 + 1])
                if not at_once and client.recv(1 << 16) == b"":
                    raise ConnectionResetError
            except BlockingIOError:
                continue
            except OSError:
                client.close()
                clients[place] = connect(host.hostname, host.port, at_once)
    for client in clients:
        client.close()


def connect(host: str, port: int, at_once: bytes) -> socket.socket:
    client = socket.socket()
    # As little as possible is kept for a client that doesn't read.
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 12)
    client.connect((host, port))
    client.setblocking(False)
    if at_once:
        with suppress(BlockingIOError):
            client.send(at_once)
    return client


def longest_answer(address: str) -> tuple[float, int]:
    """Ask as others do for a while; return how long the longest answer took, and how many there were."""
    from ..unit.requests import get

    longest, answers, begun = 0.0, 0, time.monotonic()
    while time.monotonic() - begun < SECONDS:
        for path in PATHS:
            asked = time.monotonic()
            try:
                is_answered = get(address + path).status == 200
            except OSError:
                is_answered = False
            took = time.monotonic() - asked
            longest, answers = max(longest, took if is_answered else 99.0), answers + 1
        time.sleep(0.05)
    return longest, answers
