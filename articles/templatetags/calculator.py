"""What templates say of numbers that a reader gave and a formula made."""

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from articles import numerals

register = template.Library()

register.filter(numerals.people)
register.filter(numerals.money)
register.filter(numerals.in_full)


@register.filter
def percent(number: Decimal) -> str:
    """Return a share as the active language writes it."""
    return _("{number}%").format(number=numerals.in_full(number))
