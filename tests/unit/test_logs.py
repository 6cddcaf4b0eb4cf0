"""What is logged, by which name it is found, and what is never in it."""

import json
import logging
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from io import StringIO
from logging.config import DictConfigurator

import pytest
from django.conf.urls.i18n import i18n_patterns
from django.core.wsgi import get_wsgi_application
from django.urls import path
from django.utils.translation import gettext, override
from gunicorn.config import Config
from gunicorn.http.parser import RequestParser

from articles import publishing
from articles.languages import LANGUAGES
from retention import urls
from retention.access_log import AccessLog, shown
from retention.logs import FORMATTERS, Named
from retention.networks import Networks
from retention.patience import PatientWorker
from retention.proxies import Proxies

from ..fuzz.answers import Answer
from ..server import serving
from .requests import ask, get

FORGED = "Something\r\n2026-01-01 ERROR forged\x1b[2J\u2028"


def broken(request, name):
    raise ValueError(FORGED)


# The addresses of the site, with one more in each language that breaks.
urlpatterns = [*urls.urlpatterns, *i18n_patterns(path("broken/<str:name>/", broken))]
handler500 = urls.handler500


@pytest.fixture
def lines() -> Iterator[Callable[[str], StringIO]]:
    """Lets what is logged be written in a format; gives what was written."""
    handlers = []

    def written(log_format: str) -> StringIO:
        handler = logging.StreamHandler(StringIO())
        handler.addFilter(Named())
        handler.setFormatter(DictConfigurator({}).configure_formatter(dict(FORMATTERS[log_format])))
        logging.getLogger().addHandler(handler)
        handlers.append(handler)
        return handler.stream

    yield written
    for handler in handlers:
        logging.getLogger().removeHandler(handler)


@pytest.fixture
def site(one_connection, settings, caplog) -> Proxies:
    """The site with an access log, behind a proxy at 10.0.0.1, and an address in it that breaks."""
    settings.ROOT_URLCONF = __name__
    site = Proxies(AccessLog(get_wsgi_application()), Networks(["10.0.0.1"]))
    # Now, since Django has just set up its logs.
    caplog.set_level("INFO", "retention.access_log")
    return site


def test_a_request_is_one_line_of_json(site, lines):
    log = lines("json")
    answer = ask(site, "/en/tips/?q=ann@example.org", peer="10.0.0.1", x_request_id="d41d8cd98f00", user_agent="Secret")
    (line,) = log.getvalue().splitlines()
    told = json.loads(line)
    assert told.pop("ms") > 0
    assert told.pop("time")
    assert told.pop("message").startswith("GET /en/tips/ 200 ")
    assert told == {
        "level": "INFO",
        "logger": "retention.access_log",
        "request_id": "d41d8cd98f00",
        "method": "GET",
        "path": "/en/tips/",
        "status": 200,
        "bytes": len(answer.body),
        "cache": "",
    }


def test_every_request_has_a_name_of_its_own(site, lines):
    log = lines("json")
    for _ in range(3):
        ask(site, "/en/tips/", x_request_id="not-of-a-proxy")
    names = {json.loads(line)["request_id"] for line in log.getvalue().splitlines()}
    assert len(names) == 3
    assert all(re.fullmatch("[0-9a-f]{16}", name) for name in names)


@pytest.mark.parametrize("log_format", FORMATTERS)
def test_no_log_says_who_asked_or_what_for(site, lines, article, log_format):
    log = lines(log_format)
    article.status = "draft"
    article.save()
    secret = publishing.preview_url(article, "fi")
    asked = [secret, "/en/search/?q=hunter2", "/en/ann@example.org/", "/en/%D0%90%D0%BD%D0%BD%D0%B0/"]
    for path_ in asked:
        ask(site, path_, peer="10.0.0.1", x_forwarded_for="203.0.113.9", cookie="sessionid=hunter2", referer="hunter2")
    text = log.getvalue()
    assert sum("/*/" in line for line in text.splitlines()) == 3
    for private in (secret.split("/")[3], "hunter2", "ann@", "203.0.113.9", "10.0.0.1", "Анна"):
        assert private not in text


