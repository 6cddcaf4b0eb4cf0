"""From page to page the new one fades in over the old one, unless the reader wants no motion."""

import pytest
from playwright.sync_api import Page

# Whether the rules that hold for this reader let pages fade. Whether one really does is the browser's to decide: it
# leaves it out where it is short of time.
IS_LET = """() => {
  const holding = (rules) => [...rules].flatMap((rule) => {
    if (rule instanceof CSSMediaRule && !matchMedia(rule.media.mediaText).matches) return [];
    return rule.cssRules?.length ? holding(rule.cssRules) : [rule];
  });
  const rules = [...document.styleSheets].flatMap((sheet) => holding(sheet.cssRules));
  return rules.some((rule) => rule instanceof CSSViewTransitionRule && rule.navigation === "auto");
}"""
NOTE = "addEventListener('pagereveal', (event) => { window.isFaded = Boolean(event.viewTransition); })"


@pytest.mark.parametrize(("motion", "is_let"), [("no-preference", True), ("reduce", False)])
def test_a_page_fades_in_only_for_who_lets_it(page: Page, motion, is_let):
    page.emulate_media(reduced_motion=motion)
    page.add_init_script(NOTE)
    page.goto("/en/topics/")
    assert page.evaluate(IS_LET) is is_let
    page.locator(".sections a[href='/en/figures/']").click()
    page.wait_for_url("**/figures/")
    assert page.evaluate(IS_LET) is is_let
    assert page.evaluate("isFaded") in (is_let, False)
