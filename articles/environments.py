"""What the templates of public pages are compiled with: an environment of Jinja for each language.

Jinja works out filters of constants as it compiles. So what a template says in so many words, strings to translate,
names of pages and of static files, costs a reader nothing.
"""

from collections.abc import MutableMapping
from functools import lru_cache, partial
from pathlib import Path

import jinja2
from django.conf import settings
from django.db.models import Choices
from django.template import defaultfilters
from django.templatetags import i18n
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.timezone import template_localtime
from django.utils.translation import get_language, gettext, ngettext, override
from markupsafe import Markup, _escape_inner
from markupsafe import escape as escaped_markup

from retention.fingerprint import fingerprint

from . import addresses, beside, emblems, figures, numerals, rendering, share_images, sheets, stand_ins, structured_data
from .choices import Founded, Kind
from .fragments import Fragments
from .languages import LANGUAGES
from .paths import path_in
from .search_pages import search_query

OPEN_GRAPH_LOCALES = {"en": "en_GB", "fi": "fi_FI", "et": "et_EE", "ru": "ru_RU", "hy": "hy_AM"}
# How many dates are kept as they were written, in each language.
DATES = 4096


class Environments:
    """An environment for each language, in which templates are compiled while it is the active one.

    Django's backend takes this for the environment itself.
    """

    def __init__(self, **options) -> None:
        self._in_language = {
            language: Environment(language, **options, bytecode_cache=compiled(language)) for language in LANGUAGES
        }

    def compile_all(self) -> None:
        """Compile every template in every language, so that no reader waits for it."""
        for language, environment in self._in_language.items():
            with override(language):
                for name in environment.list_templates():
                    environment.get_template(name)

    def get_template(self, name: str) -> jinja2.Template:
        return self._in_language[get_language() or settings.LANGUAGE_CODE].get_template(name)


def compiled(language: str) -> jinja2.BytecodeCache | None:
    """Return where compiled templates are kept. What stands in them comes from catalogues and static files as well."""
    # While the site is being worked on, static files have other names, and catalogues change.
    if settings.DEBUG:
        return None
    folder = Path(settings.VAR_DIR) / "templates" / fingerprint() / language
    folder.mkdir(parents=True, exist_ok=True)
    return jinja2.FileSystemBytecodeCache(str(folder), "%s")


class Template(jinja2.Template):
    """A template that doesn't make Markup of each piece that it writes, since they are only joined."""

    @classmethod
    def from_code(cls, *args, **kwargs) -> "Template":
        made = super().from_code(*args, **kwargs)
        made.root_render_func.__globals__["escape"] = escaped
        return made


class Environment(jinja2.Environment):
    """What templates may use in one language."""

    template_class = Template

    def __init__(self, language: str, **options) -> None:
        super().__init__(**options | {"trim_blocks": True, "undefined": jinja2.StrictUndefined})
        self.filters |= FILTERS | {name: partial(text, language=language) for name, text in TEXTS.items()}
        self.filters |= {"url": partial(path_in, language), "date": lru_cache(DATES)(date), "kept": Fragments().kept}
        self.globals |= FRAME | GLOBALS | {"language": language, "og_locale": OPEN_GRAPH_LOCALES[language]}
        with override(language):
            self.globals |= {"kinds": names_of(Kind), "foundations": names_of(Founded)}

    def make_globals(self, own: MutableMapping[str, object] | None) -> MutableMapping[str, object]:
        # No template has any of its own, and the map that would lay them over these is slow.
        return self.globals


def escaped(value: object) -> str:
    """Return `value` as it is written into a page: as `markupsafe.escape` does, but a plain string where it can be."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    return value if kind is Markup or kind is SafeString else escaped_markup(value)


def names_of(values: type[Choices]) -> dict[str, str]:
    """Return what a closed set of values is called in the active language."""
    return {value: str(name) for value, name in values.choices}


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


def date(moment: object, format: str | None = None) -> str:
    return defaultfilters.date(template_localtime(moment), format)


FILTERS = {
    "translate": translate,
    "translate_into": translate_into,
    "plural": plural,
    "static": static,
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
