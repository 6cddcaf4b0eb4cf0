"""Numbers as readers write them, and as pages write them for readers."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils.formats import get_format, number_format
from django.utils.translation import gettext as _

# Longer than any number that means something here.
LONGEST = 40

# What people write one for the other: minus signs, apostrophes, and the marks of East Asian keyboards.
ALIKE = str.maketrans("−–－’ʼ＇，．％", "---''',.%")
GROUPED = r"[1-9]\d{0,2}(?P<mark>[ '.,])\d{3}(?:(?P=mark)\d{3})*"
WHOLE = re.compile(rf"\d+|{GROUPED}")
DECIMAL = re.compile(rf"(?P<whole>\d*|{GROUPED})(?P<point>[.,])(?P<part>\d+)")


class Reading(NamedTuple):
    """What a number was understood as, and whether it could have meant another one."""

    number: Decimal
    is_doubtful: bool


def read(text: str) -> Reading | None:
    """Return the number that `text` says to a reader of the active language; None if it says none.

    Digits may be grouped in threes by spaces, apostrophes, points or commas; of points and commas together the last is
    the decimal mark, whatever the language. Only one mark before three digits can be either ("1,000"): then the
    language decides, and where its readers would rather not have written it so, the reading is doubtful.
    """
    sign, digits = bare(text)
    decimal, whole = as_decimal(digits), as_whole(digits)
    if decimal is None or whole is None:
        number = whole if decimal is None else decimal
        return None if number is None else Reading(sign * number, False)
    mark = digits[-4]
    number = decimal if mark == get_format("DECIMAL_SEPARATOR") else whole
    return Reading(sign * number, mark != get_format("THOUSAND_SEPARATOR"))


def read_whole(text: str) -> Reading | None:
    """Return the number that `text` says where only whole numbers make sense: there "1,000" is a thousand."""
    reading = read(text)
    sign, digits = bare(text)
    whole = as_whole(digits)
    return reading and (reading if whole is None else reading._replace(number=sign * whole))


def bare(text: str) -> tuple[int, str]:
    """Return sign and digits of `text`, without the signs of currencies, shares and multiples around them."""
    if len(text) > LONGEST:
        return 1, ""
    text = without_units(re.sub(r"\s", " ", text.translate(ALIKE)))
    sign = -1 if text.startswith("-") else 1
    return sign, without_units(text[1:] if text[:1] in ("-", "+") else text)


def without_units(text: str) -> str:
    units = "".join(letter for letter in text if unicodedata.category(letter) == "Sc")
    return text.strip(f" %×{units}")


def as_whole(digits: str) -> Decimal | None:
    return Decimal(re.sub(r"\D", "", digits)) if WHOLE.fullmatch(digits) else None


def as_decimal(digits: str) -> Decimal | None:
    found = DECIMAL.fullmatch(digits)
    if not found or found["mark"] == found["point"]:
        return None
    whole = re.sub(r"\D", "", found["whole"])
    return Decimal(f"{whole or 0}.{found['part']}")


def plain(number: Decimal) -> str:
    """Return `number` in full as the active language writes it, without groups: `read` gives it back."""
    return number_format(number, decimal_pos=decimals_of(number), use_l10n=True)


def in_full(number: Decimal) -> str:
    """Return `number` in full as the active language writes it, its digits grouped."""
    return number_format(number, decimal_pos=decimals_of(number), use_l10n=True, force_grouping=True)


def people(number: Decimal) -> str:
    """Return how many people an average says, in whole people from a hundred on, else to a tenth of one."""
    return in_full(rounded(number, 0 if number >= 100 else 1))


def money(number: Decimal) -> str:
    """Return an amount, in whole units from a thousand on, else to a hundredth where there is any part of one."""
    amount = rounded(number, 0 if number >= 1000 else 2)
    is_whole = amount == amount.to_integral_value()
    return number_format(amount, decimal_pos=0 if is_whole else 2, use_l10n=True, force_grouping=True)


def percent(number: Decimal) -> str:
    """Return a share as the active language writes it."""
    return _("{number}%").format(number=in_full(number))


def rounded(number: Decimal, decimals: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def decimals_of(number: Decimal) -> int:
    return max(0, -number.normalize().as_tuple().exponent)
