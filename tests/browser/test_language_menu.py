"""The menu of languages: links to the same page, and with a script to the same place on it."""

import pytest
from playwright.sync_api import Page, expect

PAUSE = 500  # milliseconds, as in the script


@pytest.fixture
def page(page: Page) -> Page:
    page.set_viewport_size({"width": 360, "height": 600})
    return page


def open_article(page: Page, language: str = "en") -> None:
    page.goto(f"/{language}/articles/")
    page.locator(".card-title a").first.click()
    expect(page.locator(".item")).to_have_count(10)


def read(page: Page, selector: str) -> None:
    page.locator(selector).evaluate("item => item.scrollIntoView({behavior: 'instant'})")
    page.wait_for_timeout(3 * PAUSE)


def hash_of_link(page: Page, language: str) -> str:
    return page.locator(f".languages a[lang={language}]").evaluate("link => link.hash")


@pytest.mark.parametrize("language", ["fi", "hy"])
def test_who_reads_an_item_changes_the_language_and_stays_there(page: Page, language):
    open_article(page)
    read(page, ".item >> nth=3")
    page.keyboard.press("Control+Home")
    page.wait_for_timeout(3 * PAUSE)
    page.locator(f".languages a[lang={language}]").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.locator(".item h2").nth(3)).to_be_in_viewport()
    # And back again, by the keyboard.
    page.wait_for_timeout(3 * PAUSE)
    page.locator(".languages a[lang=en]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".item h2").nth(3)).to_be_in_viewport()


def test_who_reads_on_from_the_top_begins_at_the_top(page: Page):
    open_article(page)
    assert hash_of_link(page, "fi") == ""
    read(page, ".item >> nth=3")
    assert hash_of_link(page, "fi") != ""
    page.locator(".article .prose").first.evaluate("text => text.scrollIntoView({behavior: 'instant'})")
    page.wait_for_timeout(3 * PAUSE)
    assert hash_of_link(page, "fi") == ""


def test_side_by_side_the_place_stays_too(page: Page):
    open_article(page)
    page.locator(".beside-links a[lang=et]").click()
    read(page, ".item >> nth=2")
    place = page.locator(".item >> nth=2").get_attribute("id")
    assert hash_of_link(page, "et") == f"#{place}"


def test_a_place_exists_in_every_language(page: Page):
    places = None
    for path in ("articles/", "figures/", "check/"):
        for language in ("en", "fi", "et", "ru", "hy"):
            page.goto(f"/{language}/{path}")
            if path == "articles/":
                page.locator(".card-title a").first.click()
                expect(page.locator(".item")).to_have_count(10)
                page.wait_for_load_state()
            found = page.locator("main :is(section, li, fieldset, figure)[id]").evaluate_all(
                "all => all.map(e => e.id)"
            )
            places = found if language == "en" else places
            assert found == places != []


def test_without_a_script_the_links_lead_to_the_same_page(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    open_article(page)
    page.locator(".languages a[lang=ru]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator(".item")).to_have_count(10)
    assert "#" not in page.url
    context.close()
