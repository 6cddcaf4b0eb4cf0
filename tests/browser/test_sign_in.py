"""Getting in, in a real browser: by a password, by a code, by a recovery code, and not at all."""

import base64
import re
import time

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import Page, expect

from .accessibility import serious_violations
from .signing_in import fill_in, sign_in

TWO_STEP = "/admin/two-step/"
# What pages say, by language: their heading, and the buttons and fields that the journey needs.
WORDS = {
    "en": {
        "password": "Your password",
        "begin": "Set it up",
        "code": "Code",
        "confirm": "Turn on two-step sign-in",
        "recovery": "Use a recovery code",
        "locked": "Locked out for a while",
    },
    "hy": {
        "password": "Ձեր գաղտնաբառը",
        "begin": "Կարգավորել",
        "code": "Կոդ",
        "confirm": "Միացնել երկքայլ մուտքը",
        "recovery": "Օգտվել պահուստային կոդից",
        "locked": "Մուտքը ժամանակավորապես փակ է",
    },
}


def code_from(key: str, step: int = 0) -> str:
    """Return what an app that was given `key` shows, so many steps of half a minute from now."""
    totp = TOTP(base64.b32decode(key.replace(" ", "")))
    # A code that comes after its half minute is taken for one of a clock that is late, and so are those that follow.
    if time.time() % 30 > 28:
        time.sleep(2)
    totp.time = time.time() + step * 30
    return f"{totp.token():06}"


def speak(page: Page, language: str) -> None:
    page.context.add_cookies([{"name": "django_language", "value": language, "domain": "127.0.0.1", "path": "/admin/"}])


def set_up(page: Page, words: dict[str, str], person: tuple[str, str]) -> tuple[str, list[str]]:
    """Set up the second factor of whoever is signed in; return the key of the app, and the recovery codes."""
    page.goto(TWO_STEP)
    page.get_by_label(words["password"], exact=True).fill(person[1])
    page.get_by_role("button", name=words["begin"], exact=True).click()
    key = page.locator(".sign-in-secret").inner_text()
    page.get_by_label(words["code"], exact=True).fill(code_from(key))
    page.keyboard.press("Enter")
    codes = page.locator(".sign-in-codes code")
    expect(codes).to_have_count(10)
    return key, codes.all_inner_texts()


def log_out(page: Page) -> None:
    page.goto("/admin/")
    page.locator("#logout-form button").click()
    expect(page.locator("#logout-form")).to_have_count(0)


def give_password(page: Page, words: dict[str, str], person: tuple[str, str]) -> None:
    name, password = person
    page.locator("#id_username").fill(name)
    page.locator("#id_password").fill(password)
    page.locator("#login-form [type=submit]").click()


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_two_steps_are_set_up_and_then_lead_in(new_context, editor, language, scripts):
    words = WORDS[language]
    page = new_context(java_script_enabled=scripts).new_page()
    speak(page, language)
    sign_in(page, editor, "/admin/")
    key, codes = set_up(page, words, editor)
    log_out(page)
    page.goto("/admin/articles/topic/")
    give_password(page, words, editor)
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.get_by_label(words["code"], exact=True).fill(code_from(key, 1))
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/admin/articles/topic/$"))
    log_out(page)
    page.goto("/admin/articles/topic/")
    give_password(page, words, editor)
    page.get_by_role("link", name=words["recovery"]).click()
    page.locator("#id_code").fill(codes[0])
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/admin/articles/topic/$"))


@pytest.mark.parametrize("language", WORDS)
def test_who_guesses_is_told_for_how_long_they_are_locked_out(page: Page, complaints, language):
    speak(page, language)
    page.goto("/admin/login/")
    for _time in range(5):
        give_password(page, WORDS[language], ("editor", "wrong"))
    expect(page.get_by_role("heading", level=1, name=WORDS[language]["locked"])).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", language)
    # The browser names each answer that isn't a page found.
    assert all("429" in complaint for complaint in complaints)
    complaints.clear()


def test_what_was_typed_outlives_a_session_with_a_second_step(page: Page, editor, article):
    path, _tips = article
    sign_in(page, editor, path)
    key, _codes = set_up(page, WORDS["en"], editor)
    page.goto(path)
    page.locator("#id_title_en").fill("Typed before the session ended")
    page.wait_for_timeout(600)  # milliseconds: drafts are kept after a pause
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save", exact=True).click()
    fill_in(page, editor)
    page.get_by_label("Code", exact=True).fill(code_from(key, 1))
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("#id_title_en")).to_have_value("Typed before the session ended")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_nothing_serious_stands_in_the_way_of_anybody(page: Page, editor, complaints, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})

    def check(name: str) -> None:
        assert complaints == []
        assert serious_violations(page) == []
        complaints.clear()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        small = page.locator(":is(.sign-in-words, .login #content-main) :is(a, input[type=submit])").evaluate_all(
            "all => all.filter((each) => each.getBoundingClientRect().height < 24).map((each) => each.outerHTML)"
        )
        assert small == [], name

    sign_in(page, editor, TWO_STEP)
    check("off")
    page.get_by_label("Your password", exact=True).fill(editor[1])
    page.get_by_role("button", name="Set it up").click()
    check("set up")
    key = page.locator(".sign-in-secret").inner_text()
    page.get_by_label("Code", exact=True).fill(code_from(key))
    page.keyboard.press("Enter")
    expect(page.locator(".sign-in-codes li")).to_have_count(10)
    check("codes")
    page.goto(TWO_STEP)
    check("on")
    page.goto("/admin/audit/event/")
    check("log")
    log_out(page)
    page.goto("/admin/login/")
    fill_in(page, editor)
    expect(page.get_by_label("Code", exact=True)).to_be_visible()
    check("code")
