"""The desk on wide and narrow screens, in short and long words: nothing is cut off or covered."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import shell
from .signing_in import sign_in

LONG = "W" * 30 + " " + "a long claim of a figure, " * 6
MODELS = ["article", "advice", "figure", "topic"]


def choose_language(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-current", "true")


@pytest.mark.parametrize("name", ["English", "Suomi", "Eesti", "Русский", "Հայերեն"])
def test_lists_show_all_that_they_hold(page: Page, editor, name):
    sign_in(page, editor, "/admin/")
    choose_language(page, name)
    for model in MODELS:
        page.goto(f"/admin/articles/{model}/")
        for width in (1440, 1280, 1024, 390):
            page.set_viewport_size({"width": width, "height": 900})
            room, needed = page.locator(".results").evaluate("box => [box.clientWidth, box.scrollWidth]")
            assert needed <= room, (model, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (model, width)
            assert page.locator("#result_list tbody th").first.bounding_box()["width"] >= 180, (model, width)


@pytest.mark.parametrize("name", ["English", "Հայերեն"])
def test_the_list_of_work_shows_all_that_it_holds(page: Page, editor, database_url, name):
    shell(database_url, "from articles.models import Topic; Topic.objects.create(name_en='A topic that waits')")
    sign_in(page, editor, "/admin/work/?language=fi")
    choose_language(page, name)
    for width in (1280, 1024, 390):
        page.set_viewport_size({"width": width, "height": 900})
        room, needed = page.locator("#content-main").evaluate("box => [box.clientWidth, box.scrollWidth]")
        assert needed <= room, width


@pytest.mark.parametrize("width", [1280, 390])
def test_a_long_heading_leaves_the_links_of_its_object_free(page: Page, editor, database_url, width):
    shell(database_url, f"from articles.models import Figure; Figure.objects.filter(pk=1).update(claim_en='{LONG}')")
    page.set_viewport_size({"width": width, "height": 900})
    sign_in(page, editor, "/admin/articles/figure/1/change/")
    heading, links = page.locator("#content > h2").bounding_box(), page.locator(".object-tools").bounding_box()
    assert heading["y"] + heading["height"] <= links["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


COVERED = """() => {
    const bar = document.querySelector(".language-tabs"), focused = document.activeElement;
    const isInForm = bar.closest("form").contains(focused) && !bar.contains(focused);
    return isInForm && focused.getBoundingClientRect().top < bar.getBoundingClientRect().bottom;
}"""


@pytest.mark.parametrize("width", [1280, 800, 390])
def test_what_is_focused_on_the_way_up_a_form_isnt_covered_by_the_language_tabs(page: Page, editor, article, width):
    path, _tips = article
    page.set_viewport_size({"width": width, "height": 500})
    sign_in(page, editor, path)
    page.get_by_role("button", name="Save", exact=True).focus()
    passed = []
    while not page.evaluate("document.activeElement.matches('[role=tab]')"):
        page.keyboard.press("Shift+Tab")
        focused = page.evaluate("document.activeElement.id || document.activeElement.outerHTML")
        assert not page.evaluate(COVERED), focused
        passed.append(focused)
    assert "id_summary_en" in passed


def test_lists_in_a_preview_look_like_lists(page: Page, editor, article):
    _path, tips = article
    sign_in(page, editor, tips[0])
    page.locator("#id_body_en").fill("Text.\n\n- one\n- two\n  1. within")
    bullets, numbers = page.locator(".preview-text ul"), page.locator(".preview-text ol")
    expect(bullets.locator("> li").first).to_have_css("list-style-type", "disc")
    expect(numbers.locator("> li")).to_have_css("list-style-type", "decimal")
    left = page.locator(".preview-text p").first.bounding_box()["x"]
    assert bullets.bounding_box()["x"] == left
    assert numbers.bounding_box()["x"] < left + 40
