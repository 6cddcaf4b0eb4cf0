"""The search in a real browser: as a plain form, and with suggestions while typing."""

import re

import pytest
from playwright.sync_api import Page, expect

from .screens import at_widths, fits

QUERIES = {"en": "complaining", "fi": "valituksista", "et": "kaebustega", "ru": "жалобами", "hy": "բողոքներին"}


@pytest.mark.parametrize("language", QUERIES)
def test_the_results_fit_on_every_screen(page: Page, language):
    page.goto(f"/{language}/search/?q={QUERIES[language]}")
    for width in at_widths(page, 320, 768, 1280):
        expect(page.locator(".rows mark").first).to_be_visible()
        assert fits(page), width


def test_the_form_works_without_a_script(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/fi/")
    page.get_by_role("searchbox").fill("valituksista")
    page.get_by_role("searchbox").press("Enter")
    expect(page.locator(".row-title").first).to_contain_text("valituksesta")
    expect(page.get_by_role("searchbox")).to_have_value("valituksista")
    context.close()


def test_a_suggestion_is_chosen_by_keyboard(page: Page):
    page.goto("/en/")
    field = page.get_by_role("combobox")
    field.press_sequentially("complai")
    options = page.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", "suggestion-0")
    field.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", "suggestion-0")
    field.press("ArrowUp")
    expect(options.last).to_have_attribute("aria-selected", "true")
    title = options.last.inner_text()
    field.press("Enter")
    expect(page.locator("main")).to_contain_text(title)


def test_a_suggestion_is_chosen_by_mouse(page: Page):
    page.goto("/ru/")
    page.get_by_role("combobox").press_sequentially("жалоб")
    option = page.get_by_role("option").first
    title = option.inner_text()
    option.click()
    expect(page.locator("main")).to_contain_text(title)


def test_escape_and_leaving_close_the_suggestions(page: Page):
    page.goto("/en/")
    field = page.get_by_role("combobox")
    field.press_sequentially("compl")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    field.press_sequentially("a")
    expect(page.get_by_role("listbox")).to_be_visible()
    field.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_enter_without_a_choice_searches(page: Page):
    page.goto("/en/")
    field = page.get_by_role("combobox")
    field.press_sequentially("complaints")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("Enter")
    expect(page).to_have_url(re.compile(r"/en/search/\?q=complaints$"))


def test_a_kind_and_a_topic_narrow_the_results(page: Page):
    page.goto("/en/search/?q=complaints")
    page.get_by_role("navigation", name="Kind").get_by_role("link", name="Rules").click()
    expect(page.locator(".row .kind").first).to_have_text("rule")
    page.get_by_role("navigation", name="Topic").get_by_role("link", name="Listening and complaints").click()
    expect(page.locator(".facets [aria-current]")).to_contain_text(["Rules", "Listening and complaints"])
