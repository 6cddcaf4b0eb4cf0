"""Static files as they are served."""

import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import storage


def test_the_bars_of_the_browser_have_the_colour_of_the_paper():
    tokens = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    base = (settings.BASE_DIR / "templates/base.html").read_text()
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
