"""Emblems are drawn from a file of their own, under the policy that the site sets for all it loads."""

import pytest
from playwright.sync_api import Page

# What is drawn of each emblem, as width and height on its grid of 48.
DRAWN = "uses => uses.map(use => use.getBBox()).map(box => [box.width, box.height])"


@pytest.mark.parametrize("path", ["/en/articles/", "/hy/topics/"])
def test_every_emblem_is_drawn(page: Page, path: str):
    page.goto(path, wait_until="networkidle")
    drawn = page.locator(".emblem use").evaluate_all(DRAWN)
    assert len(drawn) >= 5
    assert all(20 < side <= 48 for box in drawn for side in box)


def test_emblems_show_in_colours_that_a_reader_forces(page: Page):
    page.emulate_media(forced_colors="active")
    page.goto("/en/topics/", wait_until="networkidle")
    colours = page.evaluate(
        """() => [document.querySelector(".emblem"), document.body].map(each => getComputedStyle(each).color)"""
    )
    assert colours[0] == colours[1]
