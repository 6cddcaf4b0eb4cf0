"""Whom to tell of a hole in the site."""

import datetime as dt

import pytest
from django.utils import timezone
from environs import ValidationError

from retention.environment import contact

pytestmark = pytest.mark.django_db

ADDRESS = "/.well-known/security.txt"


def test_it_says_what_rfc_9116_asks_for(client, settings, clock):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    now = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
    clock(now)
    answer = client.get(ADDRESS)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields.keys() == {"Contact", "Expires", "Preferred-Languages", "Canonical"}
    assert fields["Contact"] == "mailto:security@example.org"
    assert fields["Preferred-Languages"] == "en, fi, et, ru, hy"
    assert fields["Canonical"] == f"http://testserver{ADDRESS}"
    # Less than a year ahead, as the RFC recommends.
    assert dt.timedelta(90) < dt.datetime.fromisoformat(fields["Expires"]) - now < dt.timedelta(365)


def test_it_never_runs_out(client, settings, clock):
    settings.SECURITY_CONTACT = "https://example.org/security"
    first = client.get(ADDRESS).text
    clock(timezone.now() + dt.timedelta(days=300))
    assert client.get(ADDRESS).text != first


def test_without_a_contact_it_isnt_there(client, settings):
    settings.SECURITY_CONTACT = ""
    assert client.get(ADDRESS).status_code == 404


def test_it_is_no_page_for_search_engines(client, settings):
    settings.SECURITY_CONTACT = "mailto:security@example.org"
    for part in ("/sitemap.xml", "/robots.txt"):
        assert "security.txt" not in client.get(part).text


@pytest.mark.parametrize("text", ["security@example.org", "http://example.org/", "mailto:a@b\nExpires: x", "mailto:"])
def test_a_contact_is_an_address_that_can_be_followed(text):
    with pytest.raises(ValidationError):
        contact(text)
