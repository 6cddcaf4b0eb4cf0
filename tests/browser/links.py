"""Links as a reader follows them."""

from playwright.sync_api import Locator


def follow(link: Locator) -> None:
    """Click a link, and wait until its page has come and its scripts have run: a click alone waits for neither."""
    with link.page.expect_navigation():
        link.click()
