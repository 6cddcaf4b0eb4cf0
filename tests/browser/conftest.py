"""A real browser, and the real site for it to visit."""

import os
import subprocess
import sys

import pytest

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
    secrets = {"DATABASE_URL": database_url, "DJANGO_SUPERUSER_PASSWORD": PASSWORD}
    command = [
        sys.executable,
        "manage.py",
        "createsuperuser",
        "--noinput",
        "--username=editor",
        "--email=e@example.org",
    ]
    subprocess.run(command, cwd=ROOT, env=os.environ | secrets, check=True, stdout=subprocess.DEVNULL)
    return "editor", PASSWORD
