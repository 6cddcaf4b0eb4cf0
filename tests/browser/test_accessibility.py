"""Every kind of page for readers, in every language: no fault against WCAG 2.2 AA that a program can find."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

LANGUAGES = ["en", "fi", "et", "ru", "hy"]
WORDS = {"en": "complaint", "fi": "valitus", "et": "kaebus", "ru": "жалоба", "hy": "բողոք"}
LISTS = ("", "articles/", "tips/", "rules/", "mistakes/", "topics/", "figures/", "today/", "calculator/", "check/")


@pytest.fixture
def reader(browser, base_url):
    """A reader's page on which axe may run: our content security policy doesn't allow what it does."""
    context = browser.new_context(bypass_csp=True, base_url=base_url, reduced_motion="reduce")
    yield context.new_page()
    context.close()


def kinds_of_pages(page: Page, language: str) -> list[str]:
    """Return the path of one page of each kind, and of each state that a page can be in."""
    page.goto(f"/{language}/articles/")
    article = page.locator(".card-title a").first.get_attribute("href")
    found = [article, f"{article}with/{'ru' if language == 'hy' else 'hy'}/"]
    for kind in ("tip", "rule", "mistake"):
        page.goto(f"/{language}/{kind}s/")
        found.append(page.locator(".row-title a").first.get_attribute("href"))
        if kind == "rule":
            found.append(f"{found[-1]}poster/")
    picked = page.locator(".pick input").evaluate_all("boxes => boxes.slice(0, 3).map(box => `advice=${box.value}`)")
    page.goto(f"/{language}/check/")
    answers = page.locator(".answers input[type=radio]").evaluate_all(
        "all => all.filter((_, place) => place % 4 === 1).map(answer => `${answer.name}=${answer.value}`)"
    )
    page.goto(f"/{language}/topics/")
    found.append(page.locator(".topics a").first.get_attribute("href"))
    return [
        *(f"/{language}/{name}" for name in (*LISTS, "accessibility/", "sheet/", "no-such-page/")),
        *found,
        f"/{language}/sheet/?{'&'.join(picked)}",
        f"/{language}/check/result/?{'&'.join(answers)}",
        f"/{language}/calculator/?customers=x",
        f"/{language}/search/?q={WORDS[language]}",
        f"/{language}/search/?q=quokka",
    ]


def faults(page: Page, tags: list[str]) -> list[tuple[str, list]]:
    found = Axe().run(page, options={"runOnly": tags}).response["violations"]
    return [(fault["id"], [node["html"][:200] for node in fault["nodes"]]) for fault in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_page_is_without_known_faults(reader: Page, language):
    for path in kinds_of_pages(reader, language):
        reader.goto(path)
        expect(reader.locator("html")).to_have_attribute("lang", language)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
        assert faults(reader, tags) == [], path
        reader.emulate_media(color_scheme="dark")
        assert faults(reader, ["color-contrast"]) == [], path
        reader.emulate_media(color_scheme="light")


@pytest.mark.parametrize("language", LANGUAGES)
def test_text_of_twice_the_size_is_not_cut_off(reader: Page, language):
    reader.set_viewport_size({"width": 1280, "height": 800})
    for path in kinds_of_pages(reader, language):
        reader.goto(path)
        reader.evaluate("document.documentElement.style.fontSize = '200%'")
        assert reader.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_chosen_suggestion_is_seen_in_colours_of_the_readers_own(reader: Page):
    reader.emulate_media(forced_colors="active")
    reader.goto("/en/")
    reader.get_by_role("combobox").press_sequentially("complai")
    expect(reader.get_by_role("option").first).to_be_visible()
    reader.keyboard.press("ArrowDown")
    chosen, other = reader.get_by_role("option").nth(0), reader.get_by_role("option").nth(1)
    color = "option => getComputedStyle(option).backgroundColor"
    assert chosen.evaluate(color) != other.evaluate(color)


def test_who_follows_a_link_sees_where_in_colours_of_the_readers_own(reader: Page):
    reader.emulate_media(forced_colors="active")
    reader.goto("/en/tips/")
    for link in ("a[href='/en/figures/']", ".row-title a", ".theme input"):
        reader.locator(link).first.focus()
        reader.keyboard.press("Shift+Tab")
        reader.keyboard.press("Tab")
        assert reader.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", link
    expect(reader.locator(".sections [aria-current]")).to_have_css("text-decoration-line", "underline")
