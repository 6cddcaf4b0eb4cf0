"""What no browser sends, over real sockets to the real server."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from django.utils.datastructures import CaseInsensitiveMapping

from articles.languages import LANGUAGES

from ..fuzz.answers import Answer, ask
from ..server import serving
from .databases import empty_database
from .test_headers import check

pytestmark = pytest.mark.django_db

HIDDEN = b"GET /admin/hidden/ HTTP/1.1\r\nHost: localhost\r\nX: "


class Served(NamedTuple):
    """A server: where it listens, and what it logs."""

    port: int
    log: Path

    def ask(self, *lines: str | bytes, body: bytes = b"") -> Answer:
        encoded = [line.encode() if isinstance(line, str) else line for line in lines]
        return ask(self.port, b"\r\n".join([*encoded, b"", b""]) + body)

    def get(self, path: str | bytes, *headers: str, host: str = "localhost") -> Answer:
        path = path.encode() if isinstance(path, str) else path
        return self.ask(b"GET " + path + b" HTTP/1.1", f"Host: {host}", "Connection: close", *headers)


@pytest.fixture(scope="module")
def served(django_db_setup, tmp_path_factory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("raw")
    with empty_database(folder) as url, serving(url, folder / "log") as (address, _process):
        yield Served(urlsplit(address).port, folder / "log")


@pytest.mark.parametrize(
    "framing",
    [
        ["Content-Length: 6", "Transfer-Encoding: chunked"],
        ["Transfer-Encoding: chunked", "Content-Length: 6"],
        ["Transfer-Encoding: chunked", "Transfer-Encoding: identity"],
        ["Transfer-Encoding: xchunked"],
        ["Transfer-Encoding : chunked"],
        ["Transfer-Encoding:\x0bchunked"],
        ["Transfer-Encoding: chunked\n"],
        [" Transfer-Encoding: chunked"],
        ["X: y\n Transfer-Encoding: chunked"],
        ["Content-Length: 6", "Content-Length: 0"],
        ["Content-Length: 6, 6"],
        ["Content-Length: +6"],
        ["Content-Length: 0x6"],
        ["Content-Length: -6"],
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_no_request_hides_in_another(served, method, framing):
    answer = served.ask(f"{method} /en/tips/ HTTP/1.1", "Host: localhost", *framing, body=b"0\r\n\r\n" + HIDDEN)
    assert answer.status in (200, 400, 405, 501)
    # What is left over may be a request of its own to this connection, never one whose first part was another.
    assert answer.received.count(b"HTTP/1.1 200") <= 1
    assert b"hidden" not in answer.received or answer.status != 200


def test_a_body_of_a_reading_request_is_no_request(served):
    body = HIDDEN + b"y\r\n\r\n"
    answer = served.ask("GET /en/tips/ HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}", body=body)
    assert answer.status == 200
    assert answer.received.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost@evil.example"),
        *("evil.example@localhost", "localhost, evil.example", "localhost evil"),
        *("", "localhost:80:80", "localhost:x", "[::1", "localhost/evil", "localhost\tevil", "\u24dblocalhost"),
    ],
)
def test_a_host_that_isnt_ours_is_refused(served, host):
    answer = served.get("/en/", host=host)
    assert answer.status == 400
    assert b"evil" not in answer.received


def test_of_several_hosts_none_is_believed(served):
    assert served.get("/en/", "Host: evil.example").status == 400
    assert served.ask("GET /en/ HTTP/1.1", "Host: evil.example", "Host: localhost", "Connection: close").status == 400


def test_a_whole_address_in_the_request_line_names_no_other_host(served):
    answer = served.get("http://evil.example/en/")
    assert b"evil.example" not in answer.received
    assert served.get("http://evil.example@localhost/en/").received.count(b"evil") == 0


def test_another_port_or_case_of_our_host_is_ours(served):
    for host in ("localhost:1", "LOCALHOST", "localhost."):
        assert served.get("/en/", host=host).status == 200


@pytest.mark.parametrize(
    "header",
    [
        *("X-Forwarded-Host: evil.example", "X-Forwarded-Proto: https"),
        *("X-Forwarded-Port: 1", "X-Forwarded-Prefix: /evil"),
        *("Forwarded: host=evil.example;proto=https", "X-Original-URL: /admin/"),
        *("X-Rewrite-URL: /admin/", "X-Host: evil"),
        *("SCRIPT_NAME: /evil", "Script-Name: /evil"),
        *("PATH_INFO: /admin/", "X-Forwarded-Server: evil", "X-Script-Name: /evil"),
        *("HTTP_HOST: evil.example", "X_Forwarded_Host: evil.example", "Proxy: http://evil", "REMOTE_USER: admin"),
    ],
)
def test_no_header_leads_a_page_elsewhere(served, header):
    clean = served.get("/en/tips/").body
    answer = served.get("/en/tips/", header)
    assert (answer.status, answer.body) in [(200, clean), (400, answer.body)]
    assert served.get("/en/tips/").body == clean


@pytest.mark.parametrize(
    "path",
    [
        *("/static/../retention/settings.py",),
        *("/static/%2e%2e/retention/settings.py", "/static/..%2fretention%2fsettings.py"),
        *("/static/..%5cretention%5csettings.py", "/static//etc/passwd", "/static/%2fetc%2fpasswd", "/static/....//x"),
        *("/static/%252e%252e/x", "/static/../../../../etc/passwd", "/../etc/passwd", "/static/%c0%ae%c0%ae/x"),
        *("/static/..;/x", "/static/.", "/static/css/%00", "//etc/passwd", "/.env", "/.git/config"),
    ],
)
def test_no_file_but_static_ones_is_read(served, path):
    answer = served.get(path)
    assert answer.status in (301, 400, 404)
    assert b"root:" not in answer.received
    assert b"SECRET_KEY" not in answer.received


@pytest.mark.parametrize(
    "path",
    [
        *("//evil.example", "//evil.example/", "///evil.example/"),
        *("/\\evil.example", "/%2f%2fevil.example", "/%2fevil.example"),
        *("/en//evil.example", "/en/tips//evil.example"),
        *("/%5cevil.example", "/;//evil.example", "/en/articles//evil.example"),
        *("/admin//evil.example", "/admin/%2f/evil.example"),
        *("/en/tips/?topic=//evil.example", "/en/tips/?page=//evil.example"),
        *("/admin/login/?next=//evil.example",),
        *("/admin/?next=https://evil.example", "/admin/logout/?next=//evil.example"),
        *("/en/%0d%0aLocation:%20https://evil.example", "/en%0d%0aX-Injected:1", "/en/tips?%0d%0aX-Injected:1"),
        *("https://evil.example//evil.example", "/en/today/2026-11-27?//evil.example"),
        *("/.evil.example", "/en@evil.example"),
    ],
)
def test_no_redirect_leads_away(served, path):
    answer = served.get(path)
    place = urlsplit(answer.header("location").replace("\\", "/"))
    assert place.netloc in ("", f"localhost:{served.port}", "localhost")
    assert "x-injected" not in dict(answer.headers)
    assert answer.status < 500


def test_nothing_that_is_sent_writes_a_line_of_the_log(served):
    odd = "%0aINJECTED%0d%0aINJECTED"
    for path in (f"/en/{odd}/", f"/en/tips/?topic={odd}", f"/admin/{odd}", f"/%00{odd}", f"/admin/login/?next={odd}"):
        served.get(path, "User-Agent: x\rINJECTED", "Referer: x\x85INJECTED")
        served.get(path)
        served.ask(f"POST {path} HTTP/1.1", "Host: localhost", "Connection: close", "Content-Length: 0")
        served.get(path, host="x\nINJECTED")
    served.get("/en/", host="evil%0aINJECTED")
    lines = served.log.read_bytes().splitlines()
    assert not [line for line in lines if line.startswith(b"INJECTED")]
    assert b"Traceback" not in b"\n".join(lines)


@pytest.mark.parametrize(
    "lines",
    [
        *(["GET /en/"], ["GET  /en/  HTTP/1.1"], ["GET /en/ HTTP/3.0"]),
        *(["GET * HTTP/1.1"], ["PRI * HTTP/2.0"], ["\x16\x03\x01"]),
        *(["GET /en/ HTTP/1.1", "X" * 20_000],),
        *(["GET /" + "a" * 20_000 + " HTTP/1.1"], ["GET /en/ HTTP/1.1", "a\0b: c"]),
        ["GET /en/ HTTP/1.1", *(f"X-{number}: y" for number in range(500))],
        ["OPTIONS * HTTP/1.1", "Host: localhost"],
        ["CONNECT evil.example:443 HTTP/1.1", "Host: localhost"],
    ],
)
def test_what_is_no_request_is_refused_and_the_server_goes_on(served, lines):
    answer = served.ask(*lines)
    assert answer.status in (0, 400, 404, 405, 408, 414, 431, 501, 505)
    assert served.get("/healthz").status == 200


@pytest.mark.parametrize(
    ("lines", "status", "sentence"),
    [
        (["GET /" + "a" * 5000 + " HTTP/1.1"], 414, "This address is too long"),
        (["GET /en/ HTTP/1.1", "Cookie: " + "a" * 9000], 431, "deleting the cookies"),
        (["GET evil.example"], 400, "can’t be understood"),
        (["GET /evil HTTP/1.1", "Evil : evil"], 400, "can’t be understood"),
        (["GET /en/ HTTP/1.1", "Host: localhost", "Expect: evil"], 417, "can’t be understood"),
        (["POST /en/ HTTP/1.1", "Host: localhost", "Transfer-Encoding: evil"], 501, "can’t be understood"),
    ],
)
def test_what_is_refused_unread_is_told_so_under_the_headers_of_every_page(served, lines, status, sentence):
    answer = served.ask(*lines)
    assert answer.status == status
    check(CaseInsensitiveMapping(answer.headers))
    told = answer.body.decode()
    assert sentence in told
    assert len(set(told.splitlines())) == len(LANGUAGES)
    assert "evil" not in told


@pytest.mark.parametrize("body", [b"xyz\r\n", b"5\r\nab", b"-1\r\n\r\n", b"5;\r\nabcdeXX"])
@pytest.mark.parametrize("path", ["/admin/login/", "/en/tips/"])
def test_a_body_in_odd_pieces_is_no_fault(served, path, body):
    lines = (f"POST {path} HTTP/1.1", "Host: localhost", "Content-Type: application/x-www-form-urlencoded")
    answer = served.ask(*lines, "Transfer-Encoding: chunked", body=body)
    assert answer.status in (400, 403, 405)
    check(CaseInsensitiveMapping(answer.headers))
    assert b"Traceback" not in served.log.read_bytes()
