"""How revisions are told to editors."""

import datetime as dt
import json

from django import template
from django.contrib.admin.models import LogEntry
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from reversion.models import Revision

from ..history import DELETED

register = template.Library()


@register.filter
def who(revision: Revision) -> str:
    """Return the name of the one who made a revision."""
    user = revision.user
    return (user.get_full_name() or user.get_username()) if user else _("The system")


@register.filter
def what(revision: Revision) -> str:
    """Return what was done, in the active language: Django's own message, or one of articles.history."""
    try:
        entries = json.loads(revision.comment)
    except ValueError:
        return _(revision.comment) if revision.comment else ""
    if isinstance(entries, dict):
        message, when = entries["message"], localtime(dt.datetime.fromisoformat(entries["when"]))
        return _(message).format(when=date_format(when, "SHORT_DATETIME_FORMAT"))
    for details in (details for entry in entries for details in entry.values() if "fields" in details):
        details["fields"] = [in_words(field) for field in details["fields"]]
    return LogEntry(change_message=json.dumps(entries)).get_change_message()


def in_words(label: str) -> str:
    """Return the label of a field, which Django's log has in English, in the active language."""
    name, bracket, language = label.partition(" [")
    return capfirst(_(name[:1].lower() + name[1:])) + bracket + language


@register.filter
def is_deletion(revision: Revision | None) -> bool:
    return bool(revision) and revision.comment == DELETED
