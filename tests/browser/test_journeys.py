"""Journeys through the site in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from .signing_in import fill_in, sign_in

LANGUAGES = ("en", "fi", "et", "ru", "hy")


def test_the_language_is_switched_on_an_article(page: Page):
    page.goto("/en/articles/")
    page.locator(".card-title a").first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    for language in ("fi", "et", "ru", "hy", "en"):
        page.locator(f".languages a[lang={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator(".item")).to_have_count(10)
    expect(page.locator("h1")).to_have_text("Seven steps to customer loyalty")


def test_tips_are_filtered_by_topic(page: Page):
    page.goto("/en/tips/")
    expect(page.locator(".row")).to_have_count(26)
    page.get_by_role("navigation", name="Topic").get_by_role("link", name="Making it easy").click()
    expect(page.locator(".row")).to_have_count(2)
    expect(page.locator(".facets [aria-current]")).to_have_text("Making it easy")
    page.locator(".languages a[lang=ru]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator(".row")).to_have_count(2)
    page.go_back()
    page.get_by_role("link", name="All topics").click()
    expect(page.locator(".row")).to_have_count(26)


def follow_by_keyboard(page: Page, selector: str) -> None:
    """Press Tab until the link is focused, which must be visible then, and Enter."""
    for _press in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            break
    focused = page.locator(":focus")
    expect(focused).to_be_visible()
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    left = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != left)


def test_every_page_is_reached_with_the_keyboard_alone(page: Page):
    page.goto("/fi/")
    for section in ("articles", "tips", "rules", "mistakes", "topics", "figures"):
        follow_by_keyboard(page, f".sections a[href='/fi/{section}/']")
        assert page.url.endswith(f"/fi/{section}/")
    page.goto("/fi/articles/")
    follow_by_keyboard(page, ".card:nth-of-type(5) .card-title a")
    expect(page.locator(".item")).to_have_count(13)
    follow_by_keyboard(page, ".item:nth-of-type(3) h2 a")
    expect(page.locator(".advice")).to_be_visible()
    follow_by_keyboard(page, ".turn a[rel=next]")
    follow_by_keyboard(page, ".topic-links a")
    expect(page.locator(".rows")).to_be_visible()
    follow_by_keyboard(page, ".languages a[lang=hy]")
    expect(page.locator("html")).to_have_attribute("lang", "hy")
    follow_by_keyboard(page, ".footer a[href='/hy/figures/']")


def test_the_first_tab_skips_to_the_content(page: Page):
    page.goto("/et/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


BROKEN_WORDS = """() => {
  const broken = [];
  for (const heading of document.querySelectorAll("h1, h2, h3, .numeral, .sections a")) {
    const nodes = document.createTreeWalker(heading, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode()) {
      for (const word of nodes.currentNode.data.matchAll(/[^\\s\\-–—]+/g)) {
        const range = document.createRange();
        range.setStart(nodes.currentNode, word.index);
        range.setEnd(nodes.currentNode, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (lines.size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_heading_breaks_within_a_word(page: Page, language):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"/{language}/articles/")
    paths = page.locator(".card a").evaluate_all("links => links.map(link => link.pathname)")
    assert len(paths) == 5 + 53
    for path in paths:
        page.goto(path, wait_until="domcontentloaded")
        assert page.evaluate(BROKEN_WORDS) == [], path


def test_an_editor_changes_an_estonian_tip_and_the_site_shows_it(page: Page, editor):
    page.goto("/admin/articles/advice/?q=Choose+the+right+people")
    fill_in(page, editor)
    page.locator("#result_list th.field-title a").first.click()
    tabs = page.get_by_role("tablist")
    expect(tabs.get_by_role("tab")).to_have_count(5)
    expect(page.locator("#id_title_en")).to_be_visible()
    expect(page.locator("#id_title_et")).to_be_hidden()
    tabs.get_by_role("tab", name="Eesti").click()
    expect(page.locator("#id_title_en")).to_be_hidden()
    page.locator("#id_title_et").fill("Vali inimesi hoolega")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator("#id_title_et")).to_be_visible()
    page.goto("/et/tips/")
    expect(page.get_by_role("link", name="Vali inimesi hoolega")).to_be_visible()


def test_an_error_in_a_hidden_tab_is_flagged_and_shown(page: Page, editor):
    sign_in(page, editor, "/admin/articles/topic/add/")
    page.get_by_role("tab", name="Հայերեն").click()
    page.locator("#id_slug_hy").fill("Ոչ լատինատառ")
    page.locator("#id_name_hy").fill("Թեմա")
    page.get_by_role("tab", name="English").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("tab", name="Հայերեն")).to_have_class("has-error")
    expect(page.locator(".errorlist").filter(has_text="Latin letters")).to_be_visible()
