"""Stamps on the cards of what has been read, kept in this browser only."""

import json

import pytest
from playwright.sync_api import Page, expect

from .accessibility import violations
from .links import follow
from .screens import fits

CARD = "Seven steps to customer loyalty"
LONG_ENOUGH = 4000  # milliseconds, as in the script
SECOND = 1000


@pytest.fixture
def page(page: Page) -> Page:
    page.clock.install()
    return page


def open_card(page: Page, language: str = "en") -> None:
    page.goto(f"/{language}/articles/")
    follow(page.locator(".card-title a").first)


def open_first_tip(page: Page) -> None:
    page.goto("/en/articles/")
    follow(page.locator(".card .stamp").first)


def pass_time(page: Page, milliseconds: int) -> None:
    # The browser tells what is in view once it has drawn it.
    page.evaluate("new Promise(seen => new IntersectionObserver(seen).observe(document.body))")
    page.clock.run_for(milliseconds)


def read_to_the_end(page: Page, selector: str) -> None:
    page.locator(selector).evaluate(
        "text => text.lastElementChild.scrollIntoView({block: 'center', behavior: 'instant'})"
    )
    pass_time(page, LONG_ENOUGH)


def read_whole_article(page: Page) -> None:
    for number in range(page.locator(".item").count()):
        read_to_the_end(page, f".item >> nth={number}")


def kept(page: Page) -> list[str] | None:
    return json.loads(page.evaluate("localStorage.getItem('stamps')") or "null")


def stamped(page: Page, card: int = 0):
    return page.locator(".card").nth(card).locator(".is-read")


def test_a_piece_of_advice_is_read_once_its_end_was_in_view_for_long_enough(page: Page):
    page.set_viewport_size({"width": 360, "height": 500})
    open_first_tip(page)
    pass_time(page, 10 * LONG_ENOUGH)
    expect(page.locator(".is-read")).to_have_count(0)
    page.locator(".advice > :last-child").scroll_into_view_if_needed()
    pass_time(page, LONG_ENOUGH - SECOND)
    expect(page.locator(".is-read")).to_have_count(0)
    pass_time(page, SECOND)
    expect(page.locator(".is-read")).to_have_count(1)
    expect(page.get_by_role("link", name="Choose the right people, read", exact=True)).to_be_visible()


def test_a_card_is_the_same_in_all_languages(page: Page):
    open_first_tip(page)
    read_to_the_end(page, ".advice")
    for language, words in {
        "en": "1 of 10 read",
        "fi": "1/10 luettu",
        "et": "1/10 loetud",
        "ru": "Прочитано: 1 из 10",
        "hy": "Կարդացված է՝ 1/10",
    }.items():
        for path in ("", "articles/"):
            page.goto(f"/{language}/{path}")
            expect(page.locator(".card").first.locator(".tally")).to_have_text(words)
            expect(stamped(page)).to_have_count(1)
            expect(page.locator(".is-read")).to_have_count(1)


def test_an_item_of_an_article_is_read_where_its_end_was_in_view(page: Page):
    page.set_viewport_size({"width": 360, "height": 500})
    open_card(page)
    read_to_the_end(page, ".item >> nth=1")
    expect(page.locator(".contents .is-read")).to_have_text(["2Make the experience sensational, read"])
    page.goto("/en/")
    expect(stamped(page)).to_have_count(1)


def test_a_full_card_is_celebrated_quietly(page: Page):
    open_card(page)
    read_whole_article(page)
    expect(page.get_by_role("status")).to_have_text("The card is full: you have read all advice in this article.")
    expect(page.locator(".contents .is-read")).to_have_count(10)
    page.goto("/en/articles/")
    first = page.locator(".card").first
    expect(first.locator(".tally")).to_have_text("Card full: 10 of 10 read")
    expect(first).to_have_class("card ink-pine is-full")
    # It was told when it happened.
    expect(page.get_by_role("status")).to_have_text("")


def test_what_was_read_is_forgotten_and_brought_back(page: Page):
    open_first_tip(page)
    expect(page.get_by_role("button", name="Forget what I read")).to_be_hidden()
    read_to_the_end(page, ".advice")
    before = kept(page)
    page.get_by_role("button", name="Forget what I read").click()
    expect(page.get_by_role("status")).to_have_text("The stamps are gone.")
    expect(page.locator(".is-read")).to_have_count(0)
    expect(page.get_by_role("link", name="Choose the right people", exact=True)).to_be_visible()
    assert kept(page) is None
    back = page.get_by_role("button", name="Bring the stamps back")
    expect(back).to_be_focused()
    back.click()
    expect(page.locator(".is-read")).to_have_count(1)
    expect(page.get_by_role("button", name="Forget what I read")).to_be_focused()
    assert kept(page) == before
    page.get_by_role("button", name="Forget what I read").click()
    page.reload()
    expect(page.get_by_role("button", name="Forget what I read")).to_be_hidden()
    expect(page.locator(".tally")).to_have_text("10 pieces of advice")


