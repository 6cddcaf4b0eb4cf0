"""The application as WSGI servers load it: `retention.wsgi:application`."""

import gc
import os

# Nothing of what is loaded here goes again.
gc.disable()

from django.core.wsgi import get_wsgi_application  # noqa: E402

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "retention.settings")

application = get_wsgi_application()

# Only now can the program's own modules be imported.
from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402
from django.template import engines  # noqa: E402
from django.urls import get_resolver  # noqa: E402
from django.utils.translation import override  # noqa: E402

from articles.editions import current_edition  # noqa: E402
from articles.languages import LANGUAGES  # noqa: E402
from articles.paths import path_of  # noqa: E402

from .page_cache.application import PageCache  # noqa: E402
from .page_cache.memory import Memory  # noqa: E402
from .page_cache.pages import Pages  # noqa: E402
from .page_cache.replies import Replies  # noqa: E402
from .page_cache.watch import Watch  # noqa: E402
from .proxies import Proxies  # noqa: E402
from .rehearsal import rehearse  # noqa: E402
from .sqlite import make_no_database  # noqa: E402


def shared() -> "Shared | None":  # noqa: F821
    """Return the cache that all processes have in common, where there is one."""
    if not settings.CACHE_URL:
        return None
    # The client for Redis takes 20 MB.
    from .page_cache.shared import Shared

    return Shared(cache)


# What every page needs is loaded before the workers part, so that they share it and no reader waits for it.
get_resolver().url_patterns  # noqa: B018 - read once
for language in LANGUAGES:
    with override(language):
        path_of("home")
engines.all()
if not settings.DEBUG:
    make_no_database(settings.DATABASES["default"])
    rehearse()
gc.freeze()
gc.enable()

# Who works on the code sees each change at once.
if not settings.DEBUG:
    watch, memory = Watch(current_edition), Memory(settings.PAGE_CACHE_SIZE)
    application = PageCache(application, Pages(), watch, memory, shared())
if settings.SENTRY_DSN:
    from .error_reports import report_to

    report_to(settings.SENTRY_DSN)
if settings.ACCESS_LOG:
    from .access_log import AccessLog

    application = AccessLog(application)
application = Proxies(application, settings.TRUSTED_PROXIES)
# What is answered in front of everything else gets into no log.
if not (settings.DEBUG or settings.ACCESS_LOG):
    application = Replies(application, memory, watch)
