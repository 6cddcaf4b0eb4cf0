"""What readers may see: draft, scheduled, published; and previews for those who may see it before."""

from django.core import signing
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .choices import Status
from .models import Advice, Article
from .paths import path_of
from .querysets import is_published

DRAFT, SCHEDULED, PUBLISHED = "draft", "scheduled", "published"
STATE_NAMES = {DRAFT: _("draft"), SCHEDULED: _("scheduled"), PUBLISHED: _("published")}

# How long a link to a preview holds, in days.
PREVIEW_DAYS = 14
PREVIEWED = {model._meta.model_name: model for model in (Article, Advice)}
SALT = "articles.preview.object"


def state_of(article: Article) -> str:
    """Return whether an article is DRAFT, SCHEDULED or PUBLISHED now."""
    if article.status != Status.PUBLISHED:
        return DRAFT
    return SCHEDULED if article.published_at > timezone.now() else PUBLISHED


def in_state(state: str) -> Q:
    """Return the condition that `state_of` an article is `state`."""
    is_scheduled = Q(status=Status.PUBLISHED, published_at__gt=timezone.now())
    return {DRAFT: Q(status=Status.DRAFT), SCHEDULED: is_scheduled, PUBLISHED: is_published()}[state]


def is_visible(obj: Model) -> bool:
    """Tell whether readers see `obj`: advice is seen with its article."""
    return state_of(obj.article if isinstance(obj, Advice) else obj) == PUBLISHED


def preview_url(obj: Article | Advice, language: str) -> str:
    """Return the path at which anyone who has it sees `obj` in `language` for PREVIEW_DAYS days."""
    with override(language):
        return path_of("preview", signing.dumps([obj._meta.model_name, obj.pk, obj.key], salt=SALT))


def previewed(token: str) -> Article | Advice | None:
    """Return what a preview's token was made for, or None if that isn't there any more.

    A key alone doesn't tell: what is written after a deletion may take it.

    Raises signing.SignatureExpired if the time is over, signing.BadSignature if we didn't make the token.
    """
    model, pk, key = signing.loads(token, salt=SALT, max_age=PREVIEW_DAYS * 24 * 60 * 60)
    return PREVIEWED[model].objects.filter(pk=pk, key=key).first()
