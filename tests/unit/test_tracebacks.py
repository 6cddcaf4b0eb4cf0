"""Which faults are told with their tracebacks."""

import logging

import pytest

from retention.tracebacks import OfOurOwn

pytestmark = pytest.mark.django_db


def test_what_was_asked_wrongly_is_told_without_a_traceback(client, caplog):
    client.get("/en/tips/%00/")
    client.get("/en/", headers={"host": "evil.example"})
    client.post("/admin/login/", "x", content_type="multipart/form-data")
    assert caplog.records
    assert [record.exc_info for record in map(filtered, caplog.records) if record.exc_info] == []


def filtered(record: logging.LogRecord) -> logging.LogRecord:
    assert OfOurOwn().filter(record)
    return record


def test_what_failed_here_keeps_its_traceback(client, caplog, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("articles.views.days", lambda *asked: 1 / 0)
    assert client.get("/en/").status_code == 500
    (record,) = (filtered(record) for record in caplog.records if record.name == "django.request")
    assert record.exc_info[0] is ZeroDivisionError


def test_the_log_of_the_site_is_filtered(settings):
    assert "own_tracebacks" in settings.LOGGING["handlers"]["stderr"]["filters"]
