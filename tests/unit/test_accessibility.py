"""The accessibility statement."""

import pytest
from django.utils.translation import override

from articles import accessibility
from articles.languages import LANGUAGES

from .pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return request.param


def test_every_page_leads_to_the_statement(client, language):
    for path in ("", "tips/", "no-such-page/"):
        html = client.get(f"/{language}/{path}").content.decode()
        assert f'<a href="/{language}/accessibility/">' in html


def test_the_statement_is_dated_in_the_language_of_the_reader(client, language):
    page = Page(client.get(f"/{language}/accessibility/").content.decode())
    assert page.all("time") == [{"datetime": accessibility.REVIEWED.isoformat()}]
    with override(language):
        assert f"{accessibility.REVIEWED.year}" in page.text_of("time")


def test_who_finds_a_fault_learns_where_to_write(client, settings, language):
    settings.CONTACT_EMAIL = "shop@example.org"
    page = Page(client.get(f"/{language}/accessibility/").content.decode())
    assert page.all("a", href="mailto:shop@example.org")


def test_without_an_address_nobody_is_asked_to_write(client, settings, language):
    settings.CONTACT_EMAIL = ""
    html = client.get(f"/{language}/accessibility/").content.decode()
    assert "mailto:" not in html
    assert 'id="contact"' not in html


def test_the_statement_costs_no_query(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/en/accessibility/")
