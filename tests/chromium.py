"""A real Chromium for the tests."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .debian import install
from .unavailable import Unavailable

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@contextmanager
def chromium() -> Iterator[dict[str, str]]:
    """Give the path of a Chromium as CHROMIUM: one that is installed, else Playwright's own, else Debian's."""
    ways: list[Callable[[], str | None]] = [installed, downloaded_by_playwright, installed_from_debian]
    path = os.environ.get("CHROMIUM") or next(filter(None, (way() for way in ways)), None)
    if not path:
        raise Unavailable("no Chromium is installed, Playwright can't download one, and apt-get can't install one")
    install_fonts()
    yield {"CHROMIUM": path}


def installed() -> str | None:
    return next(filter(None, map(shutil.which, NAMES)), None)


def downloaded_by_playwright() -> str | None:
    from playwright.sync_api import sync_playwright

    def path() -> str | None:
        with sync_playwright() as playwright:
            found = playwright.chromium.executable_path
        return found if Path(found).exists() else None

    if found := path():
        return found
    print("Asking Playwright for a Chromium …", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    done = subprocess.run(command, capture_output=True, check=False)
    return path() if done.returncode == 0 else None


def installed_from_debian() -> str | None:
    return installed() if install("chromium") else None


def install_fonts() -> None:
    """Install the fonts that pages are looked at in: others make lines higher or lower, and may have no Armenian."""
    fonts = shutil.which("fc-list")
    if not (fonts and subprocess.run([fonts, "Noto Sans Armenian"], capture_output=True, check=False).stdout):
        install("fonts-noto-core")
