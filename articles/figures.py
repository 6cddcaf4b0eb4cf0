"""Figures for readers: the number as their language writes it, and as a picture."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .choices import Unit
from .models import Figure

MOST_DOTS = 300


def value_text(figure: Figure) -> str:
    """Return the number of a figure as a reader of the active language expects it, such as "15–20 %"."""
    numbers = number_text(figure)
    match figure.unit:
        case Unit.PERCENT:
            # Translators: whether there is a (no-break) space before the sign differs between languages.
            return _("{number}%").format(number=numbers)
        case Unit.MORE:
            return "+" + _("{number}%").format(number=numbers)
        case Unit.TIMES:
            return f"{numbers}×"
        case Unit.AT_LEAST:
            return f"{numbers}+"
        case Unit.OVER_MILLION:
            # Translators: a big number on its own, as short as can be.
            return _("over {number} million").format(number=numbers)
        case Unit.RANK:
            # Translators: a place in a ranking.
            return _("No. {number}").format(number=numbers)
        case _:
            return numbers


def number_text(figure: Figure) -> str:
    """Return the number or range of a figure without its unit."""
    return "–".join(local_number(number) for number in (figure.low, figure.high) if number is not None)


def local_number(number: Decimal) -> str:
    """Return `number` with the digits grouped and the decimals marked as in the active language."""
    decimals = max(0, -number.normalize().as_tuple().exponent)
    return number_format(number, decimal_pos=decimals, use_l10n=True, force_grouping=number >= 10_000)


@dataclass(frozen=True)
class Dots:
    """Rows of dots, one for each of `total`: first `solid` ones, then `light` ones, then empty ones."""

    total: int
    solid: int
    light: int
    label: str

    shape = "dots"

    @property
    def per_row(self) -> int:
        return 10 if self.total <= 100 else 25

    @property
    def height(self) -> int:
        return 10 * -(-self.total // self.per_row)

    @property
    def width(self) -> int:
        return 10 * min(self.total, self.per_row)

    def path(self, first: int, last: int) -> str:
        """Return the SVG path through the dots number `first` to `last` (from 0, `last` not included)."""
        rows = []
        for row in range(first // self.per_row, -(-last // self.per_row)):
            start = max(first - row * self.per_row, 0)
            end = min(last - row * self.per_row, self.per_row)
            if start < end:
                rows.append(f"M{10 * start + 5} {10 * row + 5}h{10 * (end - start - 1) + 0.01:g}")
        return "".join(rows)

    @property
    def solid_path(self) -> str:
        return self.path(0, self.solid)

    @property
    def light_path(self) -> str:
        return self.path(self.solid, self.solid + self.light)

    @property
    def empty_path(self) -> str:
        return self.path(self.solid + self.light, self.total)


@dataclass(frozen=True)
class Bars:
    """Bars one below the other on a common scale; widths in hundredths, a range being `light` from low to high."""

    solid: float
    light: float
    unit: float
    label: str

    shape = "bars"


@dataclass(frozen=True)
class Split:
    """One bar cut in two parts; `solid` is the first part in hundredths."""

    solid: float
    label: str

    shape = "split"


def drawing(figure: Figure) -> Dots | Bars | Split | None:
    """Return the picture of a figure, or None where a picture says no more than the number.

    A share is shown as so many of a hundred dots, people as dots, "more" and "times" as a bar beside another, a ratio
    as a cut bar.
    """
    low, high = float(figure.low), float(figure.high or figure.low)
    value = value_text(figure)
    beside_one = _("1 beside {number}").format(number=value)
    match figure.unit:
        case Unit.PERCENT if high <= 100:
            return Dots(
                100, round(low), round(high) - round(low), _("{number} of 100").format(number=number_text(figure))
            )
        case Unit.PEOPLE if high <= MOST_DOTS:
            return Dots(round(high), round(low), round(high - low), value)
        case Unit.AT_LEAST if low <= MOST_DOTS:
            return Dots(1 + round(low), 1, round(low), beside_one)
        case Unit.MORE:
            return bars(1 + low / 100, 1 + high / 100, value)
        case Unit.TIMES if low:
            return bars(low, high, beside_one)
        case Unit.RATIO if low + high:
            return Split(100 * low / (low + high), value)
    return None


def bars(low: float, high: float, label: str) -> Bars:
    """Return a bar of 1 above one that reaches from 0 to `low`, and lighter on to `high`."""
    return Bars(100 * low / high, 100 * (high - low) / high, 100 / high, label)
