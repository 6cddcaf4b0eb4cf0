"""How a text is shown to a reader in whose language it isn't written: marked with its own, and told."""

from django.utils.translation import gettext_lazy as _
from markupsafe import Markup, escape

from .abstract import Content

# Whole sentences, since most languages inflect the name of a language.
STAND_INS = {
    "en": _("This text isn’t translated yet. You are reading it in English."),
    "fi": _("This text isn’t translated yet. You are reading it in Finnish."),
    "et": _("This text isn’t translated yet. You are reading it in Estonian."),
    "ru": _("This text isn’t translated yet. You are reading it in Russian."),
    "hy": _("This text isn’t translated yet. You are reading it in Armenian."),
}


def lang_of(obj: Content, field: str, *, language: str) -> Markup:
    """Return ` lang="…"` for the element that shows `field` to a reader of `language`, if it stands in for another."""
    own = obj.language_of(field)
    return Markup() if own == language else Markup(' lang="{}"').format(own)


def text(obj: Content, field: str, *, language: str) -> Markup:
    """Return a short text for a reader of `language`, marked with its own where it stands in for another."""
    own = obj.language_of(field)
    shown = escape(getattr(obj, field))
    return shown if own == language else Markup('<span lang="{}">{}</span>').format(own, shown)


def stand_in(obj: Content, *fields: str, language: str) -> str:
    """Return what a reader of `language` is told where one of these texts isn't written in it; "" where all are."""
    for field in fields:
        if (own := obj.language_of(field)) != language:
            return STAND_INS[own]
    return ""
