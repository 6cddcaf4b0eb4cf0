"""The calculator in a real browser: with and without a script, by keyboard, on every screen and on paper."""

import pytest
from playwright.sync_api import Browser, Page, expect

from .screens import HEIGHTS, at_widths, fits
from .test_journeys import BROKEN_WORDS

LANGUAGES = ("en", "fi", "et", "ru", "hy")
HUGE = "customers=10000000&spend=1000000000&lost=50&keeping=1000000&dearer=1000"
WRONG = "customers=many&spend=0&lost=101&keeping=&dearer=0"


@pytest.fixture(params=[True, False], ids=["with a script", "without"])
def reader(request, browser: Browser, base_url: str) -> Page:
    """A page of a browser that runs scripts, and of one that doesn't."""
    context = browser.new_context(java_script_enabled=request.param, base_url=base_url)
    yield context.new_page()
    context.close()


def test_finnish_numbers_are_calculated_with(reader: Page):
    reader.goto("/fi/figures/")
    reader.get_by_role("link", name="Laske, minkä arvoista").click()
    reader.get_by_label("Asiakkaiden määrä").fill("1 200")
    reader.get_by_label("Paljonko yksi asiakas käyttää rahaa").fill("1 000,50 €")
    reader.get_by_label("Vuodessa menetettyjen asiakkaiden osuus").fill("17,5 %")
    reader.get_by_label("Paljonko yhden asiakkaan pitäminen maksaa").fill("20,25")
    reader.get_by_label("Montako kertaa niin paljon").fill("6")
    reader.get_by_role("button", name="Laske").click()
    answer = reader.locator("#answer")
    expect(answer).to_be_in_viewport()
    expect(answer.locator(".sums dd b").nth(1)).to_have_text("210\u00a0105")
    expect(answer.locator(".years tbody tr")).to_have_count(6)
    expect(reader.get_by_role("img", name="Montako nykyistä asiakasta")).to_be_visible()
    expect(reader.get_by_label("Paljonko yksi asiakas käyttää rahaa")).to_have_value("1 000,50 €")
    # The address is all that a colleague needs, in another language, too.
    reader.locator(".languages a[lang=en]").click()
    expect(reader.get_by_label("What one customer spends a year")).to_have_value("1000.5")
    expect(answer.locator(".sums dd b").nth(1)).to_have_text("210,105")
    assert reader.context.cookies() == []


def test_nonsense_is_named_and_put_right(reader: Page):
    reader.goto("/en/calculator/")
    reader.get_by_label("Number of customers").fill("a few")
    reader.get_by_label("What one customer spends a year").fill("250")
    reader.get_by_role("button", name="Calculate").click()
    expect(reader.locator(".answer")).to_have_count(0)
    expect(reader.get_by_role("alert")).to_be_focused()
    field = reader.get_by_label("Number of customers")
    expect(field).to_have_value("a few")
    expect(field).to_have_accessible_description(
        "Everyone who has bought from you within a year. Please write a number in digits, such as 1,000."
    )
    expect(reader.get_by_label("What one customer spends a year")).to_have_value("250")
    reader.get_by_role("alert").get_by_role("link", name="Number of customers").click()
    field.fill("40")
    field.press("Enter")
    expect(reader.locator("#answer .sums dd b").nth(1)).to_have_text("1,750")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("query", ["", HUGE, WRONG], ids=["example", "huge", "wrong"])
def test_nothing_is_cut_off_or_too_small_to_hit(page: Page, language, query):
    page.goto(f"/{language}/calculator/?{query}")
    for width in at_widths(page, 320, 360, 768, 1280):
        assert fits(page), width
        assert page.evaluate(BROKEN_WORDS) == [], width
        assert min(page.locator(".calculator :is(input, button, a)").evaluate_all(HEIGHTS)) >= 24, width


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_the_example_fits_on_a_telephone(page: Page, language):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(f"/{language}/calculator/")
    assert page.locator(".scroll").evaluate("box => box.scrollWidth <= box.clientWidth")


def test_paper_shows_what_the_screen_shows(page: Page):
    page.goto("/fi/calculator/?spend=1,250&keeping=1")
    page.emulate_media(media="print")
    expect(page.get_by_label("Asiakkaiden määrä")).to_be_visible()
    expect(page.locator("#id_spend_helptext b")).to_be_visible()
    expect(page.locator("#id_lost_helptext")).to_be_hidden()
    expect(page.locator(".calculator button")).to_be_hidden()
    for part in (".chart", ".years", ".basis", ".sums >> nth=0"):
        expect(page.locator(part)).to_be_visible()
