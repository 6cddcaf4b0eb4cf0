"""What editors do so that nothing is lost, in a real browser."""

import pytest
from playwright.sync_api import Browser, Page, expect

from .accessibility import serious_violations
from .signing_in import sign_in
from .test_journeys import LANGUAGES


@pytest.fixture
def colleague(browser: Browser, base_url, editor) -> Page:
    """A second editor's browser."""
    context = browser.new_context(base_url=base_url)
    yield context.new_page()
    context.close()


def open_topic(page: Page, editor, name: str) -> None:
    sign_in(page, editor, f"/admin/articles/topic/?q={name}")
    page.locator("#result_list th.field-name a").first.click()


def choose(page: Page, language: str) -> None:
    page.get_by_role("tablist").get_by_role("tab", name=language).click()


def test_two_editors_collide_and_nothing_typed_is_lost(page: Page, colleague: Page, editor):
    open_topic(page, editor, "Care")
    open_topic(colleague, editor, "Care")
    choose(colleague, "English")
    colleague.locator("#id_summary_en").fill("What my colleague wrote")
    colleague.locator("#id_position").fill("3")
    colleague.get_by_role("button", name="Save and continue editing").click()
    expect(colleague.locator(".messagelist .success")).to_be_visible()

    choose(page, "English")
    page.locator("#id_summary_en").fill("What I wrote")
    choose(page, "Eesti")
    page.locator("#id_summary_et").fill("Mida mina kirjutasin")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("editor saved this while you were writing")).to_be_visible()
    expect(page.locator(".collision ins", has_text="colleague")).to_be_visible()
    assert serious_violations(page, ".collision") == []
    choose(page, "English")
    expect(page.locator("#id_summary_en")).to_have_value("What I wrote")
    expect(page.locator("q", has_text="What my colleague wrote")).to_be_visible()
    expect(page.locator("#id_position")).to_have_value("3")
    choose(page, "Eesti")
    expect(page.locator("#id_summary_et")).to_have_value("Mida mina kirjutasin")

    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    choose(page, "English")
    expect(page.locator("#id_summary_en")).to_have_value("What I wrote")


def pages_of(page: Page) -> dict[str, list[str]]:
    """Return the titles of the advice of the first article in each language."""
    titles = {}
    page.goto("/en/articles/")
    page.locator(".card-title a").first.click()
    for language in LANGUAGES:
        page.locator(f".languages a[lang={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        page.wait_for_load_state()
        titles[language] = page.locator("h1, .item h2").all_inner_texts()
    return titles


def test_an_article_is_deleted_and_recovered_with_its_advice_in_five_languages(page: Page, editor):
    before = pages_of(page)
    title = before["en"][0]
    assert len(before["hy"]) == 11
    sign_in(page, editor, "/admin/articles/article/")
    page.locator("#result_list th.field-title a", has_text=title).click()
    page.get_by_role("link", name="Delete").click()
    page.get_by_role("button", name="Yes, I’m sure").click()
    expect(page.locator("#result_list th.field-title a", has_text=title)).to_have_count(0)

    page.get_by_role("link", name="Recover deleted articles").click()
    assert serious_violations(page) == []
    page.get_by_role("link", name=title).click()
    assert serious_violations(page) == []
    page.get_by_role("button", name="Recover").click()
    expect(page.locator(".messagelist .success")).to_contain_text("is back")
    assert pages_of(page) == before


def test_a_version_is_compared_and_restored_with_the_keyboard(page: Page, editor):
    open_topic(page, editor, "Honesty")
    choose(page, "Suomi")
    was = page.locator("#id_name_fi").input_value()
    page.locator("#id_name_fi").fill("Jotain muuta")
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_role("link", name="History").click()
    assert serious_violations(page) == []
    page.get_by_role("button", name="Compare the two").press("Enter")
    expect(page.locator(".history-section ins")).to_contain_text("Jotain muuta")
    expect(page.locator(".history-section del")).to_contain_text(was)
    assert serious_violations(page) == []
    page.get_by_role("link", name="Restore the older version").press("Enter")
    page.get_by_role("button", name="Restore this version").press("Enter")
    expect(page.locator(".messagelist .success")).to_contain_text("is back")
    choose(page, "Suomi")
    expect(page.locator("#id_name_fi")).to_have_value(was)


def test_what_was_typed_into_a_deleted_topic_is_offered_for_copying(page: Page, colleague: Page, editor):
    sign_in(page, editor, "/admin/articles/topic/add/")
    page.locator("#id_name_en").fill("Short-lived")
    page.get_by_role("button", name="Save and continue editing").click()
    sign_in(colleague, editor, page.url.replace("change", "delete"))
    colleague.get_by_role("button", name="Yes, I’m sure").click()
    page.locator("#id_summary_en").fill("A thought that took me an hour")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("deleted this while you were writing")).to_be_visible()
    expect(page.get_by_label("Summary (English)")).to_have_value("A thought that took me an hour")
    assert serious_violations(page) == []
