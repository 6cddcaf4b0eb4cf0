"""What the templates of public pages are compiled with: an environment of Jinja for each language.

Jinja works out filters of constants as it compiles. So what a template says in so many words, strings to translate,
names of pages and of static files, costs a reader nothing.
"""

from collections.abc import MutableMapping
from functools import partial

import jinja2
from django.conf import settings
from django.template import defaultfilters
from django.templatetags import i18n
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import template_localtime
from django.utils.translation import get_language, gettext, ngettext, override
from markupsafe import Markup

from . import addresses, beside, emblems, figures, numerals, rendering, share_images, sheets, stand_ins, structured_data
from .languages import LANGUAGES
from .search_pages import search_query

OPEN_GRAPH_LOCALES = {"en": "en_GB", "fi": "fi_FI", "et": "et_EE", "ru": "ru_RU", "hy": "hy_AM"}


class Environments:
    """An environment for each language, in which templates are compiled while it is the active one.

    Django's backend takes this for the environment itself.
    """

    def __init__(self, **options) -> None:
        options |= {"trim_blocks": True, "undefined": jinja2.StrictUndefined}
        self._in_language = {language: Environment(language, **options) for language in LANGUAGES}

    def get_template(self, name: str) -> jinja2.Template:
        return self._in_language[get_language() or settings.LANGUAGE_CODE].get_template(name)


class Environment(jinja2.Environment):
    """What templates may use in one language."""

    def __init__(self, language: str, **options) -> None:
        super().__init__(**options)
        self.filters |= FILTERS | {name: partial(text, language=language) for name, text in TEXTS.items()}
        self.globals |= FRAME | GLOBALS | {"language": language, "og_locale": OPEN_GRAPH_LOCALES[language]}

    def make_globals(self, own: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        # No template has any of its own, and the map that would lay them over these is slow.
        return self.globals


def translate(text: str, **values: object) -> Markup:
    """Return `text` in the active language, with values in place of their names."""
    translation = Markup(gettext(text))  # noqa: S704 - our own
    return translation % values if values else translation


def translate_into(text: str, language: str) -> Markup:
    """Return `text` in a language that may be another than the page's."""
    with override(language):
        return translate(text)


def plural(singular: str, plural: str, counter: int) -> Markup:
    """Return a sentence about so many, as the active language says it of this number."""
    sentence = Markup(ngettext(singular, plural, counter))  # noqa: S704 - our own
    return sentence % {"counter": counter}


def url(name: str, *args: object) -> str:
    """Return the path of a page in the active language."""
    return reverse(name, args=args)


def date(moment: object, format: str | None = None) -> str:
    return defaultfilters.date(template_localtime(moment), format)


FILTERS = {
    "translate": translate,
    "translate_into": translate_into,
    "plural": plural,
    "url": url,
    "static": static,
    "date": date,
    "capfirst": defaultfilters.capfirst,
    "floatformat": defaultfilters.floatformat,
    "truncatechars": defaultfilters.truncatechars,
    "language_name_local": i18n.language_name_local,
    "markdown": rendering.render,
    "emblem": emblems.emblem,
    "cells_of": beside.cells,
    "value_text": figures.value_text,
    "picture": figures.drawing,
    "people": numerals.people,
    "money": numerals.money,
    "in_full": numerals.in_full,
    "percent": numerals.percent,
    "states": sheets.states,
    "has_changed": sheets.has_changed,
}

# Those that depend on the language of the page.
TEXTS = {"text": stand_ins.text, "lang_of": stand_ins.lang_of, "stand_in": stand_ins.stand_in}

GLOBALS = {
    "languages": settings.LANGUAGES,
    "json_ld": structured_data.json_ld,
    "query_of": addresses.query_of,
    "search_query": search_query,
    "share_image": share_images,
}

# What the frame asks of every page, and only some have to say.
FRAME = {
    "addresses": None,
    "answer": None,
    "article": None,
    "canonical": None,
    "crumbs": None,
    "description": None,
    "is_preview": False,
    "is_unlisted": False,
    "og_type": "website",
    "section": None,
    "structured": None,
}
