"""Photographs of every kind of page, in all languages: `python -m tests.screenshots`, or `make screenshots`.

They are taken narrow and wide, light and dark, and lie under `var/screenshots/` with a contact sheet, `index.html`.
"""

import asyncio
import os
import shutil
import sys
import tempfile
import time
from itertools import product
from pathlib import Path
from string import Template

from playwright.async_api import Browser, async_playwright

from .chromium import chromium
from .page_types import LANGUAGES, PAGE_TYPES, path_of
from .server import ROOT, serving
from .unavailable import Unavailable

SHOTS = ROOT / "var" / "screenshots"
SHEET = Template((ROOT / "tests" / "contact_sheet.html").read_text())
WIDTHS = (360, 768, 1280)
THEMES = ("light", "dark")
VIEWS = tuple(product(WIDTHS, THEMES))


def name_of(page_type: str, language: str, width: int, theme: str) -> str:
    return f"{page_type}/{language}-{width}-{theme}.jpg"


async def photograph(browser: Browser, address: str) -> None:
    """Take all pictures, those of one width and theme after another, as many at once as there are cores."""
    free = asyncio.Semaphore(os.cpu_count() or 1)
    taken = 0

    async def photograph_in(width: int, theme: str) -> None:
        nonlocal taken
        async with free:
            look = {"viewport": {"width": width, "height": 800}, "color_scheme": theme, "reduced_motion": "reduce"}
            context = await browser.new_context(base_url=address, **look)
            page = await context.new_page()
            for page_type, language in product(PAGE_TYPES, LANGUAGES):
                await page.goto(path_of(page_type, language))
                shot = SHOTS / name_of(page_type, language, width, theme)
                await page.screenshot(path=shot, full_page=True, type="jpeg", quality=80)
                taken += 1
                print(f"\r{taken} of {len(PAGE_TYPES) * len(LANGUAGES) * len(VIEWS)}", end="", flush=True)
            await context.close()

    await asyncio.gather(*(photograph_in(*view) for view in VIEWS))
    print()


def contact_sheet() -> str:
    """Return the page that shows all pictures by kind of page, the languages side by side."""

    def picture(page_type: str, language: str, width: int, theme: str) -> str:
        name = name_of(page_type, language, width, theme)
        title = f"{page_type}, {language}, {width} px, {theme}"
        return (
            f'<a class="w{width} {theme}" href="{name}" title="{title}">'
            f'<img src="{name}" alt="{title}" loading="lazy"></a>'
        )

    def section(page_type: str) -> str:
        rows = "\n".join(
            f"<p>{''.join(picture(page_type, language, *view) for language in LANGUAGES)}</p>" for view in VIEWS
        )
        return f'<section id="{page_type}"><h2>{page_type}</h2>\n{rows}</section>'

    links = " ".join(f'<a href="#{page_type}">{page_type}</a>' for page_type in PAGE_TYPES)
    return SHEET.substitute(links=links, sections="\n".join(map(section, PAGE_TYPES)))


async def with_browser(path: str, address: str) -> None:
    # As in the tests: the sandbox of Chromium refuses to run as root.
    arguments = ["--no-sandbox"] if os.getuid() == 0 else []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=arguments)
        await photograph(browser, address)
        await browser.close()


def main() -> int:
    started = time.monotonic()
    shutil.rmtree(SHOTS, ignore_errors=True)
    SHOTS.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name, chromium() as found:
        folder = Path(name)
        with serving(f"sqlite:///{folder / 'db.sqlite3'}", folder / "log") as (address, _process):
            asyncio.run(with_browser(found["CHROMIUM"], address))
    (SHOTS / "index.html").write_text(contact_sheet())
    print(f"{SHOTS / 'index.html'}, after {time.monotonic() - started:.0f} seconds.")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unavailable as error:
        sys.exit(str(error))
