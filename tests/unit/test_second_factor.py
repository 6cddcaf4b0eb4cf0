"""The second step: an app on the phone, recovery codes, and a desk that asks for them."""

import datetime as dt
import re
import time

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from articles.languages import LANGUAGES
from retention.audit.models import Event, Kind

from .pages import Page

pytestmark = pytest.mark.django_db

PASSWORD = "a long enough password"
LOGIN, CODE, RECOVERY = reverse("admin:login"), reverse("admin:code"), reverse("admin:recovery_code")
TWO_STEP, DESK, WORK = reverse("admin:two_step"), reverse("admin:index"), reverse("admin:work")


@pytest.fixture
def editor(django_user_model) -> User:
    return django_user_model.objects.create_user("maria", password=PASSWORD, is_staff=True)


def code_of(user: User, steps: int = 0) -> str:
    """Return what the app of `user` shows, so many steps of half a minute from now."""
    app = TOTPDevice.objects.get(user=user)
    totp = TOTP(app.bin_key, app.step, app.t0, app.digits)
    totp.time = time.time() + steps * app.step
    return f"{totp.token():06}"


def forget_last_code(user: User) -> None:
    """Let half a minute pass for the app of `user`."""
    TOTPDevice.objects.filter(user=user).update(last_t=-1, throttling_failure_count=0)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def begin(client: Client, proof: str = PASSWORD) -> None:
    """Begin to set up a second factor."""
    client.post(reverse("admin:two_step_begin"), {"proof": proof})


def set_up(user: User, client: Client | None = None, proof: str = PASSWORD) -> list[str]:
    """Set up the second factor of `user`, and return the recovery codes."""
    client = client or signed_in(user)
    begin(client, proof)
    response = client.post(reverse("admin:two_step_set_up"), {"code": code_of(user)})
    forget_last_code(user)
    return re.findall(r"<code>([a-z2-7]{4}-[a-z2-7]{4})</code>", response.content.decode())


def half_in(next_page: str = "") -> Client:
    """Return a client that has given the password of the editor."""
    client = Client()
    response = client.post(LOGIN, {"username": "maria", "password": PASSWORD, "next": next_page})
    assert response["Location"].startswith(CODE)
    return client


def is_in(client: Client) -> bool:
    return client.get(DESK).status_code == 200


def test_the_secret_is_shown_as_a_picture_and_as_text(editor):
    client = signed_in(editor)
    begin(client)
    page = client.get(reverse("admin:two_step_set_up")).content.decode()
    app = TOTPDevice.objects.get(user=editor)
    assert "<svg" in page
    assert "style=" not in page.split("<svg")[1].split("</svg>")[0]
    shown = re.search(r'sign-in-secret">([A-Z2-7 ]+)<', page)[1].replace(" ", "")
    assert f"secret={shown}&amp;" in page
    assert "otpauth://totp/Come%20again%3Amaria" in page
    assert not app.confirmed


def test_a_second_factor_is_used_once_a_code_has_come_from_it(editor):
    client = signed_in(editor)
    begin(client)
    page = client.post(reverse("admin:two_step_set_up"), {"code": "000000"})
    assert "That code isn’t right" in page.content.decode()
    assert Client().post(LOGIN, {"username": "maria", "password": PASSWORD})["Location"] != CODE
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert len(set_up(editor, client)) == 10
    assert Event.objects.filter(kind=Kind.FACTOR_ON, person="maria").exists()


def test_after_the_password_a_code_is_asked_for(editor):
    set_up(editor)
    client = half_in(WORK)
    assert not is_in(client)
    response = client.post(f"{CODE}?next={WORK}", {"code": code_of(editor)})
    assert response["Location"] == WORK
    assert is_in(client)
    assert Event.objects.first().detail == "With a code."


def test_the_field_of_a_code_is_filled_in_by_phones(editor):
    set_up(editor)
    field = next(iter(Page(half_in().get(CODE).content.decode()).all("input", name="code")))
    assert (field["autocomplete"], field["inputmode"]) == ("one-time-code", "numeric")


@pytest.mark.parametrize("steps", [-1, 0, 1])
def test_a_clock_may_be_off_by_a_step(editor, steps):
    set_up(editor)
    client = half_in()
    client.post(CODE, {"code": code_of(editor, steps)})
    assert is_in(client)


@pytest.mark.parametrize("code", ["", "abcdef", "-00001", "१२३४५६", "1" * 500, "\0"])
def test_what_is_no_code_lets_nobody_in(editor, code):
    set_up(editor)
    client = half_in()
    assert client.post(CODE, {"code": code}).status_code == 200
    assert not is_in(client)


