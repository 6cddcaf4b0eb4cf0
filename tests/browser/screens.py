"""The screens that pages have to fit on."""

from collections.abc import Iterator

from playwright.sync_api import Page

# The heights of elements in pixels, 0 of those that nobody sees.
HEIGHTS = "elements => elements.map(element => element.getBoundingClientRect().height)"


def at_widths(page: Page, *widths: int) -> Iterator[int]:
    """Show the page as it is on one screen after the other; give the width of each."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        yield width


def fits(page: Page) -> bool:
    """Tell whether nobody has to scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")
