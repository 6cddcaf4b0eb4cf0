"""What helps people who write, and keeps what they have written, in a real browser."""

import re

import pytest
from playwright.sync_api import Dialog, Page, expect

from .signing_in import fill_in, sign_in

OFFER = "You have unsaved text from"


@pytest.fixture
def tip(article) -> str:
    """The address of the form of a piece of advice."""
    _path, tips = article
    return tips[0]


def sign_out(page: Page) -> None:
    """End the session as time or another tab would."""
    page.context.clear_cookies(name="sessionid")


def write(page: Page, field: str, text: str) -> None:
    """Write as people do, however much of the page is there, and wait until the browser has kept it."""
    page.locator(field).fill(text)
    wait_until_kept(page, text)


def wait_until_kept(page: Page, text: str) -> None:
    page.wait_for_function("text => JSON.stringify(localStorage).includes(text)", arg=text)


def offer(page: Page):
    return page.get_by_role("region", name=OFFER)


def kept_drafts(page: Page) -> int:
    return page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft ')).length")


def test_a_preview_shows_markdown_as_readers_will_see_it(page: Page, editor, tip):
    sign_in(page, editor, tip)
    preview = page.get_by_role("region", name="Preview: Body [en]")
    expect(preview.locator(".preview-text")).to_have_text("Do it.")
    page.locator("#id_body_en").fill("Be **kind**.\n\n- one\n- two\n\n<script>alert(1)</script>")
    expect(preview.locator("strong")).to_have_text("kind")
    expect(preview.locator("li")).to_have_count(2)
    expect(preview).to_contain_text("<script>alert(1)</script>")
    expect(preview.locator(".preview-text")).to_have_attribute("lang", "en")
    page.get_by_role("tab", name="Suomi").click()
    page.locator("#id_body_fi").fill("*Tee se.*")
    finnish = page.get_by_role("region", name="Preview: Body [fi]")
    expect(finnish.locator("em")).to_have_text("Tee se.")
    expect(finnish.locator(".preview-text")).to_have_attribute("lang", "fi")


def test_a_preview_tells_why_there_is_none(page: Page, editor, tip):
    sign_in(page, editor, tip)
    expect(page.locator(".preview-text").first).to_have_text("Do it.")
    sign_out(page)
    page.locator("#id_body_en").fill("More.")
    expect(page.get_by_text("You are no longer signed in.")).to_be_visible()


def test_characters_are_counted_against_the_limit(page: Page, editor, tip):
    sign_in(page, editor, tip)
    counter = page.locator("#id_title_en_counter")
    expect(counter).to_contain_text("3 / 70")
    page.locator("#id_title_en").fill("Ой, 🙂")
    expect(counter).to_contain_text("5 / 70")
    assert "id_title_en_counter" in page.locator("#id_title_en").get_attribute("aria-describedby")


def test_a_text_that_is_too_long_is_told_and_not_cut_off(page: Page, editor, tip):
    sign_in(page, editor, tip)
    page.locator("#id_title_en").fill("x" * 75)
    expect(page.locator("#id_title_en_counter")).to_have_class("counter too-long")
    expect(page.get_by_role("status").filter(has_text="Characters too many: 5")).to_have_count(1)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errorlist").filter(has_text="at most 70")).to_be_visible()
    expect(page.locator("#id_title_en")).to_have_value("x" * 75)


def test_the_words_of_a_body_are_counted(page: Page, editor, tip):
    sign_in(page, editor, tip)
    page.locator("#id_body_en").fill("- One\n- two\n\n**three**  four")
    expect(page.locator("#id_body_en_counter")).to_contain_text("Words: 4 (recommended: 60–160)")


