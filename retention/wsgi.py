"""The application as WSGI servers load it: `retention.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "retention.settings")

application = get_wsgi_application()

# Only now can the program's own modules be imported.
from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402

from articles.editions import current_edition  # noqa: E402
from articles.words import build_dictionaries  # noqa: E402

from .page_cache.application import PageCache  # noqa: E402
from .page_cache.memory import Memory  # noqa: E402
from .page_cache.shared import Shared  # noqa: E402
from .page_cache.watch import Watch  # noqa: E402

# Loaded before the workers part, so that they share them and no reader waits for them.
build_dictionaries()

# Who works on the code sees each change at once.
if not settings.DEBUG:
    shared = Shared(cache) if settings.CACHE_URL else None
    application = PageCache(application, Watch(current_edition), Memory(settings.PAGE_CACHE_SIZE), shared)
