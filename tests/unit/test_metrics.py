"""What operators count, and who gets to see it."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from retention.counters import Counters
from retention.networks import Networks
from retention.proxies import Proxies

from .requests import ask

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(one_connection) -> Proxies:
    return Proxies(get_wsgi_application(), Networks(["10.0.0.1"]))


def measured(site: Proxies) -> dict[tuple, float]:
    """Return each sample of the metrics by its name and labels, as Prometheus reads it."""
    text = ask(site, "/metrics").body.decode()
    families = list(text_string_to_metric_families(text))
    assert all(family.documentation and family.type != "unknown" for family in families)
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value for family in families for sample in family.samples
    }


def growth(site: Proxies, *paths: str) -> dict[tuple, float]:
    """Return what has become more by asking for these paths."""
    before = measured(site)
    for path in paths:
        ask(site, path)
    return {name: value - before.get(name, 0) for name, value in measured(site).items() if value > before.get(name, 0)}


def test_requests_are_counted_by_kind_and_status(site):
    grown = growth(site, "/en/tips/", "/fi/tips/", "/en/tips/nothing/", "/nothing", "/admin/", "/static/nothing.css")
    requests = {name[1:]: value for name, value in grown.items() if name[0] == "retention_requests_total"}
    assert requests == {
        (("kind", "tips"), ("status", "2xx")): 2,
        (("kind", "tip"), ("status", "4xx")): 1,
        (("kind", "unknown"), ("status", "4xx")): 1,
        (("kind", "desk"), ("status", "3xx")): 1,
        (("kind", "static"), ("status", "4xx")): 1,
        (("kind", "metrics"), ("status", "2xx")): 1,
    }


def test_times_are_a_histogram(site):
    grown = growth(site, "/en/tips/", "/en/tips/")
    name, kind = "retention_request_duration_seconds", ("kind", "tips")
    assert grown[f"{name}_count", kind] == grown[f"{name}_bucket", kind, ("le", "+Inf")] == 2
    assert 0 < grown[f"{name}_sum", kind] < 60
    buckets = [value for each, value in measured(site).items() if each[:2] == (f"{name}_bucket", kind)]
    assert buckets == sorted(buckets)


def test_errors_of_the_database_are_counted(site, monkeypatch):
    def fail(*args):
        raise OperationalError("away")

    monkeypatch.setattr("articles.questions.topics_counted", fail)
    grown = growth(site, "/en/topics/")
    assert grown["retention_database_errors_total",] == 1
    monkeypatch.setattr("articles.questions.topics_counted", lambda *args: 1 / 0)
    assert ("retention_database_errors_total",) not in growth(site, "/en/topics/")


def test_it_tells_which_program_runs_and_what_it_takes(site):
    told = measured(site)
    (info,) = (dict(name[1:]) for name in told if name[0] == "retention_build_info")
    assert info.keys() == {"program", "python", "django"}
    assert told["retention_processes",] >= 1
    assert told["retention_memory_bytes",] > 10_000_000
    assert told["retention_start_time_seconds",] > 1_700_000_000


def test_processes_count_together_and_threads_lose_nothing():
    counters = Counters(("one", "other"))
    counters.add(0)
    child = os.fork()
    if not child:
        counters.add(0)
        counters.add(1, 5)
        os._exit(0)
    os.waitpid(child, 0)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: counters.add(1), range(1000)))
    assert counters.sums() == {"one": 2, "other": 1005}
    assert set(counters.processes()) == {os.getpid(), child}


@pytest.mark.parametrize(
    ("peer", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("203.0.113.9", {}, 404),
        ("", {}, 404),
        ("10.0.0.1", {"x_forwarded_for": "127.0.0.1"}, 200),
        ("10.0.0.1", {"x_forwarded_for": "203.0.113.9"}, 404),
        ("10.0.0.1", {}, 404),
        # A proxy on the same machine that nobody has named
        ("127.0.0.1", {"x_forwarded_for": "203.0.113.9"}, 404),
        ("127.0.0.1", {"x_forwarded_proto": "https"}, 404),
        ("203.0.113.9", {"x_forwarded_for": "127.0.0.1", "forwarded": "for=127.0.0.1"}, 404),
    ],
)
def test_metrics_are_there_for_the_machine_itself_alone(site, peer, headers, status):
    assert ask(site, "/metrics", peer=peer, **headers).status == status


def test_others_may_be_allowed_to_see_them(settings):
    settings.METRICS_ALLOWED = Networks(["192.0.2.0/24"])
    assert Client(REMOTE_ADDR="192.0.2.7").get("/metrics").status_code == 200
    assert Client(REMOTE_ADDR="127.0.0.1").get("/metrics").status_code == 404


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_a_server_is_asked_by_its_address(site, path):
    assert ask(site, path, host="172.31.250.5:8000").status == 200
    assert ask(site, "/en/", host="172.31.250.5:8000").status == 400


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_a_server_is_asked_without_tls(settings, path):
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get(path).status_code == 200
    assert Client().get("/en/").status_code == 301
