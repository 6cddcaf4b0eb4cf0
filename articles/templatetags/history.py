"""How revisions are told to editors."""

from django import template
from django.utils.translation import gettext as _
from reversion.models import Revision

from ..comments import told
from ..history import DELETED

register = template.Library()


@register.filter
def who(revision: Revision) -> str:
    """Return the name of the one who made a revision."""
    user = revision.user
    return (user.get_full_name() or user.get_username()) if user else _("The system")


@register.filter
def what(revision: Revision) -> str:
    """Return what was done, in the active language."""
    return told(revision.comment)


@register.filter
def is_deletion(revision: Revision | None) -> bool:
    return bool(revision) and revision.comment == DELETED
