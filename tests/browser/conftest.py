"""A real browser, and the real site for it to visit."""

import os
import subprocess
import sys

import pytest
from playwright.sync_api import ConsoleMessage, Page, Request

from ..server import ROOT, serving

PASSWORD = "a long enough password"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    # The sandbox of Chromium refuses to run as root; the only pages it opens are our own.
    arguments = ["--disable-background-networking", *(["--no-sandbox"] if os.getuid() == 0 else [])]
    return {**browser_type_launch_args, "executable_path": os.environ["CHROMIUM"], "args": arguments}


@pytest.fixture(scope="session")
def database_url(tmp_path_factory) -> str:
    return f"sqlite:///{tmp_path_factory.mktemp('site') / 'db.sqlite3'}"


@pytest.fixture(scope="session")
def base_url(database_url, tmp_path_factory):
    with serving(database_url, tmp_path_factory.mktemp("log") / "log") as (address, _process):
        yield address


@pytest.fixture(scope="session")
def editor(base_url, database_url) -> tuple[str, str]:
    """The name and password of an editor who may do everything."""
    return superuser("editor", database_url)


@pytest.fixture(scope="session")
def colleague(base_url, database_url) -> tuple[str, str]:
    """The name and password of another one."""
    return superuser("colleague", database_url)


def superuser(name: str, database_url: str) -> tuple[str, str]:
    options = ["--noinput", f"--username={name}", "--email=e@example.org"]
    manage(database_url, "createsuperuser", *options, DJANGO_SUPERUSER_PASSWORD=PASSWORD)
    return name, PASSWORD


def manage(database_url: str, *arguments: str, **environment: str) -> str:
    """Run a command of manage.py on the site's database and return what it writes."""
    command = [sys.executable, "manage.py", *arguments]
    variables = os.environ | environment | {"DATABASE_URL": database_url}
    return subprocess.run(command, cwd=ROOT, env=variables, check=True, stdout=subprocess.PIPE, text=True).stdout


ARTICLE = """
from articles.models import Advice, Article
article = Article.objects.create(source_language="en", title_en="Draft", title_fi="Luonnos", introduction_en="Hello.")
for name in ("One", "Two", "Three"):
    Advice.objects.create(article=article, kind="tip", title_en=name, title_fi=name.upper(), body_en="Do it.")
print(article.pk, *article.advice.values_list("pk", flat=True))
"""


@pytest.fixture
def article(base_url, database_url) -> tuple[str, list[str]]:
    """The address of the form of a draft in English and Finnish, and those of its tips One, Two and Three."""
    pk, *tips = manage(database_url, "shell", "--no-imports", "--command", ARTICLE).split()
    return f"/admin/articles/article/{pk}/change/", [f"/admin/articles/advice/{tip}/change/" for tip in tips]


@pytest.fixture(autouse=True)
def complaints(page: Page):
    """No page may have a console error, a blocked resource or an uncaught exception."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    def note(request: Request) -> None:
        # What the browser itself gives up when it leaves a page is no failure.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"{request.url}: {request.failure}")

    page.on("console", hear)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", note)
    yield complaints
    assert complaints == []
