"""Who gets in by a password, and who is locked out."""

import datetime as dt

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from articles.languages import LANGUAGES
from retention import settings as as_set
from retention.audit.models import Event, Kind

pytestmark = pytest.mark.django_db

LOGIN = reverse("admin:login")
PASSWORD = "a long enough password"
HOME, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture
def editor(django_user_model) -> User:
    return django_user_model.objects.create_user("maria", password=PASSWORD, is_staff=True)


def attempt(name: str = "maria", password: str = "wrong", address: str = HOME, **headers):
    return Client().post(LOGIN, {"username": name, "password": password}, REMOTE_ADDR=address, headers=headers)


def fail(times: int, name: str = "maria", address: str = HOME) -> None:
    for _time in range(times):
        attempt(name, address=address)


def is_let_in(response) -> bool:
    return response.status_code == 302


def test_a_right_password_lets_in_and_is_told_to_the_audit_log(editor):
    assert is_let_in(attempt(password=PASSWORD))
    event = Event.objects.get(kind=Kind.SIGNED_IN)
    assert (event.person, event.network) == ("maria", "192.0.2.0/24")


def test_five_wrong_passwords_lock_out_from_that_address_alone(editor):
    fail(4)
    assert attempt().status_code == 429
    assert attempt(password=PASSWORD).status_code == 429
    assert is_let_in(attempt(password=PASSWORD, address=ELSEWHERE))


def test_a_right_password_in_between_forgets_the_wrong_ones(editor):
    fail(4)
    assert is_let_in(attempt(password=PASSWORD))
    fail(4)
    assert is_let_in(attempt(password=PASSWORD))


def test_spraying_many_names_from_one_address_locks_that_out(editor):
    for number in range(20):
        attempt(f"nobody-{number}")
    assert attempt(password=PASSWORD).status_code == 429
    assert is_let_in(attempt(password=PASSWORD, address=ELSEWHERE))


def guess_from_everywhere(name: str = "maria") -> None:
    for number in range(30):
        attempt(name, address=f"203.0.{number}.5")


def test_guessing_at_one_name_from_everywhere_locks_the_name_out(editor):
    guess_from_everywhere()
    assert attempt(password=PASSWORD).status_code == 429


def test_whoever_was_here_lately_isnt_locked_out_from_elsewhere(editor):
    attempt(password=PASSWORD)
    guess_from_everywhere()
    assert attempt(password=PASSWORD, address=ELSEWHERE).status_code == 429
    assert is_let_in(attempt(password=PASSWORD, address="192.0.2.99"))


def test_addresses_of_one_home_count_as_one(editor):
    for number in range(1, 6):
        attempt(address=f"2001:db8:1:1::{number}")
    assert attempt(password=PASSWORD, address="2001:db8:1:1::99").status_code == 429
    assert is_let_in(attempt(password=PASSWORD, address="2001:db8:1:2::1"))


def test_a_header_doesnt_make_another_address(editor):
    for number in range(5):
        attempt(**{"X-Forwarded-For": f"203.0.113.{number}"})
    assert attempt(password=PASSWORD, **{"X-Forwarded-For": "203.0.113.77"}).status_code == 429


def test_a_lockout_ends_when_it_says_however_often_somebody_tries_meanwhile(editor, clock, monkeypatch):
    # django-axes has the site's clock by a name of its own.
    monkeypatch.setattr("axes.handlers.proxy.now", lambda: timezone.now())
    start = timezone.now()
    clock(start)
    fail(5)
    clock(start + dt.timedelta(minutes=10))
    answer = attempt()
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) == 5 * 60
    assert "Try again in 5 minutes." in answer.content.decode()
    clock(start + dt.timedelta(minutes=15, seconds=1))
    assert is_let_in(attempt(password=PASSWORD))


def test_nothing_tells_whether_somebody_has_a_name(editor):
    User.objects.create_user("reader", password=PASSWORD)
    pages = [attempt(name).content.decode() for name in ("maria", "nobody", "reader")]
    pages.append(attempt("reader", PASSWORD).content.decode())
    told = {page.replace(name, "").split("errornote")[1].split("</p>")[0] for page in pages for name in ("x",)}
    assert len(told) == 1
    fail(5, "maria", ELSEWHERE)
    fail(5, "nobody", ELSEWHERE)
    locked = [attempt(name, address=ELSEWHERE) for name in ("maria", "nobody")]
    assert [page.status_code for page in locked] == [429, 429]
    assert locked[0].content == locked[1].content


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lockout_is_told_in_the_language_of_the_desk(editor, language):
    fail(5)
    page = attempt(**{"Accept-Language": language}).content.decode()
    with override(language):
        assert f'<html lang="{language}"' in page
    assert ("Locked out" in page) == (language == "en")


def test_a_lockout_is_told_once_and_a_wrong_name_isnt_kept(editor):
    fail(8)
    attempt("my secret password")
    assert Event.objects.filter(kind=Kind.LOCKED_OUT, person="maria").count() == 1
    assert Event.objects.filter(kind=Kind.REFUSED, person="maria").count() == 5
    event = Event.objects.get(kind=Kind.REFUSED, person="")
    assert "secret" not in event.title + event.detail


def test_an_administrator_lifts_a_lockout(editor, admin_client):
    fail(5)
    form = {"action": "let_in_again", "_selected_action": [editor.pk]}
    admin_client.post(reverse("admin:auth_user_changelist"), form)
    assert is_let_in(attempt(password=PASSWORD))
    assert Event.objects.get(kind=Kind.LET_IN_AGAIN).title == "maria"


def test_a_new_password_from_an_administrator_lifts_a_lockout(editor, admin_client):
    fail(5)
    new = {"password1": "entirely another 1", "password2": "entirely another 1", "usable_password": "true"}
    path = reverse("admin:auth_user_password_change", args=[editor.pk])
    assert admin_client.post(path, new | {"set-password": "x"}).status_code == 302
    assert is_let_in(attempt(password="entirely another 1"))
    event = Event.objects.get(kind=Kind.PASSWORD_CHANGED)
    assert (event.person, event.title) == ("admin", "maria")


def test_a_command_lifts_a_lockout(editor):
    from django.core.management import call_command

    fail(5)
    call_command("axes_reset_username", "maria", verbosity=0)
    assert is_let_in(attempt(password=PASSWORD))


def test_a_name_of_no_use_is_refused_as_any_other():
    for name in ("x" * 5000, "\0", "ա" * 150, "'; --"):
        assert attempt(name).status_code == 200
    assert not AccessAttempt.objects.filter(username__startswith="xxx").exists()


def test_passwords_are_kept_by_argon2_and_old_ones_are_kept_anew(editor, settings):
    settings.PASSWORD_HASHERS = as_set.PASSWORD_HASHERS
    editor.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    editor.save()
    assert is_let_in(attempt(password=PASSWORD))
    editor.refresh_from_db()
    assert identify_hasher(editor.password).algorithm == "argon2"
    assert editor.password.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert is_let_in(attempt(password=PASSWORD))
