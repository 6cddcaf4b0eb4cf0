"""The desk on wide and narrow screens, in short and long words: nothing is cut off or covered."""

from playwright.sync_api import Page, expect

from .signing_in import sign_in


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
