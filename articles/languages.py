"""The languages of the site, and the order in which one stands in for another."""

from functools import cache

from django.conf import settings
from django.db.models import Model
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname, resolution_order

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@cache
def column(field: str, language: str) -> str:
    """Return the name of the physical column that holds `field` in `language`: ("title", "hy") gives "title_hy"."""
    return build_localized_fieldname(field, language)


def columns(*fields: str) -> list[str]:
    """Return the physical columns of these fields in all languages."""
    return [column(field, language) for field in fields for language in LANGUAGES]


@cache
def fallbacks(language: str) -> tuple[str, ...]:
    """Return the languages in which a text is looked for, `language` itself first."""
    return resolution_order(language)


def translated_fields(model: type[Model]) -> tuple[str, ...]:
    """Return the names of the translated fields of `model`, without language, in the order of the model."""
    # modeltranslation keeps them in an order that differs from process to process.
    translated = translator.get_options_for_model(model).all_fields
    return tuple(field.name for field in model._meta.concrete_fields if field.name in translated)


def is_translated(model: type[Model], field: str) -> bool:
    """Tell whether `field` of `model` has a text in each language."""
    return field in translated_fields(model)