def test_nothing_is_read_while_nobody_sees_the_page(page: Page):
    page.add_init_script("Object.defineProperty(document, 'hidden', {get: () => window.isAway ?? false})")
    open_first_tip(page)
    page.locator(".advice > :last-child").scroll_into_view_if_needed()
    pass_time(page, SECOND)
    page.evaluate("isAway = true; document.dispatchEvent(new Event('visibilitychange'))")
    pass_time(page, 10 * LONG_ENOUGH)
    expect(page.locator(".is-read")).to_have_count(0)
    page.evaluate("isAway = false; document.dispatchEvent(new Event('visibilitychange'))")
    pass_time(page, LONG_ENOUGH)
    expect(page.locator(".is-read")).to_have_count(1)


def test_several_tabs_agree(page: Page):
    page.goto("/en/articles/")
    other = page.context.new_page()
    other.clock.install()
    open_first_tip(other)
    read_to_the_end(other, ".advice")
    expect(stamped(page)).to_have_count(1)
    page.get_by_role("button", name="Forget what I read").click()
    expect(other.locator(".is-read")).to_have_count(0)


def test_a_page_that_comes_back_as_it_was_left_shows_what_was_read_since(page: Page):
    page.goto("/en/articles/")
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(page.locator(".is-read")).to_have_count(0)
    number = page.locator(".card .stamp").first.get_attribute("data-advice")
    page.evaluate("number => localStorage.setItem('stamps', JSON.stringify([number]))", number)
    page.evaluate("window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    expect(stamped(page)).to_have_count(1)


@pytest.mark.parametrize("stored", ["nonsense", "17", "null", '{"a": 1}', "[null, {}, 5]", "[]"])
def test_what_isnt_a_list_of_stamps_does_no_harm(page: Page, stored):
    page.add_init_script(f"localStorage.setItem('stamps', {json.dumps(stored)})")
    open_first_tip(page)
    expect(page.locator(".is-read")).to_have_count(0)
    read_to_the_end(page, ".advice")
    expect(page.locator(".is-read")).to_have_count(1)


FULL = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };"
DENIED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError'); }});"


@pytest.mark.parametrize("store", [FULL, DENIED], ids=["full", "denied"])
def test_without_a_store_the_stamps_last_as_long_as_the_page(page: Page, store):
    page.add_init_script(store)
    open_card(page)
    read_to_the_end(page, ".item >> nth=0")
    read_to_the_end(page, ".item >> nth=5")
    expect(page.locator(".contents .is-read")).not_to_have_count(0)
    count = page.locator(".contents .is-read").count()
    read_to_the_end(page, ".item >> nth=9")
    assert page.locator(".contents .is-read").count() > count
    page.get_by_role("button", name="Forget what I read").click()
    expect(page.locator(".is-read")).to_have_count(0)


def test_nothing_moves_when_stamps_come(page: Page):
    places = "() => [...document.querySelectorAll('main *:not(.reading *)')].map(e => e.getBoundingClientRect().y)"
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for language in ("en", "fi", "et", "ru", "hy"):
            page.goto(f"/{language}/articles/")
            page.evaluate("localStorage.clear()")
            numbers = page.locator(".card .stamp").evaluate_all("stamps => stamps.map(stamp => stamp.dataset.advice)")
            page.reload()
            before = page.evaluate(places)
            page.evaluate("numbers => localStorage.setItem('stamps', JSON.stringify(numbers))", numbers)
            page.reload()
            expect(page.locator(".is-full")).to_have_count(5)
            assert page.evaluate(places) == before, (language, width)
            assert fits(page)


def test_nothing_moves_when_a_card_is_full(page: Page):
    end = "() => document.querySelector('.footer').getBoundingClientRect().y + scrollY"
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        open_card(page, "ru")
        page.evaluate("localStorage.clear()")
        page.reload()
        before = page.evaluate(end)
        read_whole_article(page)
        expect(page.get_by_role("status")).not_to_have_text("")
        assert page.evaluate(end) == before, width


def test_without_a_script_the_circles_are_plain_numbers(browser, base_url):
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto("/en/articles/")
    expect(page.locator(".tally").first).to_have_text("10 pieces of advice")
    expect(page.locator(".reading")).to_be_hidden()
    expect(page.locator(".is-read")).to_have_count(0)
    context.close()


def test_a_stamp_comes_without_motion_for_who_wants_none(page: Page):
    page.emulate_media(reduced_motion="reduce")
    open_first_tip(page)
    read_to_the_end(page, ".advice")
    expect(page.locator(".is-new")).to_have_css("animation-name", "none")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everybody_can_use_the_cards(browser, base_url, scheme):
    # What axe itself does isn't allowed by our content security policy.
    context = browser.new_context(bypass_csp=True, base_url=base_url, color_scheme=scheme)
    page = context.new_page()
    page.goto("/en/articles/")
    numbers = page.locator(".card .stamp").evaluate_all("stamps => stamps.map(stamp => stamp.dataset.advice)")
    page.evaluate("numbers => localStorage.setItem('stamps', JSON.stringify(numbers.slice(0, 15)))", numbers)
    for path in ("/en/articles/", "/en/", page.locator(".card .stamp").nth(12).get_attribute("href")):
        page.goto(path)
        expect(page.locator(".is-read").first).to_be_visible()
        assert violations(page) == []
    context.close()
