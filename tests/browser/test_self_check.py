"""The self-check in a real browser, with and without scripts."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from .screens import at_widths, fits

ANSWERS = ("No", "Sometimes", "No", "Yes", "No", "No", "Yes", "Sometimes", "No", "No")
LANGUAGES = ("en", "fi", "et", "ru", "hy")


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def reader(request, browser, base_url) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=request.param, base_url=base_url)
    yield context.new_page()
    assert context.cookies() == []
    context.close()


def answer(page: Page, answers: tuple[str | None, ...]) -> None:
    for group, label in zip(page.get_by_role("main").get_by_role("group").all(), answers, strict=True):
        if label:
            group.get_by_label(label).check()
    page.get_by_role("button", name="Show where customers leak").click()


def test_the_answers_lead_to_the_leaks_worst_first(reader):
    reader.goto("/en/mistakes/")
    reader.get_by_role("main").get_by_role("link", name="Are we losing customers?").click()
    answer(reader, ANSWERS)
    expect(reader.get_by_role("heading", level=1)).to_have_text("Where customers leak")
    expect(reader.get_by_role("heading", level=3)).to_have_text(
        [
            "4 Being hard to do business with",
            "7 Leaving customers without a response",
            "2 Hours that suit nobody but you",
            "8 Making customers feel unimportant",
        ]
    )
    expect(reader.locator(".today")).to_contain_text("Ring your own number")
    expect(reader.locator("#leak-4 .remedies a")).to_have_text(
        ["Design the whole experience", "Make it effortless to deal with you"]
    )
    expect(reader.get_by_role("img")).to_have_accessible_name(re.compile("Customers leak in 2 places all the time"))


def test_the_result_is_shared_by_its_address_in_another_language(reader, browser):
    reader.goto("/en/check/")
    answer(reader, ANSWERS)
    address = reader.locator(".own-address").inner_text()
    assert address == reader.url
    with browser.new_context() as elsewhere:
        page = elsewhere.new_page()
        page.goto(address)
        page.get_by_role("link", name="Suomi").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mistä asiakkaat valuvat pois")
        expect(page.get_by_role("heading", level=3)).to_have_text(
            [
                "4 Asiointi kuin esterata",
                "7 Asiakas, joka jää vaille vastausta",
                "2 Aukiolo, joka sopii vain sinulle",
                "8 Asiakas, joka tuntee itsensä yhdentekeväksi",
            ]
        )


def test_what_is_left_out_is_answered_later(reader):
    reader.goto("/en/check/")
    answer(reader, ("Yes", None, *["No"] * 7, None))
    missing = reader.locator(".unanswered a")
    expect(missing).to_have_count(2)
    missing.last.click()
    expect(reader.get_by_role("group").nth(9)).to_be_in_viewport()
    expect(reader.get_by_role("main").get_by_role("radio", checked=True)).to_have_count(8)
    answer(reader, (None, "No", *[None] * 7, "No"))
    expect(reader.locator(".unanswered")).to_have_count(0)
    expect(reader.get_by_role("heading", level=3)).to_have_text(["1 Staff who don’t know the goods"])


def test_the_questions_are_answered_by_keyboard(page: Page):
    page.goto("/en/check/")
    page.get_by_role("main").get_by_role("radio").first.focus()
    for number in range(10):
        page.keyboard.press("Space")
        if number == 0:
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show where customers leak")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2, name="Leaks all the time")).to_be_visible()
    expect(page.get_by_role("heading", level=2, name="Drips now and then")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_fit_on_every_screen(page: Page, language):
    page.goto(f"/{language}/check/")
    for group in page.get_by_role("main").get_by_role("group").all():
        group.get_by_role("radio").first.check()
    for width in at_widths(page, 320, 1280):
        targets = page.locator(".answers input").evaluate_all(
            "each => each.map(one => Math.min(one.offsetWidth, one.offsetHeight))"
        )
        assert min(targets) >= 24, width
        assert fits(page), width
    page.locator(".questions button").click()
    expect(page.locator(".leaks > li")).to_have_count(10)
    for width in at_widths(page, 320, 1280):
        assert fits(page), width


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_questions_print_on_one_sheet(page: Page, language):
    page.goto(f"/{language}/check/")
    pdf = page.pdf(format="A4")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1


def test_print_leaves_out_what_is_of_no_use_on_paper(page: Page):
    page.goto("/en/check/")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Show where customers leak")).to_be_hidden()
    expect(page.get_by_role("main").get_by_role("radio").first).to_be_visible()
    page.goto("/en/check/result/?crdhn=y")
    expect(page.locator(".own-address")).to_be_visible()
    expect(page.get_by_role("link", name="Change the answers")).to_be_hidden()
