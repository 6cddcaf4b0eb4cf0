"""Every kind of page in every language, narrow and wide, light and dark: nobody is shut out, and nothing is cut off."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from ..page_types import LANGUAGES, PAGE_TYPES, path_of
from ..server import ROOT
from .accessibility import COLOURS, EVERYBODY, violations

WIDTHS = (1280, 360)
# Dark is light in other colours, as is tested below.
THEMES = {"light": EVERYBODY, "dark": COLOURS}

# What is pressed or filled in, but for links amid other text; a label is pressed for its field.
SMALL_TARGETS = """() => {
  const isAmidText = each => {
    let block = each.parentElement;
    while (getComputedStyle(block).display === "inline") block = block.parentElement;
    const rest = block.cloneNode(true);
    rest.querySelectorAll("a, button").forEach(target => target.remove());
    return getComputedStyle(each).display === "inline" && /\\p{L}/u.test(rest.textContent);
  };
  const isLarge = ({width, height}) => width >= 24 && height >= 24;
  return [...document.querySelectorAll("a[href]:not(.skip-link), button, input, select, textarea, summary")]
    .filter(each => each.checkVisibility({visibilityProperty: true}) && !isAmidText(each))
    .filter(each => ![each, ...each.labels ?? []].some(part => isLarge(part.getBoundingClientRect())))
    .map(each => `smaller than 24 px: ${each.outerHTML.slice(0, 160)}`);
}"""
CUT_OFF = """() => {
  const needed = document.scrollingElement.scrollWidth;
  if (needed <= innerWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter(each => each.getBoundingClientRect().right > innerWidth);
  return [`needs ${needed} px: ${wide.slice(0, 3).map(each => each.outerHTML.slice(0, 100)).join(" ")}`];
}"""
LARGE_TEXT = """() => {
  const root = document.documentElement;
  root.style.fontSize = `${2 * parseFloat(getComputedStyle(root).fontSize)}px`;
}"""


def show(page: Page, width: int, theme: str = "light") -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")


def faults(page: Page, complaints: list[str], path: str) -> Iterator[str]:
    """Open a page and say what is wrong with it, and where."""
    show(page, WIDTHS[0])
    response = page.goto(path)
    # A page that says what is wrong is itself told of by the browser.
    yield from (each for each in complaints if f"status of {response.status}" not in each)
    for width in WIDTHS:
        for theme, wanted in THEMES.items():
            show(page, width, theme)
            yield from (f"{width} px, {theme}: {each}" for each in violations(page, wanted))
        yield from (f"{width} px: {each}" for each in page.evaluate(SMALL_TARGETS) + page.evaluate(CUT_OFF))
    for width in (768, 320):
        show(page, width)
        yield from (f"{width} px: {each}" for each in page.evaluate(CUT_OFF))
    show(page, 640)
    page.evaluate(LARGE_TEXT)
    yield from (f"640 px, letters twice as large: {each}" for each in page.evaluate(CUT_OFF))
    # What axe itself does isn't allowed by our content security policy.
    complaints.clear()


@pytest.mark.parametrize("page_type", PAGE_TYPES)
def test_nobody_is_shut_out_and_nothing_is_cut_off(page: Page, complaints, page_type):
    found = [
        f"{page_type} in {language}, {fault}"
        for language in LANGUAGES
        for fault in faults(page, complaints, path_of(page_type, language))
    ]
    assert not found, "\n".join(found)


def test_dark_is_light_in_other_colours():
    files = [path for path in (ROOT / "static").rglob("*.[cj]s*") if "desk" not in path.parts]
    assert [path.name for path in files if "color-scheme: dark" in path.read_text()] == ["tokens.css"]
    text = (ROOT / "static/css/tokens.css").read_text()
    (rules,) = re.findall(r":root \{\s+color-scheme: light dark;\s+(.+?)--ink:", text, re.DOTALL)
    declared = [line.strip() for line in rules.split(";") if line.strip()]
    colours = r"light-dark\(#[0-9a-f]{3,8}, #[0-9a-f]{3,8}\)"
    assert [line for line in declared if not re.fullmatch(rf"--[a-z-]+: {colours}", line)] == []
    assert text.count("color-scheme: dark") == 1
