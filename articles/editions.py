"""The edition of the site: a name for all that its pages are made of at one moment.

Pages of one edition may be kept as long as it lasts. It changes with the content, with the moment at which an article
that was scheduled appears, and with the day.
"""

from django.db.models import Max
from django.utils import timezone

from .models import Article, ContentStamp


def current_edition() -> str:
    """Return the name of the edition of now; two moments with the same name have the same pages.

    Raises django.db.Error if the database can't be asked.
    """
    # Read first: of what changes meanwhile the name mustn't know more than the pages.
    stamp = ContentStamp.current()
    latest = Article.objects.published().aggregate(latest=Max("published_at"))["latest"]
    return f"{stamp}-{latest.timestamp() if latest else 0}-{timezone.localdate()}"
