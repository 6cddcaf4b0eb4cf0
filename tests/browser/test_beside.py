"""Two languages side by side in a real browser: columns where there is room, else one below the other, and on paper."""

import io
from itertools import permutations

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from .screens import fits

PAIRS = [("en", "fi"), ("fi", "et"), ("et", "ru"), ("ru", "hy"), ("hy", "en")]
LANGUAGES = ("en", "fi", "et", "ru", "hy")

CELLS = """() => [...document.querySelectorAll(".pair")].map(pair => {
    const [first, second] = [...pair.children].map(cell => cell.getBoundingClientRect());
    return second.left >= first.right ? "beside" : second.top >= first.bottom ? "below" : "over";
})"""


def open_beside(page: Page, language: str, other: str, number: int = 0) -> None:
    page.goto(f"/{language}/articles/")
    page.goto(page.locator(".card-title a").nth(number).get_attribute("href") + f"with/{other}/")


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_there_are_columns_where_there_is_room(page: Page, pair):
    page.set_viewport_size({"width": 1280, "height": 800})
    open_beside(page, *pair)
    for width, expected in ((1280, "beside"), (720, "beside"), (690, "below"), (360, "below"), (320, "below")):
        page.set_viewport_size({"width": width, "height": 800})
        assert set(page.evaluate(CELLS)) == {expected}, width
        assert fits(page), width


def test_it_works_without_a_script_from_the_article_and_back(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/en/articles/")
    page.locator(".card-title a").first.click()
    page.locator(".beside-links").get_by_role("link", name="Suomi").click()
    expect(page.locator("h1 span[lang=en]")).to_have_text("Seven steps to customer loyalty")
    expect(page.locator("h1 span[lang=fi]")).to_have_text("Seitsemän askelta asiakasuskollisuuteen")
    page.get_by_role("link", name="Swap the languages").click()
    expect(page.locator("html")).to_have_attribute("lang", "fi")
    expect(page.locator("h1 span").first).to_have_attribute("lang", "fi")
    page.locator(".languages a[lang=hy]").click()
    expect(page.locator("html")).to_have_attribute("lang", "hy")
    expect(page.locator("h1 span").last).to_have_attribute("lang", "en")
    expect(page.locator(".item")).to_have_count(10)
    context.close()


@pytest.mark.parametrize("pair", [("fi", "et"), ("ru", "hy")], ids="-".join)
def test_no_item_is_torn_between_two_sheets(page: Page, pair):
    open_beside(page, *pair, number=1)
    today = page.locator(".action b").first.inner_text()
    kinds = set(page.locator(".kind").all_inner_texts())
    sheets = [sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    names = {kind.split()[-1] for kind in kinds}
    begun = [sum(line.split()[-1:] == [name] for line in sheet.splitlines() for name in names) for sheet in sheets]
    ended = [sheet.count(today) for sheet in sheets]
    assert sum(begun) == page.locator(".item").count()
    assert begun == ended


def test_no_two_languages_break_a_heading_within_a_word(page: Page):
    page.set_viewport_size({"width": 320, "height": 800})
    for pair in permutations(LANGUAGES, 2):
        open_beside(page, *pair, number=4)
        assert fits(page), pair
