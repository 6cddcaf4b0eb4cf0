"""What can't be answered is refused in words, in the language of whoever asked."""

import pytest
from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.test import Client
from django.utils.translation import gettext, override

from articles.models import Topic

from .test_admin import url


@pytest.fixture
def away(monkeypatch):
    """A database that can't be asked."""

    def fail(*args, **kwargs):
        raise OperationalError("database or disk is full")

    monkeypatch.setattr("articles.questions.topics_counted", fail)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_readers_are_told_in_their_language_that_the_database_is_away(away, language):
    response = Client(raise_request_exception=False).get(f"/{language}/topics/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    with override(language):
        assert gettext("We’ll be back in a moment") in response.content.decode()
    assert "Set-Cookie" not in response.headers


def test_editors_are_told_that_it_may_not_have_been_saved(admin_client, topic, monkeypatch):
    admin_client.raise_request_exception = False
    admin_client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fi"

    def fail(*args, **kwargs):
        raise InterfaceError("connection already closed")

    monkeypatch.setattr(Topic, "save", fail)
    form = admin_client.get(url(Topic, "change", topic.pk)).context["adminform"].form.initial
    sent = {name: value for name, value in form.items() if value is not None} | {"name_en": "Other"}
    response = admin_client.post(url(Topic, "change", topic.pk), sent)
    assert response.status_code == 503
    with override("fi"):
        assert gettext("We’ll be back in a moment") in response.content.decode()
