"""The database of the unit tests holds the authored content; each test undoes what it changes."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.utils import timezone
from django.utils.translation import override

from articles.models import Advice, Article, Figure, Topic
from retention.audit.triggers import TABLE, TRIGGERS

from .databases import empty_database


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, tmp_path_factory) -> None:
    """A file, as the site has it, since the threads of a test wait for one another only there."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        call_command("load_content", verbosity=0)


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Making a password hard to guess takes most of the time of a test that signs somebody in."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def static_files_as_they_are_asked_for(settings) -> None:
    """Looking at all of them beforehand takes most of the time of the first request of a test."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request leaves its language active; each test begins and ends with that of the code."""
    with override("en"):
        yield


@pytest.fixture(autouse=True)
def log_that_goes_with_the_rest(request) -> Iterator[None]:
    """A test that really commits ends by emptying the database, which the audit log doesn't stand by itself."""
    marker = request.node.get_closest_marker("django_db")
    if not (marker and marker.kwargs.get("transaction")):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        for name in TRIGGERS[connection.vendor]:
            cursor.execute(f"DROP TRIGGER {name}" + (f" ON {TABLE}" if connection.vendor == "postgresql" else ""))


@pytest.fixture
def one_connection(db) -> Iterator[None]:
    """Requests to the WSGI application leave the connection of the test open, as those of Django's client do."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def database_url(tmp_path) -> Iterator[str]:
    """The DATABASE_URL of an empty database, for a site that is served."""
    with empty_database(tmp_path) as url:
        yield url


@pytest.fixture
def clock(monkeypatch) -> Callable[[dt.datetime], None]:
    """Sets the site's clock."""

    def put(moment: dt.datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return put


@pytest.fixture
def article(db) -> Article:
    """A published article that is written in Finnish and English."""
    return Article.objects.create(
        title_fi="Hyvää päivää, asiakas",
        title_en="Good day, customer",
        summary_fi="Tervehdys ratkaisee.",
        introduction_fi="Johdanto.",
        source_language="fi",
        status="published",
        published_at=timezone.now(),
        position=99,
    )


@pytest.fixture
def topic(db) -> Topic:
    return Topic.objects.create(name_en="Greetings", name_fi="Tervehdykset", position=99)


@pytest.fixture
def tip(article: Article, topic: Topic) -> Advice:
    """A tip of `article` on `topic`."""
    advice = Advice.objects.create(
        article=article, kind="tip", title_fi="Tervehdi ensin", title_en="Greet first", body_fi="Sano huomenta."
    )
    advice.topics.add(topic)
    return advice


@pytest.fixture
def figure(article: Article) -> Figure:
    return Figure.objects.create(
        article=article, unit="percent", low=15, high=20, founded="estimate", claim_en="15–20% of greetings fail."
    )
