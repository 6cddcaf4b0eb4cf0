"""Static files as they are served."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import storage
from django.http import HttpResponse
from django.test import RequestFactory
from whitenoise.middleware import WhiteNoiseMiddleware

from retention.static_files import StaticFiles

STYLES = settings.BASE_DIR / "static" / "css"
PAGES = sorted(path.name for path in (STYLES / "pages").iterdir())


def selectors(style: str) -> list[str]:
    found = re.findall(r"([^{};]+)\{", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))
    return [" ".join(each.replace(",", ", ").replace(": ", ":").split()) for each in found]


def imported_by(name: str) -> list[str]:
    """Return the style sheets that one of a page imports, itself or through another, in order."""
    imported = re.findall(r'@import "(.+)";', (STYLES / "pages" / name).read_text())
    return [part for path in imported for part in (imported_by(path) if path in PAGES else [path.removeprefix("../")])]


def test_the_bars_of_the_browser_have_the_colour_of_the_paper():
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    base = (settings.BASE_DIR / "templates/pages/base.html").read_text()
    paper = re.search(r"--paper: light-dark\((#\w+), (#\w+)\)", tokens).groups()
    bars = re.findall(
        r'<meta name="theme-color" media="\(prefers-color-scheme: (light|dark)\)" content="(#\w+)">', base
    )
    assert bars == [*zip(("light", "dark"), paper, strict=True)]


# Through the module: a test runner looks at all names of this one, and would open the storage before it is filled.
def test_style_sheets_are_served_small_and_whole():
    name = "css/stamps.css"
    written = (settings.BASE_DIR / "static" / name).read_text()
    files = storage.staticfiles_storage
    served = Path(files.path(files.stored_name(name))).read_text()
    assert "/*" in written
    assert "/*" not in served
    assert len(served) < len(written)
    assert written.count("{") == served.count("{") == served.count("}")
    assert 'content:"✓" / ""' in served


@pytest.mark.parametrize("path", sorted(STYLES.glob("*.css")), ids=lambda path: path.name)
def test_rules_are_served_for_what_they_were_written(path):
    files = storage.staticfiles_storage
    served = Path(files.path(files.stored_name(f"css/{path.name}"))).read_text()
    assert selectors(served) == selectors(path.read_text())


@pytest.mark.parametrize("name", PAGES)
def test_the_style_sheet_of_a_page_is_served_with_all_that_it_imports_in_its_order(name):
    files = storage.staticfiles_storage
    parts = [Path(files.path(files.stored_name(f"css/{part}"))).read_text() for part in imported_by(name)]
    assert len(parts) > 5
    assert Path(files.path(files.stored_name(f"css/pages/{name}"))).read_text() == "".join(parts)


def test_the_style_sheet_of_a_page_is_made_again_whenever_static_files_are_collected():
    modified = storage.staticfiles_storage.get_modified_time
    assert modified(f"css/pages/{PAGES[0]}") < modified("css/tokens.css")


def test_every_style_sheet_of_readers_stands_on_some_page():
    on_pages = {
        part for name in PAGES for part in re.findall(r"\.\./(\w+\.css)", (STYLES / "pages" / name).read_text())
    }
    assert on_pages == {path.name for path in STYLES.glob("*.css")}


@pytest.mark.parametrize("headers", [{}, {"accept-encoding": "br"}, {"range": "bytes=0-3"}])
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_files_that_are_made_ready_when_they_are_asked_for_are_served_as_any(settings, one_connection, method, headers):
    settings.WHITENOISE_AUTOREFRESH = False
    ours, theirs = (kind(lambda request: HttpResponse(status=404)) for kind in (StaticFiles, WhiteNoiseMiddleware))
    paths = [storage.staticfiles_storage.url("css/pages/home.css"), "/static/js/theme.js", "/static/no-such-file"]
    assert ours.files.keys() == theirs.files.keys() >= set(paths[:2])
    for path in paths:
        request = RequestFactory().generic(method, path, headers=headers)
        # The second time it is ready.
        for _time in range(2):
            with closing(ours(request)) as served, closing(theirs(request)) as expected:
                assert served.status_code == expected.status_code
                assert dict(served.items()) == dict(expected.items())
                assert served.getvalue() == expected.getvalue()
