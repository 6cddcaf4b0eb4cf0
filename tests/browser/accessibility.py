"""What axe, the accessibility checker, finds on a page that a browser shows."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

EVERYBODY = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# All that a change of colours can change.
COLOURS = ["color-contrast", "link-in-text-block"]
# Django's admin has targets of less than 24 px, which the guidelines ask for since 2.2.
DESK = [tag for tag in EVERYBODY if tag != "wcag22aa"]
SERIOUS = ("serious", "critical")
SCRIPT = Axe().axe_script
# Style sheets aren't read beforehand: the content security policy of the page doesn't let axe do that.
RUN = """([part, wanted]) => axe.run(part, {runOnly: wanted, resultTypes: ["violations"], preload: false})
  .then(({violations}) => violations.flatMap(({id, impact, help, nodes}) => nodes.map(({target, html}) =>
    [impact, `${id} (${help}): ${target.join(" ")} ${html.slice(0, 160)}`])))"""


def violations(page: Page, wanted: list[str] = EVERYBODY, part: str = "html") -> list[str]:
    """Return the rule and the element of whatever stands in somebody's way; `wanted` are rules, or tags of rules."""
    return [fault for _impact, fault in found(page, wanted, part)]


def serious_violations(page: Page, part: str = "html") -> list[str]:
    """Return what is serious for people who use a screen reader or can't see well, at the desk."""
    return [fault for impact, fault in found(page, DESK, part) if impact in SERIOUS]


def found(page: Page, wanted: list[str], part: str) -> list[tuple[str, str]]:
    # A click waits until the next page begins, not until there is anything on it.
    page.wait_for_load_state()
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(SCRIPT)
    return page.evaluate(RUN, [part, wanted])