def is_asked_before_closing(page: Page) -> bool:
    """Try to close the page as people do, stay, and tell whether the browser asked."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", stay)
    page.close(run_before_unload=True)
    page.wait_for_timeout(500)
    return asked == ["beforeunload"]


def test_leaving_a_changed_form_asks_first(page: Page, editor, tip):
    sign_in(page, editor, tip)
    page.locator("#id_title_en").fill("Unsaved")
    assert is_asked_before_closing(page)
    expect(page.locator("#id_title_en")).to_have_value("Unsaved")


HASTE = """
document.addEventListener("DOMContentLoaded", () => {
  const field = document.querySelector("#id_title_en");
  if (!field) return;
  field.value = "Typed in haste";
  field.dispatchEvent(new Event("input", { bubbles: true }));
});
"""


def test_what_is_typed_before_the_page_is_complete_is_not_lost(page: Page, editor, tip):
    page.add_init_script(HASTE)
    sign_in(page, editor, tip)
    wait_until_kept(page, "Typed in haste")
    assert is_asked_before_closing(page)


def test_leaving_asks_nothing_where_nothing_is_lost(page: Page, editor, tip):
    sign_in(page, editor, tip)
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("tab", name="Suomi").click()
    page.goto(tip)
    page.get_by_role("tab", name="English").click()
    page.locator("#id_title_en").fill("Saved")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto("/admin/")
    assert asked == []


def test_a_session_that_ends_while_typing_loses_nothing(page: Page, editor, tip):
    sign_in(page, editor, tip)
    write(page, "#id_body_en", "A long text that took an hour.")
    sign_out(page)
    page.get_by_role("button", name="Save", exact=True).click()
    fill_in(page, editor)
    expect(page.locator("#id_body_en")).to_have_value("Do it.")
    expect(offer(page)).to_contain_text("Body [en]: A long text that took an hour.")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("#id_body_en")).to_have_value("A long text that took an hour.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto(tip)
    expect(page.locator("#id_body_en")).to_have_value("A long text that took an hour.")
    expect(offer(page)).to_have_count(0)
    assert kept_drafts(page) == 0


def test_a_refused_request_loses_nothing(page: Page, editor, tip, complaints):
    sign_in(page, editor, tip)
    write(page, "#id_title_en", "Kept through a refusal")
    page.context.clear_cookies(name="csrftoken")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="This form is no longer valid")).to_be_visible()
    page.goto(tip)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("#id_title_en")).to_have_value("Kept through a refusal")
    assert all("403" in complaint for complaint in complaints)
    complaints.clear()


def test_nobody_sees_the_unsaved_texts_of_another(page: Page, editor, colleague, tip):
    sign_in(page, editor, tip)
    write(page, "#id_title_en", "Mine alone")
    sign_out(page)
    sign_in(page, colleague, tip)
    expect(page.get_by_role("tab", name="English")).to_be_visible()
    expect(offer(page)).to_have_count(0)
    sign_out(page)
    sign_in(page, editor, tip)
    expect(offer(page)).to_contain_text("Mine alone")


@pytest.mark.parametrize("button", ["Save", "Save and continue editing", "Save and add another"])
def test_what_is_saved_isnt_offered(page: Page, editor, button):
    sign_in(page, editor, "/admin/articles/topic/add/")
    write(page, "#id_name_en", f"A topic by {button}")
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    page.goto("/admin/articles/topic/add/")
    expect(page.get_by_role("tab", name="English")).to_be_visible()
    expect(offer(page)).to_have_count(0)
    assert kept_drafts(page) == 0


def test_texts_that_the_server_refused_are_kept_until_they_are_saved(page: Page, editor, tip):
    sign_in(page, editor, tip)
    write(page, "#id_title_en", "y" * 71)
    write(page, "#id_body_en", "Beside the fault.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".errornote")).to_be_visible()
    expect(offer(page)).to_have_count(0)
    write(page, "#id_title_en", "Short enough")
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(tip)
    expect(offer(page)).to_contain_text("Short enough")
    expect(offer(page)).to_contain_text("Beside the fault.")
    page.get_by_role("button", name="Bring it back").click()
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    expect(offer(page)).to_have_count(0)
    assert kept_drafts(page) == 0


def test_the_parts_of_a_moment_are_named_in_the_offer(page: Page, editor, article):
    path, _tips = article
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, editor, path)
    write(page, "#id_published_at_0", "2027-03-01")
    page.goto(path)
    expect(offer(page)).to_contain_text("Published at, date: 2027-03-01")


def test_the_time_of_a_draft_has_24_hours_in_armenian(page: Page, editor, tip):
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, editor, tip)
    page.get_by_role("button", name="Հայերեն").first.click()
    write(page, "#id_title_hy", "Mine alone")
    page.goto(tip)
    sentence = page.locator("#kept-draft")
    expect(sentence).to_have_text(re.compile(r"\d\d:\d\d"))
    expect(sentence).not_to_have_text(re.compile(r"[AP]M"))


def test_what_is_discarded_isnt_offered_again(page: Page, editor, tip):
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, editor, tip)
    write(page, "#id_title_en", "Never mind")
    page.goto(tip)
    page.get_by_role("button", name="Discard it").click()
    expect(page.locator("#id_title_en")).to_have_value("One")
    page.goto(tip)
    expect(page.get_by_role("tab", name="English")).to_be_visible()
    expect(offer(page)).to_have_count(0)


def test_a_draft_tells_what_a_colleague_has_changed_since(page: Page, editor, tip, new_context):
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, editor, tip)
    write(page, "#id_title_en", "My wording")
    other = new_context().new_page()
    sign_in(other, editor, tip)
    other.locator("#id_title_en").fill("Their wording")
    other.get_by_role("button", name="Save", exact=True).click()
    page.goto(tip)
    expect(offer(page)).to_contain_text("changed by someone since")
    offer(page).get_by_role("button", name="Bring it back").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("saved this while you were writing")).to_be_visible()
    expect(page.locator("#id_title_en")).to_have_value("My wording")


def test_new_rows_are_brought_back_beside_those_a_colleague_added(page: Page, editor, article, new_context):
    path, _tips = article
    page.on("dialog", lambda dialog: dialog.accept())
    sign_in(page, editor, path)
    page.get_by_text("Add another Piece of advice").click()
    page.locator("#id_advice-3-kind").select_option("rule")
    write(page, "#id_advice-3-title_en", "Four, unsaved")
    other = new_context().new_page()
    sign_in(other, editor, path)
    other.get_by_text("Add another Piece of advice").click()
    other.locator("#id_advice-3-kind").select_option("tip")
    other.locator("#id_advice-3-title_en").fill("Theirs")
    other.get_by_role("button", name="Save", exact=True).click()
    expect(other.locator(".messagelist .success")).to_be_visible()
    page.goto(path)
    expect(offer(page)).not_to_contain_text("title_en")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("#id_advice-3-title_en")).to_have_value("Theirs")
    expect(page.locator("#id_advice-4-title_en")).to_have_value("Four, unsaved")
    expect(page.locator("#id_advice-4-kind")).to_have_value("rule")


def test_old_drafts_are_forgotten(page: Page, editor, tip):
    sign_in(page, editor, tip)
    draft = '{"at": 1, "texts": {"title_en": ["One", "Older than anybody remembers"]}}'
    page.locator("input[name=draft_id]").evaluate(
        "(input, draft) => localStorage.setItem(`draft ${input.dataset.user} ${location.pathname} abcdefgh`, draft)",
        draft,
    )
    page.reload()
    expect(page.get_by_role("tab", name="English")).to_be_visible()
    expect(offer(page)).to_have_count(0)
    assert kept_drafts(page) == 0


def test_what_isnt_a_draft_in_the_store_is_no_trouble(page: Page, editor, tip):
    page.add_init_script("localStorage.setItem('draft 1 /admin/ abcdefgh', '{broken')")
    page.add_init_script("localStorage.setItem('draft 1 /admin/ ijklmnop', 'null')")
    sign_in(page, editor, tip)
    write(page, "#id_title_en", "Kept all the same")


# Django's own scripts can't do without the store.
FULL = """
const { setItem } = Storage.prototype;
Storage.prototype.setItem = function (key, value) {
  if (/^(draft |language-tab)/.test(key)) throw new DOMException("full", "QuotaExceededError");
  setItem.call(this, key, value);
};
"""


def test_a_browser_that_keeps_nothing_still_has_the_form(page: Page, editor, tip):
    page.add_init_script(FULL)
    sign_in(page, editor, tip)
    page.get_by_role("tab", name="Suomi").click()
    page.locator("#id_title_fi").fill("Yksi")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
