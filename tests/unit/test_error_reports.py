"""What is reported of a fault, to a Sentry that is really asked."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from retention.page_cache.answers import DECODE

from ..server import ROOT

# A site with an address that breaks, asked once.
BREAKING = """
from django.urls import path
from retention import wsgi
from retention import urls
from tests.unit.requests import ask

def broken(request, name):
    secret = "hunter2-local"
    raise ValueError("It broke")

urls.urlpatterns.append(path("broken/<str:name>/", broken))
answer = ask(
    wsgi.application, "/broken/ann@example.org/?q=hunter2-query", user_agent="hunter2-agent", cookie="hunter2=cookie"
)
import sentry_sdk
sentry_sdk.flush()
print(answer.headers["X-Request-ID"])
"""

# The command line where the package isn't installed.
WITHOUT_THE_PACKAGE = """
import importlib.util, runpy, sys
found = importlib.util.find_spec
importlib.util.find_spec = lambda name: None if name == "sentry_sdk" else found(name)
sys.argv = ["manage.py", "check"]
runpy.run_path("manage.py", run_name="__main__")
"""


@pytest.fixture
def sentry() -> Iterator[tuple[str, list[dict]]]:
    """A server that takes reports; gives its DSN and what has come."""
    reports = []

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            body = DECODE[self.headers.get("Content-Encoding", "")](body)
            reports.extend(map(json.loads, body.splitlines()))
            self.send_response(200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Taking) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://0123456789abcdef@127.0.0.1:{server.server_port}/1", reports
        server.shutdown()


def run(code: str, **environment: str) -> subprocess.CompletedProcess:
    environment = os.environ | environment
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)


def test_a_fault_is_reported_without_anything_of_whoever_met_it(sentry):
    dsn, reports = sentry
    done = run(BREAKING, SENTRY_DSN=dsn)
    assert done.returncode == 0, done.stderr
    (event,) = (report for report in reports if "exception" in report)
    assert event["exception"]["values"][0]["value"] == "It broke"
    assert event["tags"] == {"request_id": done.stdout.strip()}
    assert event["release"]
    text = json.dumps(reports)
    for private in ("hunter2", "ann@", "127.0.0.1", os.uname().nodename):
        assert private not in text.replace(dsn, "")


def test_without_the_package_an_address_for_reports_is_one_clear_line():
    done = run(WITHOUT_THE_PACKAGE, SENTRY_DSN="https://0123456789abcdef@sentry.example.org/1")
    (line,) = done.stderr.strip().splitlines()
    assert (done.returncode, "SENTRY_DSN" in line, "requirements-sentry.txt" in line) == (1, True, True)


def test_an_address_for_reports_that_is_none_is_one_clear_line():
    (line,) = run(WITHOUT_THE_PACKAGE, SENTRY_DSN="sentry.example.org").stderr.strip().splitlines()
    assert "Write it as" in line


def test_nothing_of_it_is_loaded_unless_it_is_asked_for():
    done = run("import sys, retention.wsgi; print('sentry_sdk' in sys.modules)", SENTRY_DSN="")
    assert done.stdout.strip() == "False", done.stderr
