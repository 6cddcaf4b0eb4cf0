"""What is believed of proxies, and of whom."""

import pytest

from retention.networks import Networks, address
from retention.proxies import TOLD, Proxies

from ..server import serving
from .requests import ask, get

PROXY = "10.1.0.7"
BELIEVED = ("REMOTE_ADDR", "wsgi.url_scheme", "HTTP_X_REQUEST_ID")


def seen_behind(peer: str, **headers: str) -> dict[str, str]:
    """Return what the application sees of a request that comes from `peer`."""
    seen = {}

    def application(environ, start_response):
        seen.update({name: environ[name] for name in (*BELIEVED, *TOLD) if name in environ})
        start_response("200 OK", [])
        return []

    ask(Proxies(application, Networks(["10.0.0.0/8", "::1"])), "/en/", peer=peer, **headers)
    return seen


def client(forwarded: str, peer: str = PROXY) -> str:
    return seen_behind(peer, x_forwarded_for=forwarded)["REMOTE_ADDR"]


def test_a_trusted_proxy_tells_address_and_scheme():
    seen = seen_behind(PROXY, x_forwarded_for="203.0.113.9", x_forwarded_proto="https")
    assert seen == {"REMOTE_ADDR": "203.0.113.9", "wsgi.url_scheme": "https"}


def test_of_everybody_else_it_is_taken_away():
    headers = {name.removeprefix("HTTP_").lower(): "10.9.9.9" for name in TOLD} | {"x_forwarded_proto": "https"}
    assert seen_behind("203.0.113.9", **headers) == {"REMOTE_ADDR": "203.0.113.9", "wsgi.url_scheme": "http"}


def test_what_a_trusted_proxy_passes_on_unread_is_taken_away_too():
    seen = seen_behind(PROXY, forwarded="for=192.0.2.1", x_real_ip="192.0.2.1", x_forwarded_host="evil.example")
    assert seen == {"REMOTE_ADDR": PROXY, "wsgi.url_scheme": "http"}


@pytest.mark.parametrize(
    ("forwarded", "expected"),
    [
        # What a client invents stands to the left of what the proxy has seen.
        ("127.0.0.1, 203.0.113.9", "203.0.113.9"),
        ("192.0.2.1, 203.0.113.9, 10.4.4.4,10.5.5.5", "203.0.113.9"),
        ("10.4.4.4", "10.4.4.4"),
        ("203.0.113.9:4711", "203.0.113.9"),
        ("[2001:DB8:0::9]:4711", "2001:db8::9"),
        ("2001:db8::9", "2001:db8::9"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("192.0.2.1, unknown", PROXY),
        ("192.0.2.1, nonsense, 10.4.4.4", "10.4.4.4"),
        ("", PROXY),
        (",,,", PROXY),
        ("٣.٣.٣.٣", PROXY),
        ("203.0.113.9\x00", PROXY),
        ("10.0.0.1," * 900, PROXY),
    ],
)
def test_the_client_is_the_nearest_that_is_no_proxy_of_ours(forwarded, expected):
    assert client(forwarded) == expected


def test_a_proxy_is_known_in_any_spelling_of_its_address():
    assert client("203.0.113.9", peer="::ffff:10.1.0.7") == "203.0.113.9"
    assert client("203.0.113.9", peer="0:0:0:0:0:0:0:1") == "203.0.113.9"
    assert client("203.0.113.9", peer="") == ""


@pytest.mark.parametrize("scheme", ["gopher", "", "https, http", "javascript:", "https\r\nX: y"])
def test_only_schemes_of_the_web_are_taken(scheme):
    assert seen_behind(PROXY, x_forwarded_proto=scheme)["wsgi.url_scheme"] == "http"


@pytest.mark.parametrize("request_id", ["a b", "short", "x" * 65, "abc\r\nInjected: yes", 'abcdefgh"', "абвгдежз"])
def test_a_request_id_is_taken_if_it_is_well_formed(request_id):
    assert seen_behind(PROXY, x_request_id="7d9f0c1e-5a5b")["HTTP_X_REQUEST_ID"] == "7d9f0c1e-5a5b"
    assert "HTTP_X_REQUEST_ID" not in seen_behind(PROXY, x_request_id=request_id)


@pytest.mark.parametrize(
    "text", ["", "unknown", "1.2.3", "1.2.3.4.5", "[::1", "::1]", "1.2.3.4:5:6", "fe80::1%eth0x/64"]
)
def test_an_address_is_one_or_none(text):
    assert address(text) in (None, "::1")


def test_the_server_believes_the_proxies_that_are_named(database_url, tmp_path):
    told = {"x_forwarded_proto": "https", "x_forwarded_for": "203.0.113.9", "host": "localhost"}
    behind = {"BEHIND_TLS": "true", "TRUSTED_PROXIES": "127.0.0.0/8"}
    with serving(database_url, tmp_path / "log", **behind) as (site, _process):
        answer = get(f"{site}/en/", **told)
        assert (answer.status, b"https://localhost/en/" in answer.body) == (200, True)
    with serving(database_url, tmp_path / "log", TRUSTED_PROXIES="203.0.113.1") as (site, _process):
        # gunicorn on its own would believe a neighbour on the same machine.
        assert b"http://localhost/en/" in get(f"{site}/en/", **told).body
    # Of requests nothing is logged unless it is asked for.
    assert "GET" not in (tmp_path / "log").read_text()
