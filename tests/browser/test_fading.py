"""From page to page the new one fades in over the old one, unless the reader wants no motion."""

import pytest
from playwright.sync_api import Page

NOTE = "addEventListener('pagereveal', (event) => { window.isFaded = Boolean(event.viewTransition); })"


@pytest.mark.parametrize(("motion", "is_faded"), [("no-preference", True), ("reduce", False)])
def test_a_page_fades_in_only_for_who_lets_it(page: Page, motion, is_faded):
    page.emulate_media(reduced_motion=motion)
    page.add_init_script(NOTE)
    page.goto("/en/topics/")
    seen = []
    # The browser leaves it out now and then, where the new page is there before it has drawn the old one.
    for name in ("figures", "tips", "rules", "mistakes", "articles"):
        page.locator(f".sections a[href='/en/{name}/']").click()
        page.wait_for_url(f"**/{name}/")
        seen.append(page.evaluate("isFaded"))
    assert any(seen) is is_faded
