"""Translators at their desk: from the board to the public page."""

import pytest
from playwright.sync_api import Page, expect

from .accessibility import serious_violations
from .conftest import PASSWORD, shell
from .signing_in import sign_in

OUTDATED = """
from articles.models import Advice
advice = Advice.objects.get(key="welcome-complaints")
source = advice.source_language
setattr(advice, f"body_{source}", getattr(advice, f"body_{source}") + "\\n\\nOne 24 more.")
advice.save()
print(advice.pk, source)
"""


@pytest.fixture
def translators() -> dict[str, tuple[str, str]]:
    """Name and password of the translators into Finnish and Estonian."""
    return {language: (f"translator-{language}", PASSWORD) for language in ("fi", "et")}


@pytest.fixture
def outdated(base_url, database_url) -> str:
    """The primary key of a tip whose source was changed after it was translated."""
    return shell(database_url, OUTDATED).split()[0]


def test_a_translator_finds_an_outdated_tip_and_the_site_shows_the_new_text(page: Page, translators, outdated):
    sign_in(page, translators["et"], "/admin/")
    page.locator("a[href*='language=et']", has_text="out of date: 1").first.click()
    expect(page.get_by_text("1 text is left to do")).to_be_visible()
    page.locator(f"a[href*='/advice/{outdated}/translate/et/']").click()
    expect(page.locator("ins")).to_contain_text("One 24 more.")
    body = page.locator("#id_body_et")
    body.fill(f"{body.input_value()}\n\nVeel 24 korda.")
    page.get_by_role("button", name="Save: it matches the source now").click()
    expect(page.get_by_text("The translation was saved and matches the source.")).to_be_visible()
    page.goto("/admin/")
    expect(page.get_by_text("Nothing. Every text is translated")).to_be_visible()
    page.goto("/et/tips/")
    page.goto(page.locator(".row a[href*='kaebus']").first.get_attribute("href"))
    expect(page.get_by_text("Veel 24 korda.")).to_be_visible()


def test_a_forged_form_of_another_language_is_refused(page: Page, translators, outdated, complaints):
    sign_in(page, translators["fi"], f"/admin/articles/advice/{outdated}/translate/fi/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value")
    headers = {"X-CSRFToken": token, "Referer": page.url}
    form = {"title_ru": "Взлом", "csrfmiddlewaretoken": token}
    for path in ("translate/ru/", "translate/fi/", "change/"):
        address = f"/admin/articles/advice/{outdated}/{path}"
        assert page.request.post(address, form=form, headers=headers).status == 403
    page.goto(f"/admin/articles/advice/{outdated}/change/")
    expect(page.get_by_role("button", name="Save")).to_have_count(0)


def test_a_warning_is_overruled_with_a_reason_and_nothing_typed_is_lost(page: Page, translators, outdated):
    sign_in(page, translators["et"], f"/admin/articles/advice/{outdated}/translate/et/")
    body = page.locator("#id_body_et")
    typed = f"{body.input_value()}\n\nNeed 99 on uued."
    body.fill(typed)
    page.get_by_role("button", name="Save: it matches the source now").click()
    expect(page.get_by_text("numbers that the source lacks: 99")).to_be_visible()
    assert page.locator("#id_body_et").input_value() == typed
    page.get_by_label("Why it is right all the same").fill("Agreed with the editor.")
    page.get_by_role("button", name="Save: it matches the source now").click()
    expect(page.get_by_text("The translation was saved and matches the source.")).to_be_visible()


FINNISH = """
from articles.models import Advice
print(Advice.objects.filter(article__source_language="fi").first().pk)
"""


def test_a_translator_mends_a_slip_in_an_original_and_keeps_translations_valid(page: Page, translators, database_url):
    sign_in(page, translators["fi"], f"/admin/articles/advice/{shell(database_url, FINNISH).strip()}/translate/fi/")
    expect(page.get_by_role("heading", name="Original: Suomi")).to_be_visible()
    body = page.locator("#id_body_fi")
    body.fill(f"{body.input_value()}!")
    expect(page.locator("[data-impact]")).to_have_text("4 translations will be out of date, 1 word changed.")
    page.get_by_label("Translations stay valid").check()
    expect(page.locator("[data-impact]")).to_have_text("0 translations will be out of date, 1 word changed.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The text was saved.")).to_be_visible()
    expect(page.locator(".translate-others .status-current")).to_have_count(4)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_is_open_to_everybody(page: Page, editor, outdated, complaints, scheme):
    page.emulate_media(color_scheme=scheme)
    sign_in(page, editor, "/admin/")
    for path in ("", "work/?language=et", f"articles/advice/{outdated}/translate/et/"):
        page.goto(f"/admin/{path}", wait_until="networkidle")
        assert complaints == []
        assert serious_violations(page) == []
        # What axe itself does isn't allowed by our content security policy.
        complaints.clear()
