"""How people get in."""

from playwright.sync_api import Page


def sign_in(page: Page, person: tuple[str, str], path: str) -> None:
    page.goto(f"/admin/login/?next={path}")
    fill_in(page, person)


def fill_in(page: Page, person: tuple[str, str]) -> None:
    name, password = person
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
