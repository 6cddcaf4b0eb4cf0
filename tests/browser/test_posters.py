"""Posters on paper: one sheet of the right size, with the whole rule in type as large as fits."""

import io
import unicodedata

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from .conftest import shell
from .links import follow
from .screens import fits

LANGUAGES = ("en", "fi", "et", "ru", "hy")
SHEETS = {"a4": (210, 297), "a3": (297, 420)}  # millimetres
POINT = 25.4 / 72

# Whether the rule keeps within its frame, the frame within the poster, and whether it fills the width it has.
FIT = """() => {
    const heading = document.querySelector(".placard h1"), poster = document.querySelector(".placard");
    const range = document.createRange();
    range.selectNodeContents(heading);
    const text = range.getBoundingClientRect(), frame = heading.getBoundingClientRect();
    const foot = document.querySelector(".placard footer").getBoundingClientRect();
    const end = poster.getBoundingClientRect();
    return {
        within: heading.scrollHeight <= heading.clientHeight + 1 && heading.scrollWidth <= heading.clientWidth + 1
            && text.top >= frame.top && text.bottom <= frame.bottom && frame.bottom <= foot.top + 1
            && foot.bottom <= end.bottom + 1,
        filled: Math.max(text.width / frame.width, text.height / frame.height),
    };
}"""


def posters(page: Page, language: str) -> list[str]:
    """Return the addresses of the posters of the shortest and the longest rule, and of that with the longest word."""
    page.goto(f"/{language}/rules/")
    rules = page.locator(".row-title a").evaluate_all("links => links.map(link => [link.textContent, link.pathname])")
    by_length = sorted(rules, key=lambda rule: len(rule[0]))
    by_word = max(rules, key=lambda rule: max(map(len, rule[0].split())))
    return [f"{path}poster/" for _title, path in (by_length[0], by_length[-1], by_word)]


def check_print(page: Page, size: str) -> None:
    page.emulate_media(media="print")
    assert page.evaluate(FIT)["within"]
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    width, height = SHEETS[size]
    assert float(sheet.mediabox.width) * POINT == pytest.approx(width, abs=0.5)
    assert float(sheet.mediabox.height) * POINT == pytest.approx(height, abs=0.5)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SHEETS)
def test_a_rule_fills_one_sheet(page: Page, language, size):
    for path in posters(page, language):
        page.emulate_media(media="screen")
        page.goto(f"{path}?size={size}")
        check_print(page, size)
        assert page.evaluate(FIT)["filled"] > 0.6


def test_nothing_but_the_rule_its_article_and_the_address_is_printed(page: Page, base_url):
    path = posters(page, "en")[0]
    page.goto(path)
    rule, article = page.locator("h1").inner_text(), page.locator(".placard footer p").first.inner_text()
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    address = base_url.removeprefix("http://") + path.removesuffix("poster/")
    # Compatible forms, since type has a letter of its own for "fi".
    printed = unicodedata.normalize("NFKC", sheet.extract_text())
    assert "".join(printed.split()) == "".join(f"{rule}{article}{address}".split())


@pytest.mark.parametrize("title", ["W" * 70, "Do", "Unwahrscheinlichkeitsrechnungen " * 2, "i " * 35])
def test_no_rule_is_cut_off_whatever_its_words(page: Page, database_url, title):
    program = (
        f"from articles.models import Advice; Advice.objects.filter(kind='rule').update(title_en={title.strip()!r})"
    )
    shell(database_url, program)
    page.goto(posters(page, "en")[0])
    for size in SHEETS:
        page.emulate_media(media="screen")
        follow(page.locator(".poster-links").get_by_role("link", name=size.upper()))
        check_print(page, size)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_poster_fits_every_screen(page: Page, language):
    page.goto(posters(page, language)[1])
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert fits(page)
        assert page.evaluate(FIT)["within"]


def test_the_ink_is_printed_dark_on_white_from_a_dark_screen(page: Page):
    page.emulate_media(color_scheme="dark")
    page.goto(posters(page, "en")[0])
    heading = page.locator(".placard h1")
    on_screen = heading.evaluate("heading => getComputedStyle(heading).color")
    page.emulate_media(color_scheme="dark", media="print")
    assert heading.evaluate("heading => getComputedStyle(heading).color") != on_screen
    # No letter stands on a background: it is read whether the browser prints backgrounds or not.
    expect(heading).to_have_css("background-color", "rgba(0, 0, 0, 0)")
    expect(page.locator(".placard")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_a_poster_is_reached_from_its_rule_without_a_script(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/fi/rules/")
    page.locator(".row-title a").first.click()
    rule = page.locator("h1").inner_text()
    page.locator(".poster-links").get_by_role("link", name="A3").click()
    expect(page.locator("h1")).to_have_text(rule)
    expect(page.locator(".poster-links [aria-current]")).to_have_text("A3")
    context.close()