def test_a_code_holds_once(editor):
    set_up(editor)
    code = code_of(editor)
    half_in().post(CODE, {"code": code})
    client = half_in()
    assert "was used already" in client.post(CODE, {"code": code}).content.decode()
    assert not is_in(client)


def test_a_code_is_typed_with_spaces_too(editor):
    set_up(editor)
    client, code = half_in(), code_of(editor)
    client.post(CODE, {"code": f" {code[:3]} {code[3:]}"})
    assert is_in(client)


def test_a_recovery_code_lets_in_once(editor):
    codes = set_up(editor)
    client = half_in()
    client.post(RECOVERY, {"code": codes[3].upper().replace("-", " ")})
    assert is_in(client)
    assert Event.objects.first().detail == "With a recovery code."
    again = half_in()
    again.post(RECOVERY, {"code": codes[3]})
    assert not is_in(again)
    assert "You have 9 recovery codes left" in client.get(TWO_STEP).content.decode()


def test_nobody_is_asked_for_a_code_who_hasnt_given_a_password(client, editor):
    set_up(editor)
    for path in (CODE, RECOVERY):
        for answer in (client.get(path), client.post(path, {"code": code_of(editor)})):
            assert answer["Location"] == LOGIN
    assert not is_in(client)


def test_a_password_holds_ten_minutes_for_a_code(editor, clock):
    set_up(editor)
    client = half_in()
    clock(timezone.now() + dt.timedelta(minutes=11))
    assert client.post(CODE, {"code": code_of(editor)})["Location"] == LOGIN
    assert not is_in(client)


@pytest.mark.parametrize("change", [{"is_active": False}, {"is_staff": False}, {"password": "!"}])
def test_who_has_lost_the_way_in_meanwhile_isnt_let_in_by_a_code(editor, change):
    set_up(editor)
    client = half_in()
    User.objects.filter(pk=editor.pk).update(**change)
    assert client.post(CODE, {"code": code_of(editor)})["Location"] == LOGIN


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_a_code_leads_to_no_other_site(editor, address):
    set_up(editor)
    client = half_in(address)
    response = client.post(CODE, {"code": code_of(editor), "next": address}, query_params={"next": address})
    assert response["Location"] == DESK


def test_wrong_codes_make_wait_and_lock_out(editor):
    set_up(editor)
    client = half_in()
    client.post(CODE, {"code": "000000"})
    page = client.post(CODE, {"code": code_of(editor)})
    assert "too many wrong codes" in page.content.decode()
    for _time in range(4):
        TOTPDevice.objects.update(throttling_failure_count=0)
        page = client.post(CODE, {"code": "000000"})
    assert page.status_code == 429
    TOTPDevice.objects.update(throttling_failure_count=0)
    assert client.post(CODE, {"code": code_of(editor)}).status_code == 429
    assert not is_in(client)


def test_wrong_codes_keep_nobody_out_for_longer_than_20_minutes(editor, clock):
    set_up(editor)
    TOTPDevice.objects.update(
        throttling_failure_count=11, throttling_failure_timestamp=dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    )
    half_in().post(CODE, {"code": "000000"})
    clock(timezone.now() + dt.timedelta(minutes=20))
    client = half_in()
    client.post(CODE, {"code": code_of(editor)})
    assert is_in(client)


def test_a_stolen_session_takes_neither_the_second_factor_nor_new_codes(editor):
    client = signed_in(editor)
    codes = set_up(editor, client)
    for name in ("two_step_off", "two_step_codes"):
        page = client.post(reverse(f"admin:{name}"), {"proof": "guessed"}).content.decode()
        assert "neither your password nor a code" in page
    old = TOTPDevice.objects.get().key
    begin(client)
    assert TOTPDevice.objects.get().key == old
    assert len(codes) == 10


def test_a_stolen_session_sets_up_no_second_factor(editor):
    client = signed_in(editor)
    page = client.post(reverse("admin:two_step_begin"), {"proof": "guessed"}).content.decode()
    assert "That isn’t your password." in page
    assert "a code of the app" not in page
    assert not TOTPDevice.objects.exists()


def test_nor_does_it_end_what_somebody_else_began(editor):
    begin(signed_in(editor))
    client = signed_in(editor)
    for answer in (
        client.get(reverse("admin:two_step_set_up")),
        client.post(reverse("admin:two_step_set_up"), {"code": code_of(editor)}),
    ):
        assert answer["Location"] == TWO_STEP
    assert not TOTPDevice.objects.filter(confirmed=True).exists()


