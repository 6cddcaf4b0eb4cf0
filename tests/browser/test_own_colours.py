"""Colours that readers have set on their device take the place of ours: nothing is told by ours alone."""

import pytest
from playwright.sync_api import Page, expect


@pytest.fixture
def page(page: Page) -> Page:
    page.emulate_media(forced_colors="active")
    return page


def test_the_chosen_suggestion_is_seen(page: Page):
    page.goto("/en/")
    page.get_by_role("combobox").press_sequentially("complai")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    # Otherwise the browser gives all of them the same background.
    expect(page.get_by_role("option", selected=True)).to_have_css("forced-color-adjust", "none")
    expect(page.get_by_role("option", selected=False).first).to_have_css("forced-color-adjust", "auto")


def test_who_follows_a_link_sees_where(page: Page):
    page.goto("/en/tips/")
    for link in ("a[href='/en/figures/']", ".row-title a", ".theme input"):
        page.locator(link).first.focus()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Tab")
        assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", link
    expect(page.locator(".sections [aria-current]")).to_have_css("text-decoration-line", "underline")
