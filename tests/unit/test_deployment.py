"""How the site is deployed: the configuration of Caddy tried with Caddy, that of Compose read."""

import http.client
import json
import re
import ssl
import sys
import tempfile
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
import yaml

from retention import gunicorn
from retention.networks import Networks
from retention.proxies import Proxies

from ..caddy import caddy
from ..nginx import nginx
from ..page_types import PAGE_TYPES, path_of
from ..server import ROOT

SITE_SERVICES = {"prepare", "web"}
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]


class Quiet(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def telling(environ, start_response):
    """Answer with what a program behind the proxies believes of a request."""
    seen = {name: text for name, text in environ.items() if isinstance(text, str)}
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(seen).encode()]


@pytest.fixture(scope="module")
def program_port() -> Iterator[int]:
    """Where a program listens that tells what it sees."""
    with make_server("127.0.0.1", 0, Proxies(telling, Networks(["127.0.0.1"])), handler_class=Quiet) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


@pytest.fixture(scope="module")
def proxied(program_port) -> Iterator[tuple[str, str]]:
    """The addresses, over HTTP and TLS, of a Caddy before it."""
    with caddy(program_port) as addresses:
        yield addresses


def ask(address: str, method: str = "GET", body: bytes | None = None, **headers: str) -> tuple[int, dict, bytes]:
    """Ask Caddy, from an address that is no proxy's; its certificate is its own."""
    parts = urlsplit(address)
    source = ("127.0.0.2", 0)
    if parts.scheme == "https":
        trusting = ssl.create_default_context()
        trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
        connection = http.client.HTTPSConnection(
            parts.hostname, parts.port, timeout=20, source_address=source, context=trusting
        )
    else:
        connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=20, source_address=source)
    connection.request(method, parts.path, body, {name.replace("_", "-"): text for name, text in headers.items()})
    response = connection.getresponse()
    answer = response.status, dict(response.headers), response.read()
    connection.close()
    return answer


def test_caddy_tells_whose_request_it_is(proxied):
    _http, tls = proxied
    status, _headers, body = ask(f"{tls}/en/")
    told = json.loads(body)
    assert (status, told["REMOTE_ADDR"], told["wsgi.url_scheme"]) == (200, "127.0.0.2", "https")
    assert told["HTTP_HOST"] == urlsplit(tls).netloc
    assert re.fullmatch("[0-9a-f-]{36}", told["HTTP_X_REQUEST_ID"])


def test_what_readers_claim_passes_no_proxy(proxied):
    claims = {"x_forwarded_for": "192.0.2.1", "x_forwarded_proto": "http", "x_request_id": "d41d8cd98f00"}
    told = json.loads(ask(f"{proxied[1]}/en/", forwarded="for=192.0.2.1", x_real_ip="192.0.2.1", **claims)[2])
    assert (told["REMOTE_ADDR"], told["wsgi.url_scheme"]) == ("127.0.0.2", "https")
    assert "192.0.2.1" not in str(told)
    assert told["HTTP_X_REQUEST_ID"] != "d41d8cd98f00"


def test_readers_are_led_from_http_to_tls(proxied):
    status, headers, _body = ask(f"{proxied[0]}/en/tips/")
    assert (status, headers["Location"]) == (308, "https://localhost/en/tips/")


@pytest.mark.parametrize("path", ["/metrics", "/readyz"])
def test_what_is_for_operators_isnt_there_from_outside(proxied, path):
    assert ask(proxied[1] + path)[0] == 404


def test_more_than_anybody_writes_is_refused(proxied):
    assert ask(f"{proxied[1]}/en/", cookie="x" * 40_000)[0] == 431


def test_nginx_tells_the_same(program_port):
    upstream = f"upstream retention {{ server 127.0.0.1:{program_port}; }}"
    claims = {"x_forwarded_for": "192.0.2.1", "x_forwarded_proto": "https", "x_request_id": "d41d8cd98f00"}
    with nginx(upstream, f"include {ROOT / 'docs' / 'nginx.conf'};") as server:
        told = json.loads(ask(f"{server.address}/en/", **claims)[2])
        assert ask(f"{server.address}/metrics")[0] == ask(f"{server.address}/readyz")[0] == 404
    assert (told["REMOTE_ADDR"], told["wsgi.url_scheme"]) == ("127.0.0.2", "http")
    assert told["HTTP_HOST"] == urlsplit(server.address).netloc
    assert re.fullmatch("[0-9a-f]{32}", told["HTTP_X_REQUEST_ID"])


