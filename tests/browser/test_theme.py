"""Light or dark: as on the reader's device, unless the reader chooses in the footer."""

import pytest
from playwright.sync_api import Page, expect

from .accessibility import violations
from .screens import fits

LIGHT, DARK = "rgb(250, 246, 238)", "rgb(27, 25, 22)"
PATH = "/en/topics/"


def background(page: Page, color: str) -> None:
    expect(page.locator("body")).to_have_css("background-color", color)


def theme_color(page: Page) -> str:
    """Return what the browser takes for the colour of its own bars."""
    return page.evaluate(
        "[...document.querySelectorAll('meta[name=theme-color]')].find(meta => matchMedia(meta.media).matches).content"
    )


@pytest.mark.parametrize(("system", "color"), [("light", LIGHT), ("dark", DARK)])
def test_the_colours_are_those_of_the_device_until_the_reader_chooses(page: Page, system, color):
    page.emulate_media(color_scheme=system)
    page.goto(PATH)
    expect(page.get_by_role("radio", name="as on my device")).to_be_checked()
    background(page, color)
    assert theme_color(page) == {"light": "#faf6ee", "dark": "#1b1916"}[system]


@pytest.mark.parametrize(("system", "choice", "color"), [("light", "dark", DARK), ("dark", "light", LIGHT)])
def test_a_choice_holds_on_every_page_until_it_is_taken_back(page: Page, system, choice, color):
    page.emulate_media(color_scheme=system)
    page.goto(PATH)
    page.get_by_role("radio", name=choice).check()
    background(page, color)
    page.goto("/hy/")
    background(page, color)
    assert theme_color(page) == {"light": "#faf6ee", "dark": "#1b1916"}[choice]
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == choice
    expect(page.locator(f".theme [value={choice}]")).to_be_checked()
    page.locator(".theme [value=auto]").check()
    background(page, LIGHT if system == "light" else DARK)
    assert theme_color(page) == {"light": "#faf6ee", "dark": "#1b1916"}[system]


def test_a_choice_is_there_before_anything_is_drawn(page: Page):
    page.goto(PATH)
    page.get_by_role("radio", name="dark").check()
    page.add_init_script(
        "new MutationObserver(() => document.body && (window.atFirst ??= document.documentElement.dataset.theme ?? '')"
        ").observe(document, {childList: true, subtree: true})"
    )
    page.goto("/en/figures/")
    assert page.evaluate("atFirst") == "dark"


def test_other_tabs_follow(page: Page):
    page.goto(PATH)
    other = page.context.new_page()
    other.goto("/fi/")
    page.get_by_role("radio", name="dark").check()
    background(other, DARK)
    expect(other.locator(".theme [value=dark]")).to_be_checked()
    other.locator(".theme [value=auto]").check()
    background(page, LIGHT)


def test_the_device_is_followed_while_the_page_is_open(page: Page):
    page.goto(PATH)
    background(page, LIGHT)
    page.emulate_media(color_scheme="dark")
    background(page, DARK)


def test_the_desk_has_the_same_choice(page: Page):
    page.goto(PATH)
    page.get_by_role("radio", name="dark").check()
    page.goto("/admin/login/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_paper_is_always_light(page: Page):
    page.goto(PATH)
    page.get_by_role("radio", name="dark").check()
    page.emulate_media(media="print")
    background(page, "rgb(255, 255, 255)")
    expect(page.locator("html")).to_have_css("color-scheme", "light")


FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
DENIED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"


@pytest.mark.parametrize("store", [FULL, DENIED], ids=["full", "denied"])
def test_without_a_store_the_choice_lasts_as_long_as_the_page(page: Page, store):
    page.add_init_script(store)
    page.goto(PATH)
    page.get_by_role("radio", name="dark").check()
    background(page, DARK)
    page.reload()
    background(page, LIGHT)


@pytest.mark.parametrize("stored", ["nonsense", "auto", "", "light]", "__proto__"])
def test_what_isnt_a_theme_does_no_harm(page: Page, stored):
    page.add_init_script(f"localStorage.setItem('theme', '{stored}')")
    page.goto(PATH)
    background(page, LIGHT)
    expect(page.get_by_role("radio", name="as on my device")).to_be_checked()
    page.emulate_media(color_scheme="dark")
    background(page, DARK)


def test_the_choice_is_made_with_the_keyboard(page: Page):
    page.goto(PATH)
    page.locator(".footer a").last.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="as on my device")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("radio", name="dark")).to_be_checked()
    background(page, DARK)


@pytest.mark.parametrize("language", ["en", "fi", "et", "ru", "hy"])
def test_the_choice_fits_a_narrow_screen_and_a_finger(page: Page, language):
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"/{language}/")
        boxes = [label.bounding_box() for label in page.locator(".theme label").all()]
        assert len(boxes) == 3
        assert all(box["height"] >= 24 and box["width"] >= 24 for box in boxes)
        assert fits(page)


def test_without_a_script_there_is_no_choice_and_the_device_decides(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url, color_scheme="dark")
    page = context.new_page()
    page.goto(PATH)
    expect(page.locator(".theme")).to_be_hidden()
    background(page, DARK)
    context.close()


@pytest.mark.parametrize("system", ["light", "dark"])
@pytest.mark.parametrize("choice", ["light", "dark"])
def test_everybody_can_read_the_chosen_colours(browser, base_url, system, choice):
    context = browser.new_context(base_url=base_url, color_scheme=system)
    page = context.new_page()
    page.goto("/fi/articles/")
    page.locator(f".theme [value={choice}]").check()
    page.locator(".card-title a").first.click()
    page.wait_for_url("/fi/articles/*/")
    assert violations(page) == []
    context.close()
