"""Static files as they are served."""

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage


def test_style_sheets_are_served_small_and_whole():
    name = "css/stamps.css"
    written = (settings.BASE_DIR / "static" / name).read_text()
    served = Path(staticfiles_storage.path(staticfiles_storage.stored_name(name))).read_text()
    assert "/*" in written
    assert "/*" not in served
    assert len(served) < len(written)
    assert written.count("{") == served.count("{") == served.count("}")
    assert 'content:"✓" / ""' in served