def test_while_the_program_is_away_caddy_says_so():
    with caddy(1) as (_http, tls):
        status, headers, body = ask(f"{tls}/en/")
    assert (status, headers["Retry-After"], body) == (502, "30", b"502 Bad Gateway")
    assert "Server" not in headers


def test_the_service_of_systemd_is_confined_as_a_container_is():
    unit = ConfigParser(interpolation=None)
    unit.optionxform = str
    unit.read(ROOT / "docs" / "retention.service")
    service = unit["Service"]
    assert service["ProtectSystem"] == "strict"
    assert service["ReadWritePaths"] == f"{service['WorkingDirectory']}/var"
    assert service["NoNewPrivileges"] == "true"
    assert service["CapabilityBoundingSet"] == ""
    assert service["ExecStart"].endswith("gunicorn -c python:retention.gunicorn")
    assert int(service["TimeoutStopSec"]) > gunicorn.graceful_timeout


def test_no_service_gains_rights_or_writes_where_it_neednt():
    for name, service in SERVICES.items():
        assert service["read_only"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service["security_opt"] == ["no-new-privileges:true"], name
        assert "privileged" not in service, name
        assert service["deploy"]["resources"]["limits"].keys() == {"memory", "pids"}, name
        assert service["logging"]["options"]["max-size"], name
    assert {name: service.get("cap_add") for name, service in SERVICES.items() if "cap_add" in service} == {
        "proxy": ["NET_BIND_SERVICE"]
    }


def test_only_the_proxy_is_reached_from_outside_and_it_reaches_the_site_alone():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert SERVICES["proxy"]["networks"] == ["outside"]
    for name in ("database", "cache"):
        assert SERVICES[name]["networks"] == ["inside"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert {name for name, service in SERVICES.items() if set(service["networks"]) == {"inside", "outside"}} == {
        *SITE_SERVICES
    }


def test_the_site_believes_the_network_of_the_proxy():
    (network,) = COMPOSE["networks"]["outside"]["ipam"]["config"]
    for name in SITE_SERVICES:
        environment = SERVICES[name]["environment"]
        assert environment["TRUSTED_PROXIES"] == f"{network['subnet']},${{TRUSTED_PROXIES:-}}"
        assert environment["BEHIND_TLS"] == "true"
    assert Networks([network["subnet"].rpartition(":-")[2].rstrip("}")])


def test_who_serves_is_asked_how_it_is_and_has_time_to_end():
    for name in ("proxy", "database", "cache"):
        assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"
    assert "HEALTHCHECK" in (ROOT / "Dockerfile").read_text()
    assert int(SERVICES["web"]["stop_grace_period"].rstrip("s")) > gunicorn.graceful_timeout
    assert SERVICES["proxy"]["depends_on"] == {"web": {"condition": "service_healthy"}}
    assert COMPOSE["configs"]["caddyfile"]["file"] == "docs/Caddyfile"
    assert (ROOT / COMPOSE["configs"]["caddyfile"]["file"]).exists()


def test_every_setting_reaches_the_site_but_those_that_its_container_decides():
    for name in SITE_SERVICES:
        assert SERVICES[name]["env_file"] == [{"path": ".env", "required": False}]
        environment = SERVICES[name]["environment"]
        assert (environment["HOST"], environment["PORT"], environment["DEBUG"]) == ("0.0.0.0", "8000", "false")


@pytest.fixture
def written() -> Iterator[set[Path]]:
    """The folders that Python writes in."""
    folders = set()

    def look(event: str, arguments: tuple) -> None:
        # A hook stays for ever, so it has to know when it is over.
        if (
            folders is not None
            and event == "open"
            and isinstance(arguments[1], str)
            and set(arguments[1]) & set("wax+")
        ):
            folders.add(Path(str(arguments[0])).parent)

    sys.addaudithook(look)
    yield folders
    folders = None


@pytest.mark.django_db
def test_the_site_writes_only_where_its_container_may(client, settings, tmp_path, written):
    client.get("/en/")
    settings.VAR_DIR = tmp_path
    paths = [path_of(page_type, "hy") for page_type in PAGE_TYPES]
    for path in [*paths, "/en/share.png", "/en/sheet.pdf?advice=1", "/en/today.ics", "/admin/login/", "/sitemap.xml"]:
        client.get(path)
    assert written - {Path(tempfile.gettempdir())} == {tmp_path / "share-images"}
    folders = [each.partition(":")[0] for each in SERVICES["web"]["tmpfs"]]
    assert folders == ["/tmp", "/app/var/share-images"]
