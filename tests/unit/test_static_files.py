"""Static files as they are served."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import storage


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
