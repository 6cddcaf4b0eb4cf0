"""The advice of the day in a real browser: on every screen, without a script, on paper, and as a calendar."""

import re
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from icalendar import Calendar
from playwright.sync_api import Page, expect

from .screens import at_widths, fits

LANGUAGES = ("en", "fi", "et", "ru", "hy")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def advice_shown(page: Page) -> str:
    """Return the address of the card's advice in English."""
    page.locator(".day-card h2 a").click()
    page.locator(".languages a[hreflang=en]").click()
    return page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_today_fits_on_every_screen(page: Page, language):
    page.goto(f"/{language}/today/")
    small = (
        "[...document.querySelectorAll('main a')].filter(a => a.getBoundingClientRect().height < 24 && !a.closest('p'))"
    )
    for width in at_widths(page, 320, 768, 1280):
        expect(page.locator(".day-card h2")).to_be_visible()
        assert fits(page), width
        assert page.evaluate(f"{small}.map(a => a.outerHTML)") == [], width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/hy/today/", "/en/today/2026-10-01/"])
def test_today_is_accessible(page: Page, path, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(path)
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    assert results.violations_count == 0, results.generate_report()


def test_a_team_of_five_languages_reads_the_same_without_a_script(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    read = set()
    for language in LANGUAGES:
        page.goto(f"/{language}/today/")
        read.add(advice_shown(page))
    assert len(read) == 1
    assert context.cookies() == []
    context.close()


def test_tomorrow_is_one_step_ahead_and_one_step_back(page: Page):
    page.goto("/fi/today/")
    today = page.locator(".day-card h2").inner_text()
    tomorrow = page.locator(".week li a").first.inner_text()
    page.get_by_role("link", name=re.compile("^Huomenna")).click()
    expect(page.locator(".day-card h2")).to_have_text(tomorrow)
    page.get_by_role("link", name=re.compile("^Edellinen päivä")).click()
    expect(page.locator(".day-card h2")).to_have_text(today)
    page.get_by_role("link", name="Katso tämän päivän neuvo").click()
    expect(page).to_have_url(re.compile(r"/fi/today/$"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_poster_is_one_sheet(page: Page, language):
    page.goto(f"/{language}/today/")
    sheets = re.findall(rb"/Type /Page\b(?!s)", page.pdf(format="A4", print_background=True))
    assert len(sheets) == 1
    page.emulate_media(media="print")
    for hidden in (".languages", ".search", ".day-turn", ".subscribe"):
        expect(page.locator(hidden)).to_be_hidden()
    for printed in (".day-card h2", ".day-card .today", ".week", ".printed-from"):
        expect(page.locator(printed)).to_be_visible()


def test_the_calendar_has_what_the_page_shows(page: Page, base_url):
    page.goto("/hy/today/")
    date = page.locator(".day-date time").get_attribute("datetime")
    title = page.locator(".day-card h2").inner_text()
    address = page.locator(".subscribe .address").inner_text()
    assert address == f"{base_url}/hy/today.ics"
    with urlopen(address) as response:
        calendar = Calendar.from_ical(response.read())
    (event,) = [event for event in calendar.events if event.start.isoformat() == date]
    assert event["summary"] == title
