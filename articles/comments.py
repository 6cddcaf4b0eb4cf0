"""What a revision says of itself, kept so that it can be said in the language of whoever reads it.

A comment is one message of articles.history, with a moment or without one, Django's own message in JSON, or what
kept_comment() makes of sentences. Older ones may be plain text, which stays as it is.
"""

import datetime as dt
import json
from dataclasses import asdict

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_noop
from django.utils.translation import gettext as _

from .languages import fallbacks
from .sentences import Sentence

# What was done to a row of an object's form, by the name that Django's log has for it.
ROWS = {
    "added": gettext_noop("Added: %(name)s “%(title)s”."),
    "changed": gettext_noop("Changed: %(name)s “%(title)s” (%(fields)s)."),
    "deleted": gettext_noop("Deleted: %(name)s “%(title)s”."),
}


def kept_comment(*sentences: Sentence, language: str = "", reason: str = "") -> str:
    """Return a comment on texts in `language`, if it is on one alone; `reason` is in the words of whoever typed it."""
    said = [asdict(sentence) for sentence in sentences]
    return json.dumps({"language": language, "sentences": said, "reason": reason}, ensure_ascii=False)


def told(comment: str) -> str:
    """Return a comment in the active language."""
    try:
        kept = json.loads(comment)
    except ValueError:
        return _(comment) if comment else ""
    if isinstance(kept, list):
        return told_entries(kept)
    return told_moment(**kept) if "when" in kept else told_sentences(**kept)


def told_moment(message: str, when: str) -> str:
    """Return a message that names a moment, such as articles.history.restored() keeps."""
    moment = localtime(dt.datetime.fromisoformat(when))
    return _(message).format(when=date_format(moment, "SHORT_DATETIME_FORMAT"))


def told_sentences(language: str, sentences: list[dict], reason: str) -> str:
    said = " ".join(str(Sentence(**sentence)) for sentence in sentences)
    about = f"{dict(settings.LANGUAGES)[language]}: " if language else ""
    return about + " – ".join(filter(None, [said, reason]))


def told_entries(entries: list[dict]) -> str:
    """Return a message of Django's log, which has the names of fields and kinds in English."""
    for details in (details for entry in entries for details in entry.values() if "fields" in details):
        details["fields"] = [in_words(field) for field in details["fields"]]
    return " ".join(told_row(entry) if is_of_row(entry) else told_object(entry) for entry in entries)


def is_of_row(entry: dict) -> bool:
    """Tell whether an entry is on something in the form of what it belongs to."""
    return any("object" in details for details in entry.values())


def told_object(entry: dict) -> str:
    return LogEntry(change_message=json.dumps([entry])).get_change_message()


def told_row(entry: dict) -> str:
    """Return what was done to a row: Django's sentences lack quotation marks of the language, and inflection."""
    [(action, details)] = entry.items()
    titles = details.get("titles", {})
    title = next(filter(None, map(titles.get, fallbacks(get_language()))), details["object"])
    said = {"name": _(details["name"]), "title": title, "fields": ", ".join(details.get("fields", ()))}
    return str(Sentence(ROWS[action], said))


def in_words(label: str) -> str:
    """Return the label of a field, which Django's log has in English, in the active language."""
    name, bracket, language = label.partition(" [")
    return capfirst(_(name[:1].lower() + name[1:])) + bracket + language
