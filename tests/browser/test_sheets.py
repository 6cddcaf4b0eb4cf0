"""The team sheet in a real browser: chosen with and without scripts, printed, and taken along as a PDF."""

import io

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from .screens import HEIGHTS, at_widths, fits

LANGUAGES = ("en", "fi", "et", "ru", "hy")
# Tips of three articles.
TITLES = ("Ընտրեք ճիշտ մարդկանց", "Հաշվեք, թե ինչ արժե լավ սպասարկումը", "Գրի առեք սպասարկման չափանիշները")


@pytest.fixture(params=[False, True], ids=["without scripts", "with scripts"])
def visitor(request, browser, base_url):
    """A page in a browser that runs scripts or doesn't."""
    context = browser.new_context(java_script_enabled=request.param, base_url=base_url)
    yield context.new_page()
    context.close()


def tick(page: Page, title: str) -> None:
    page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=title)).get_by_role("checkbox").check()


def gather(page: Page, path: str, titles: tuple[str, ...]) -> None:
    page.goto(path)
    for title in titles:
        tick(page, title)
    gathered(page)


def gathered(page: Page) -> None:
    """Go to the sheet of what is ticked, and wait until it is there with its styles and pictures."""
    page.locator(".gather button").click()
    expect(page.locator(".sheet-item").first).to_be_visible()
    page.wait_for_load_state("load")


def words(text: str) -> str:
    return " ".join(text.split())


def pdf_of(page: Page, path: str) -> str:
    """Return the text of a PDF of one page."""
    answer = page.request.get(path)
    assert answer.headers["content-type"] == "application/pdf"
    assert "set-cookie" not in answer.headers
    (sheet,) = PdfReader(io.BytesIO(answer.body())).pages
    return words(sheet.extract_text())


def test_three_tips_of_three_articles_become_a_sheet_and_a_pdf(visitor: Page):
    gather(visitor, "/hy/tips/", TITLES)
    expect(visitor.locator(".sheet-item")).to_have_count(3)
    assert set(visitor.locator(".sheet-item h2").all_inner_texts()) == set(TITLES)
    codes = visitor.locator(".sheet-code")
    assert all(code.evaluate("image => image.complete && image.naturalWidth > 0") for code in codes.all())
    text = pdf_of(visitor, visitor.locator(".sheet-ways a").first.get_attribute("href"))
    actions = visitor.locator(".sheet-action").all_inner_texts()
    assert len(actions) == 3
    assert [part for part in (*TITLES, *actions) if words(part) not in text] == []
    assert visitor.context.cookies() == []


def test_a_sheet_is_arranged_by_plain_links_and_a_plain_form(visitor: Page):
    gather(visitor, "/hy/tips/", TITLES[:2])
    first, second = visitor.locator(".sheet-item h2").all_inner_texts()
    visitor.get_by_role("link", name="Իջեցնել").click()
    expect(visitor.locator(".sheet-item h2")).to_have_text([second, first])
    visitor.get_by_role("link", name="Հանել").first.click()
    expect(visitor.locator(".sheet-item h2")).to_have_text([first])
    visitor.get_by_role("combobox", name="Ավելացնել գրառում").select_option(label=TITLES[2])
    visitor.get_by_role("button", name="Ավելացնել").click()
    expect(visitor.locator(".sheet-item h2")).to_have_text([first, TITLES[2]])
    visitor.get_by_role("link", name="Suomi").click()
    expect(visitor.locator(".sheet-item")).to_have_count(2)
    expect(visitor.locator("html")).to_have_attribute("lang", "fi")


def test_advice_goes_on_a_sheet_from_its_page_and_from_its_article(visitor: Page):
    visitor.goto("/en/tips/")
    visitor.locator(".row-title a").first.click()
    title = visitor.locator("h1").inner_text()
    visitor.get_by_role("button", name="Put on a team sheet").click()
    expect(visitor.locator(".sheet-item h2")).to_have_text([title])
    visitor.goto("/en/articles/")
    visitor.locator(".card-title a").first.click()
    visitor.get_by_role("checkbox").nth(0).check()
    visitor.get_by_role("checkbox").nth(2).check()
    visitor.get_by_role("button", name="Make a team sheet of what is ticked").click()
    expect(visitor.locator(".sheet-item")).to_have_count(2)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("number", [1, 6])
def test_a_sheet_prints_on_one_page(page: Page, language, number):
    page.goto(f"/{language}/tips/")
    for checkbox in page.get_by_role("checkbox").all()[:number]:
        checkbox.check()
    gathered(page)
    titles = page.locator(".sheet-item h2").all_inner_texts()
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert [round(float(side)) for side in sheet.mediabox[2:]] == [595, 842]
    page.emulate_media(media="print")
    expect(page.locator(".sheet-moves").first).to_be_hidden()
    expect(page.locator(".masthead")).to_be_hidden()
    assert len(titles) == number
    for item in page.locator(".sheet-item").all():
        assert item.evaluate("item => item.scrollHeight <= item.clientHeight + 1")
        assert item.locator(".sheet-notes").bounding_box()["height"] > 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sheet_fits_on_every_screen(page: Page, language):
    page.goto(f"/{language}/tips/")
    for checkbox in page.get_by_role("checkbox").all()[:3]:
        checkbox.check()
    for width in at_widths(page, 320, 768, 1280):
        assert fits(page), width
    gathered(page)
    for width in at_widths(page, 320, 768, 1280):
        assert fits(page), width
        links = page.locator(".sheet-moves a, .sheet-ways a")
        assert min(links.evaluate_all(HEIGHTS)) >= 24, width


def test_with_scripts_what_is_chosen_elsewhere_joins_the_sheet(page: Page):
    gather(page, "/hy/tips/", TITLES[:2])
    page.goto("/hy/rules/")
    page.get_by_role("checkbox").first.check()
    gathered(page)
    expect(page.locator(".sheet-item")).to_have_count(3)
    page.goto("/hy/mistakes/")
    page.locator(".row-title a").first.click()
    page.get_by_role("button", name="Ավելացնել թիմի հուշաթերթիկում").click()
    expect(page.locator(".sheet-item")).to_have_count(4)
    page.goto("/fi/sheet/")
    expect(page.locator(".sheet-item")).to_have_count(4)
    page.get_by_role("link", name="Aloita uusi").click()
    expect(page.locator(".empty-state")).to_be_visible()
    page.goto("/fi/sheet/")
    expect(page.locator(".empty-state")).to_be_visible()


def test_a_reader_with_a_sheet_is_told_that_it_still_holds(page: Page):
    page.goto("/en/tips/")
    page.get_by_role("checkbox").first.check()
    gathered(page)
    (link,) = [
        note["/A"]["/URI"]
        for note in annotations(page.request.get(page.locator(".sheet-ways a").first.get_attribute("href")).body())
        if "?sheet=" in note["/A"]["/URI"]
    ]
    page.goto(link)
    expect(page.locator(".notice")).to_have_text("Your team sheet still says what this page says.")
    page.goto(link[:-8] + "00000000")
    expect(page.locator(".notice")).to_contain_text("This advice has changed")


def annotations(pdf: bytes) -> list[dict]:
    (sheet,) = PdfReader(io.BytesIO(pdf)).pages
    return [note.get_object() for note in sheet["/Annots"]]
