"""The application as WSGI servers load it: `retention.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "retention.settings")

application = get_wsgi_application()

# Only now can the program's own modules be imported.
from articles.words import build_dictionaries  # noqa: E402

# Loaded before the workers part, so that they share them and no reader waits for them.
build_dictionaries()
