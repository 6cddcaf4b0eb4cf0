"""Texts go out to a translator and come back, in a real browser."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from translate.storage.xliff import xlifffile

from .accessibility import serious_violations
from .signing_in import sign_in

BOARD = "/admin/"
IMPORT, EXPORT, ARCHIVE = (f"/admin/articles/article/{name}/" for name in ("import", "export", "content"))


def upload(page: Page, path: Path) -> None:
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("button", name="Show what would change").click()


def translated(exported: bytes, identity: str, translation: str) -> bytes:
    """Return a file as a translator's tool makes it of an exported one, with one translation written."""
    file = xlifffile.parsestring(exported)
    next(unit for unit in file.units if unit.getid().endswith(identity)).target = translation
    return bytes(file)


def exported(page: Page) -> bytes:
    """Return the Russian translation of an article, exported from the list by the keyboard."""
    page.goto("/admin/articles/article/")
    page.locator("tr", has_text="Seven steps").get_by_role("checkbox").check()
    page.get_by_role("combobox", name="Action").select_option("Export chosen for translation")
    page.get_by_role("button", name="Go").press("Enter")
    expect(page.locator("#chosen")).to_contain_text("Seven steps to customer loyalty")
    page.get_by_label("Translation into").select_option("ru")
    page.get_by_label("Only what is missing").uncheck()
    with page.expect_download() as download:
        page.get_by_role("button", name="Export", exact=True).press("Enter")
    assert download.value.suggested_filename.startswith("seven-steps-ru-")
    return Path(download.value.path()).read_bytes()


def test_a_translation_goes_out_comes_back_and_is_read(page: Page, editor, tmp_path):
    sign_in(page, editor, BOARD)
    path = tmp_path / "back.xlf"
    path.write_bytes(translated(exported(page), "article/seven-steps/title", "Семь шагов к верности гостей"))
    page.goto(IMPORT)
    upload(page, path)
    expect(page.locator(".change")).to_have_count(1)
    expect(page.locator(".change ins")).to_contain_text("гостей")
    page.get_by_role("button", name="Import").press("Enter")
    expect(page.locator(".messagelist")).to_contain_text("1 translation was imported.")
    page.wait_for_timeout(1000)  # milliseconds: by then every worker knows of it
    page.goto("/ru/articles/")
    expect(page.get_by_role("link", name="Семь шагов к верности гостей")).to_be_visible()


def test_a_damaged_file_is_refused_with_a_sentence(page: Page, editor, tmp_path):
    path = tmp_path / "back.xlf"
    path.write_text("<xliff>")
    sign_in(page, editor, IMPORT)
    upload(page, path)
    expect(page.get_by_role("alert")).to_contain_text("This isn’t well-formed XML: line 1.")


def test_all_content_goes_out_and_comes_back(page: Page, editor, tmp_path):
    sign_in(page, editor, BOARD)
    page.get_by_role("link", name="All content as a file").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download all content").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    upload(page, path)
    expect(page.locator("#content")).to_contain_text("Everything is here already as the file has it.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_are_accessible(browser: Browser, base_url, editor, tmp_path, scheme):
    page = browser.new_context(base_url=base_url, color_scheme=scheme).new_page()
    sign_in(page, editor, BOARD)
    path = tmp_path / "back.xlf"
    path.write_bytes(translated(exported(page), "article/seven-steps/summary", "5 шагов."))
    for address in (EXPORT, ARCHIVE, IMPORT):
        page.goto(address)
        assert serious_violations(page) == [], address
    upload(page, path)
    expect(page.locator(".warnings")).to_be_visible()
    expect(page.get_by_label("Why the warnings don’t matter")).to_be_visible()
    assert serious_violations(page) == []
    page.get_by_role("link", name="Cancel").click()
    path.write_text("<xliff>")
    upload(page, path)
    assert serious_violations(page) == []
    page.context.close()