@pytest.mark.parametrize("log_format", FORMATTERS)
def test_nobody_forges_a_line(site, lines, log_format):
    log = lines(log_format)
    ask(site, "/en/%0D%0A2026-01-01%20ERROR%20forged/")
    ask(site, "/en/broken/x/")
    logging.getLogger("someone").error("%s", FORGED)
    for line in log.getvalue().split("\n"):
        assert not line.startswith("2026-01-01 ERROR")
    for control in ("\r", "\x1b", "\u2028"):
        assert control not in log.getvalue()


def test_a_fault_is_one_line_of_json_with_its_traceback(site, lines):
    log = lines("json")
    answer = ask(site, "/en/broken/ann@example.org/")
    fault, access = map(json.loads, log.getvalue().splitlines())
    assert fault["message"] == "Internal Server Error: /en/broken/*/"
    assert "in broken\n" in fault["traceback"]
    assert fault["request_id"] == access["request_id"] == answer.headers["X-Request-ID"]
    assert access["status"] == 500


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_fault_names_what_the_log_names_and_nothing_else_of_it(site, lines, language):
    log = lines("json")
    answer = ask(site, f"/{language}/broken/x/")
    page = answer.body.decode()
    reference = json.loads(log.getvalue().splitlines()[0])["request_id"]
    with override(language):
        assert f"<p>{gettext('Reference:')} <code>{reference}</code></p>" in page
    assert f'<html lang="{language}">' in page
    for detail in ("ValueError", "forged", "Traceback", ".py"):
        assert detail not in page


def test_what_isnt_there_is_no_fault(site, lines, caplog):
    caplog.set_level("WARNING", "retention.access_log")
    log = lines("line")
    assert ask(site, "/wp-login.php").status == 404
    assert log.getvalue() == ""


@pytest.mark.parametrize(
    ("path_", "expected"),
    [
        ("/en/tips/greet-first/", "/en/tips/greet-first/"),
        ("/static/css/page.0123456789ab.css", "/static/css/page.0123456789ab.css"),
        ("/en/preview/abc/", "/en/preview/*/"),
        ("/en/preview/abc/preview/abc", "/en/preview/*/preview/*"),
        ("/" + "x" * 81, "/*"),
        ("/a b/", "/*/"),
        ("//evil/..;/", "//evil/*/"),
        ("", ""),
    ],
)
def test_of_a_path_only_what_can_be_ours_is_shown(path_, expected):
    assert shown(path_) == expected


def test_a_path_of_any_length_is_a_short_line():
    assert len(shown("/a" * 100_000)) <= 500


def test_the_server_logs_as_it_is_told(database_url, tmp_path):
    log = tmp_path / "log"
    with serving(database_url, log, LOG_FORMAT="json", ACCESS_LOG="true", TRUSTED_PROXIES="127.0.0.1") as (site, _):
        for _ in range(2):
            assert get(f"{site}/en/?q=hunter2", x_request_id="d41d8cd98f00").status == 200
        # What gunicorn refuses itself
        assert get(f"{site}/en/?q={'a' * 5000}").status == 414
        assert get(f"{site}/en/", cookie="a" * 9000).status == 431
    told = [json.loads(line) for line in log.read_text().splitlines() if line.startswith("{")]
    first, second = (each for each in told if each["request_id"] == "d41d8cd98f00")
    assert (first["cache"], second["path"]) == ("fwd=miss", "/en/")
    for private in ("hunter2", "127.0.0.1"):
        assert private not in str(told)


def test_of_a_fault_before_the_program_nobody_is_told_what_was_asked(lines):
    log = lines("line")
    client = ("203.0.113.7", 1)
    (request,) = RequestParser(Config(), [b"GET /ann@example.org/?q=hunter2 HTTP/1.0\r\n\r\n"], client)
    worker = PatientWorker(0, 0, [], None, 0, Config(), logging.getLogger("gunicorn.error"))
    ours, theirs = socket.socketpair()
    with ours, theirs, closing(worker.tmp):
        worker.handle_error(request, ours, client, ValueError(FORGED))
        answer = Answer(theirs.recv(4096), 0)
    first, *traceback = log.getvalue().splitlines()
    assert first.endswith("Error handling GET /*/")
    assert all(line.startswith("    ") for line in traceback)
    assert "203.0.113.7" not in log.getvalue()
    assert answer.status == 500
    assert "Something broke on our side" in answer.body.decode()
    assert "forged" not in answer.body.decode()
