"""How people get in."""

from playwright.sync_api import Page

SESSION = "session-of-"


def sign_in(page: Page, person: tuple[str, str], path: str) -> None:
    """Go to a page in the session that the person has already."""
    name, _password = person
    page.context.add_cookies([{"name": "sessionid", "value": SESSION + name, "domain": "127.0.0.1", "path": "/"}])
    page.goto(path)


def fill_in(page: Page, person: tuple[str, str]) -> None:
    """Sign in with name and password."""
    name, password = person
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in").click()
