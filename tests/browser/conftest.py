"""A real browser, and the real site for it to visit."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Error, Page, Request

from ..server import ROOT, serving
from .signing_in import SESSION

PASSWORD = "a long enough password"


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args) -> dict:
    # The sandbox of Chromium refuses to run as root; the only pages it opens are our own.
    arguments = ["--disable-background-networking", *(["--no-sandbox"] if os.getuid() == 0 else [])]
    return {**browser_type_launch_args, "executable_path": os.environ["CHROMIUM"], "args": arguments}


@pytest.fixture(scope="session")
def database(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("site") / "db.sqlite3"


@pytest.fixture(scope="session")
def database_url(database) -> str:
    return f"sqlite:///{database}"


# Each has a session, as somebody who signed in before: making a password hard to guess takes a second each time.
PEOPLE = f"""
from datetime import timedelta
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group, Permission, User
from django.utils import timezone
from retention.sign_in.models import Session
for name in ("editor", "colleague"):
    User.objects.create_superuser(name, password="{PASSWORD}")
for language in ("fi", "et"):
    translator = User.objects.create_user(f"translator-{{language}}", password="{PASSWORD}", is_staff=True)
    translator.groups.add(Group.objects.get(name=f"Translators ({{language}})"))
viewer = User.objects.create_user("viewer", password="{PASSWORD}", is_staff=True)
viewer.user_permissions.set(Permission.objects.filter(content_type__app_label="articles", codename__startswith="view"))
for user in User.objects.all():
    signed_in = {{
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }}
    Session.objects.create(
        user=user,
        session_key="{SESSION}" + user.username,
        session_data=Session.objects.encode(signed_in),
        expire_date=timezone.now() + timedelta(days=1),
    )
"""


@pytest.fixture(scope="session")
def base_url(database_url, tmp_path_factory):
    with serving(database_url, tmp_path_factory.mktemp("log") / "log") as (address, _process):
        shell(database_url, PEOPLE)
        yield address


@pytest.fixture(scope="session")
def untouched(base_url, database) -> Path:
    """A copy of the database as it is before the first test."""
    kept = database.with_name("untouched.sqlite3")
    copy(database, kept)
    return kept


@pytest.fixture(autouse=True)
def fresh(untouched, database) -> None:
    """Each test finds the site with the authored content and the people, whatever others did before."""
    copy(untouched, database)


def copy(source: Path, target: Path) -> None:
    """Copy a database, also into one that is being served."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target, timeout=20)) as new:
        old.backup(new)


@pytest.fixture(scope="session")
def editor() -> tuple[str, str]:
    """The name and password of an editor who may do everything."""
    return "editor", PASSWORD


@pytest.fixture(scope="session")
def colleague() -> tuple[str, str]:
    """The name and password of another one."""
    return "colleague", PASSWORD


def shell(database_url: str, program: str) -> str:
    """Run a program in Django's shell on the site's database and return what it writes."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "--command", program]
    variables = os.environ | {"DATABASE_URL": database_url}
    return subprocess.run(command, cwd=ROOT, env=variables, check=True, stdout=subprocess.PIPE, text=True).stdout


ARTICLE = """
from articles.models import Advice, Article
article = Article.objects.create(source_language="en", title_en="Draft", title_fi="Luonnos", introduction_en="Hello.")
for name in ("One", "Two", "Three"):
    Advice.objects.create(article=article, kind="tip", title_en=name, title_fi=name.upper(), body_en="Do it.")
print(article.pk, *article.advice.values_list("pk", flat=True))
"""


@pytest.fixture(scope="session")
def drafted(untouched) -> tuple[Path, list[str]]:
    """A copy of the database with a draft more, and the keys of it and its tips."""
    kept = untouched.with_name("drafted.sqlite3")
    copy(untouched, kept)
    return kept, shell(f"sqlite:///{kept}", ARTICLE).split()


@pytest.fixture
def article(fresh, drafted, database) -> tuple[str, list[str]]:
    """The address of the form of a draft in English and Finnish, and those of its tips One, Two and Three."""
    kept, (pk, *tips) = drafted
    copy(kept, database)
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

    def meet(error: Error) -> None:
        # The browser gives up a fade to a page that doesn't fade in, such as one of the desk, and one during which the
        # window changes or the page is left: nothing is lost by it.
        if not str(error).startswith(("Transition was aborted", "Transition was skipped")):
            complaints.append(str(error))

    page.on("console", hear)
    page.on("pageerror", meet)
    page.on("requestfailed", note)
    yield complaints
    assert complaints == []
