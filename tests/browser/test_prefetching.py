"""Pages are fetched when somebody is about to open them, in browsers that can."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Request

LONG_ENOUGH = 1000  # milliseconds; the browser asks after 200


@pytest.fixture
def fetched_ahead(page: Page) -> list[str]:
    """The paths that the browser asks for before anybody opens them."""
    paths: list[str] = []

    def note(request: Request) -> None:
        if "prefetch" in request.headers.get("sec-purpose", ""):
            paths.append(urlsplit(request.url).path)

    page.context.on("request", note)
    return paths


def hover(link: Locator) -> None:
    link.scroll_into_view_if_needed()
    link.hover()
    link.page.wait_for_timeout(LONG_ENOUGH)


def test_a_page_is_fetched_while_its_link_is_hovered(page: Page, fetched_ahead):
    page.goto("/en/topics/")
    page.wait_for_load_state("networkidle")
    hover(page.locator(".sections a[href='/en/figures/']"))
    hover(page.locator(".languages a[lang=hy]"))
    assert fetched_ahead == ["/en/figures/", "/hy/topics/"]


def test_what_is_costly_or_no_page_waits_until_it_is_opened(page: Page, fetched_ahead):
    page.goto("/en/search/?q=complaint")
    page.wait_for_load_state("networkidle")
    hover(page.locator(".facets a").nth(1))
    hover(page.locator(".footer a[href='/en/feed/']"))
    hover(page.locator(".footer a[href='/en/sheet/']"))
    page.goto("/en/today/")
    page.wait_for_load_state("networkidle")
    hover(page.locator("a.address"))
    assert fetched_ahead == []


def test_browsers_are_told_what_may_be_fetched(page: Page):
    told = page.goto("/en/").headers["speculation-rules"]
    rules = page.request.get(told.strip('"'))
    assert rules.headers["content-type"] == "application/speculationrules+json"
    assert rules.json().keys() == {"prefetch"}
