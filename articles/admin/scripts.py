"""The scripts of the desk, each with the words it says. Whatever they do, forms work without them."""

import json

from django.conf import settings
from django.forms import Media
from django.forms.widgets import Script
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..status import STATUS_NAMES


def script(name: str, **words: str | Promise) -> Script:
    """Return the script `name`, which finds each of `words` in a data attribute of its element."""
    attributes = {f"data-{key.replace('_', '-')}": word for key, word in words.items()}
    return Script(f"js/{name}.js", defer=True, **attributes)


LANGUAGE_TABS = script(
    "language-tabs",
    languages=json.dumps(dict(settings.LANGUAGES)),
    label=_("Language of the texts"),
    source=_("original"),
    **STATUS_NAMES,
    errors=_("with errors"),
)
REORDERING = script(
    "reordering",
    up=_("Move up: {text}"),
    down=_("Move down: {text}"),
    moved=_("{text}: now number {position} of {total}."),
    grip=_("Drag to another place"),
)
# What a writer of any text is helped by.
WRITING = (
    script("desk"),
    script(
        "counter",
        words=_("Words: {count} (recommended: {fewest}–{most})"),
        left=_("Characters left: {count}"),
        over=_("Characters too many: {count}"),
    ),
    script(
        "preview",
        url=reverse_lazy("admin:articles_article_preview"),
        label=_("Preview: {field}"),
        failed=_("The preview can’t be shown just now."),
        signed_out=_("You are no longer signed in. What you write is kept in this browser; save to sign in again."),
    ),
    script("unsaved"),
    script(
        "drafts",
        path=reverse_lazy("admin:index"),
        offer=_("You have unsaved text from {time}."),
        fields=_("It differs from this form in:"),
        since=_("changed by someone since"),
        restore=_("Bring it back"),
        discard=_("Discard it"),
        restored=_("Your text is back. It isn’t saved yet."),
    ),
)
IMPACT = script("impact", failed=_("What this changes for the translations can’t be told just now."))

# Not added up: media compare scripts by their addresses, which aren't known before the static files are collected.
STYLES = ("css/tokens.css", "css/desk/writing.css", "css/desk/impact.css")
TRANSLATING_MEDIA = Media(js=(*WRITING, IMPACT), css={"all": STYLES})
FORM_SCRIPTS = (*WRITING, LANGUAGE_TABS, REORDERING, IMPACT, script("menu-names"), script("menu-focus"))
FORM_MEDIA = Media(
    js=FORM_SCRIPTS,
    css={
        "all": (*STYLES, "css/desk/forms.css", "css/desk/board.css", "css/desk/difference.css", "css/desk/history.css")
    },
)