def test_a_password_holds_ten_minutes_for_an_app(editor, clock):
    client = signed_in(editor)
    begin(client)
    clock(timezone.now() + dt.timedelta(minutes=11))
    page = client.get(reverse("admin:two_step_set_up"), follow=True)
    assert page.redirect_chain == [(TWO_STEP, 302)]
    assert "It holds for ten minutes." in page.content.decode()


def test_guessing_for_a_proof_locks_out(editor):
    client = signed_in(editor)
    set_up(editor, client)
    answers = [client.post(reverse("admin:two_step_off"), {"proof": f"guess {number}"}) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429, 429]


@pytest.mark.parametrize("by", ["password", "code"])
def test_a_second_factor_is_turned_off_by_password_or_code(editor, by):
    client = signed_in(editor)
    set_up(editor, client)
    other = half_in()
    other.post(CODE, {"code": code_of(editor)})
    forget_last_code(editor)
    client.post(reverse("admin:two_step_off"), {"proof": PASSWORD if by == "password" else code_of(editor)})
    assert not TOTPDevice.objects.exists()
    assert is_in(client)
    assert not is_in(other)
    assert Event.objects.filter(kind=Kind.FACTOR_OFF, person="maria").exists()


def test_new_codes_take_the_place_of_old_ones(editor):
    client = signed_in(editor)
    old = set_up(editor, client)
    page = client.post(reverse("admin:two_step_codes"), {"proof": PASSWORD}).content.decode()
    new = re.findall(r"<code>(\w{4}-\w{4})</code>", page)
    assert len(new) == 10
    assert not set(old) & set(new)
    assert "no-store" in client.get(TWO_STEP)["Cache-Control"]
    stranger = half_in()
    stranger.post(RECOVERY, {"code": old[0]})
    assert not is_in(stranger)


def test_where_it_is_required_who_has_none_can_do_nothing_else(editor, settings):
    settings.SECOND_FACTOR = "required"
    client = Client()
    answer = client.post(LOGIN, {"username": "maria", "password": PASSWORD, "next": WORK}, follow=True)
    assert answer.redirect_chain[-1][0] == TWO_STEP
    assert "Everybody at this desk" in answer.content.decode()
    for path in (DESK, WORK, reverse("admin:password_change"), reverse("admin:articles_article_changelist")):
        assert client.get(path).status_code == 302
        assert client.post(path).status_code == 302
    set_up(editor, client)
    assert is_in(client)
    client.post(reverse("admin:two_step_off"), {"proof": PASSWORD})
    assert not is_in(client)


def test_an_administrator_resets_a_colleagues_second_factor(editor, admin_client):
    session = signed_in(editor)
    set_up(editor, session)
    page = admin_client.get(reverse("admin:auth_user_changelist")).content.decode()
    assert "reset_second_factor" in page
    form = {"action": "reset_second_factor", "_selected_action": [editor.pk]}
    admin_client.post(reverse("admin:auth_user_changelist"), form)
    assert not TOTPDevice.objects.exists()
    assert not is_in(session)
    event = Event.objects.get(kind=Kind.FACTOR_RESET)
    assert (event.person, event.title) == ("admin", "maria")


def test_an_administrators_own_second_factor_isnt_reset_without_a_proof(admin_client, admin_user):
    set_up(admin_user, admin_client, "password")
    form = {"action": "reset_second_factor", "_selected_action": [admin_user.pk]}
    admin_client.post(reverse("admin:auth_user_changelist"), form)
    assert TOTPDevice.objects.exists()


def test_secrets_are_shown_to_no_administrator(admin_client, editor):
    set_up(editor)
    for app in ("otp_totp/totpdevice", "otp_static/staticdevice", "axes/accessattempt"):
        assert admin_client.get(f"/admin/{app}/").status_code == 404


def test_somebody_who_has_no_place_at_the_desk_sets_up_nothing(client, django_user_model):
    for name in (
        "two_step",
        "two_step_begin",
        "two_step_set_up",
        "two_step_codes",
        "two_step_off",
        "sign_out_everywhere",
    ):
        assert client.get(reverse(f"admin:{name}"))["Location"].startswith(LOGIN)
    client.force_login(django_user_model.objects.create_user("reader"))
    assert client.post(reverse("admin:two_step_begin"))["Location"].startswith(LOGIN)
    assert not TOTPDevice.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_its_pages_are_in_the_language_of_the_desk(editor, language):
    client = signed_in(editor)
    client.cookies["django_language"] = language
    pages = [client.get(TWO_STEP).content.decode()]
    begin(client)
    pages.append(client.get(reverse("admin:two_step_set_up")).content.decode())
    for page in pages:
        assert f'<html lang="{language}"' in page
        assert ("wo-step sign-in" in page) == (language == "en")
