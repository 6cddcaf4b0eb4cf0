"""When a session ends."""

import datetime as dt
import os
import subprocess
import sys

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from retention.audit.models import Event, Kind
from retention.sign_in.models import Session

from ..server import ROOT

pytestmark = pytest.mark.django_db

DESK = reverse("admin:index")
PASSWORD = "a long enough password"
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def editor(django_user_model) -> User:
    return django_user_model.objects.create_user("maria", password=PASSWORD, is_staff=True)


@pytest.fixture
def start(clock) -> dt.datetime:
    start = timezone.now()
    clock(start)
    return start


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def is_in(client: Client) -> bool:
    return client.get(DESK).status_code == 200


def test_a_session_that_is_left_alone_ends(editor, start, clock, settings):
    client = signed_in(editor)
    clock(start + dt.timedelta(seconds=settings.SESSION_IDLE_LIMIT - 1))
    assert is_in(client)
    clock(start + 2 * dt.timedelta(seconds=settings.SESSION_IDLE_LIMIT))
    assert not is_in(client)


def test_a_session_that_is_used_ends_too_when_it_is_old(editor, start, clock, settings):
    client, age = signed_in(editor), dt.timedelta()
    while age < dt.timedelta(seconds=settings.SESSION_LIMIT) - 6 * HOUR:
        age += 6 * HOUR
        clock(start + age)
        assert is_in(client), age
    clock(start + dt.timedelta(seconds=settings.SESSION_LIMIT + 1))
    assert not is_in(client)


def test_the_use_of_a_session_isnt_written_down_at_each_request(editor, start, clock, django_assert_num_queries):
    client = signed_in(editor)
    before = Session.objects.get(user=editor).expire_date
    clock(start + dt.timedelta(minutes=4))
    assert is_in(client)
    assert Session.objects.get(user=editor).expire_date == before
    clock(start + dt.timedelta(minutes=6))
    assert is_in(client)
    assert Session.objects.get(user=editor).expire_date > before


def test_readers_pages_look_at_no_session(editor, start, clock, client):
    client = signed_in(editor)
    clock(start + HOUR)
    answer = client.get("/en/")
    assert not answer.cookies
    assert Session.objects.get(user=editor).expire_date < start + 13 * HOUR


def test_another_password_ends_the_other_sessions(editor):
    here, there = signed_in(editor), signed_in(editor)
    new = {"old_password": PASSWORD, "new_password1": "entirely another 1", "new_password2": "entirely another 1"}
    assert here.post(reverse("admin:password_change"), new).status_code == 302
    assert is_in(here)
    assert not is_in(there)
    assert Event.objects.get(kind=Kind.PASSWORD_CHANGED).person == "maria"


def test_guessing_at_the_old_password_locks_out(editor):
    client = signed_in(editor)
    new = {"old_password": "guess", "new_password1": "entirely another 1", "new_password2": "entirely another 1"}
    answers = [client.post(reverse("admin:password_change"), new).status_code for _time in range(6)]
    assert answers == [200, 200, 200, 200, 429, 429]


def test_signing_out_everywhere_ends_all_sessions_of_a_person(editor, admin_client):
    here, there = signed_in(editor), signed_in(editor)
    assert here.post(reverse("admin:sign_out_everywhere"))["Location"] == reverse("admin:login")
    assert not is_in(here)
    assert not is_in(there)
    assert is_in(admin_client)
    assert Event.objects.filter(kind=Kind.SESSIONS_ENDED, person="maria").exists()


def test_who_goes_is_signed_out(editor):
    client = signed_in(editor)
    editor.delete()
    assert not is_in(client)
    assert not Session.objects.exists()


def test_signing_in_makes_another_key(editor):
    client = Client()
    client.get(reverse("admin:login"))
    client.cookies["sessionid"] = "a" * 32
    client.post(reverse("admin:login"), {"username": "maria", "password": PASSWORD})
    assert client.cookies["sessionid"].value != "a" * 32
    assert is_in(client)


def test_behind_tls_cookies_are_of_this_host_and_secure():
    cookies = [f"{cookie}_COOKIE_{what}" for cookie in ("SESSION", "CSRF") for what in ("NAME", "SECURE")]
    program = f"from django.conf import settings; print([getattr(settings, n) for n in {cookies}])"
    tls = os.environ | {"BEHIND_TLS": "true", "TRUSTED_PROXIES": "127.0.0.1"}
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", program]
    done = subprocess.run(command, cwd=ROOT, env=tls, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "['__Host-sessionid', True, '__Host-csrftoken', True]"


def test_what_has_ended_is_forgotten(editor, start, clock):
    signed_in(editor)
    clock(start + 24 * HOUR)
    call_command("forget")
    assert not Session.objects.exists()
