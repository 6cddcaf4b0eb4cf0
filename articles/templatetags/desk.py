"""What templates of the desk say of translations."""

from django import template
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info

from articles import stand_ins
from articles.abstract import Content
from articles.status import STATUS_NAMES

register = template.Library()


@register.simple_tag
def text(obj: Content, field: str) -> SafeString:
    """Return a short text, marked with its language where it isn't that of the desk."""
    return mark_safe(stand_ins.text(obj, field, language=get_language()))  # noqa: S308


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Return code and name of each language, the name in the language itself."""
    return settings.LANGUAGES


@register.filter
def status_name(status: str) -> str:
    """Return what people call a status."""
    return STATUS_NAMES[status]


@register.filter
def own_name(language: str) -> str:
    """Return the name of a language in the language itself."""
    return dict(settings.LANGUAGES)[language]


@register.filter
def name_within(language: str) -> str:
    """Return the name of a language as it stands within a sentence: English alone writes it with a capital."""
    name = get_language_info(language)["name_translated"]
    return name if get_language() == "en" else name.lower()


@register.simple_tag
def translate_url(model: str, pk: int, language: str) -> str:
    """Return the address at which an object of content, of the model of this name, is translated."""
    return reverse(f"admin:articles_{model}_translate", args=[pk, language])


@register.filter
def model_name(model: str) -> str:
    """Return what people call an object of the model of this name."""
    return apps.get_model("articles", model)._meta.verbose_name
