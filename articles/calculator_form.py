"""The form of the calculator: five numbers as readers write them, and what is wrong with one."""

from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from . import numerals
from .retention_value import Business

AMOUNTS = {"low": Decimal("0.01"), "high": Decimal(10**9), "example": Decimal("1000.5")}


class BoundNumber(forms.BoundField):
    """A field with what was written into it."""

    @property
    def reading(self) -> numerals.Reading | None:
        return self.field.read(self.data)


class NumberField(forms.Field):
    """A number from `low` to `high`; `example` shows how one is written."""

    widget = forms.TextInput
    bound_field_class = BoundNumber
    default_error_messages = {"required": gettext_lazy("Please write a number here.")}

    def __init__(self, *, low: Decimal, high: Decimal, example: Decimal, **kwargs) -> None:
        super().__init__(**kwargs)
        self.low, self.high, self.example = low, high, example

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"inputmode": "decimal", "autocomplete": "off"}

    def read(self, text: str) -> numerals.Reading | None:
        return numerals.read(text)

    def to_python(self, text: str) -> Decimal | None:
        if not text.strip():
            return None
        if reading := self.read(text):
            return reading.number
        example = numerals.in_full(self.example)
        raise ValidationError(_("Please write a number in digits, such as {example}.").format(example=example))

    def validate(self, number: Decimal | None) -> None:
        super().validate(number)
        if not self.low <= number <= self.high:
            low, high = numerals.in_full(self.low), numerals.in_full(self.high)
            raise ValidationError(_("Please write a number from {low} to {high}.").format(low=low, high=high))


class WholeNumberField(NumberField):
    """A number of what comes in one piece."""

    def read(self, text: str) -> numerals.Reading | None:
        return numerals.read_whole(text)

    def validate(self, number: Decimal | None) -> None:
        super().validate(number)
        if number != number.to_integral_value():
            raise ValidationError(_("Please write a whole number: half a customer doesn’t come again."))


class CalculatorForm(forms.Form):
    """What an owner knows of the business, in the words of `Business`."""

    customers = WholeNumberField(
        low=Decimal(1),
        high=Decimal(10**7),
        example=Decimal(1000),
        label=gettext_lazy("Number of customers"),
        help_text=gettext_lazy("Everyone who has bought from you within a year."),
    )
    spend = NumberField(
        **AMOUNTS,
        label=gettext_lazy("What one customer spends a year"),
        help_text=gettext_lazy("On average, in your own currency; all other amounts are in the same."),
    )
    lost = NumberField(
        low=Decimal(0),
        high=Decimal(100),
        example=Decimal("17.5"),
        label=gettext_lazy("Share of customers lost a year, in per cent"),
        help_text=gettext_lazy("How many of a hundred don’t come again. If you don’t know, leave the number as it is."),
    )
    keeping = NumberField(
        **AMOUNTS,
        label=gettext_lazy("What keeping one customer costs a year"),
        help_text=gettext_lazy(
            "Thanks, reminders, calls, offers for regulars, training: all of it, divided by the number of customers. "
            "A good guess will do."
        ),
    )
    dearer = NumberField(
        low=Decimal(1),
        high=Decimal(1000),
        example=Decimal(5),
        label=gettext_lazy("How many times as much it costs to win a customer as to keep one"),
        help_text=gettext_lazy("If you don’t know, leave the number as it is."),
    )

    def clean(self) -> None:
        spend, keeping = self.cleaned_data.get("spend"), self.cleaned_data.get("keeping")
        if spend and keeping and keeping > spend:
            self.add_error("keeping", _("That is more than the customer spends. Please look at both amounts again."))

    @property
    def business(self) -> Business:
        """The business of a form without errors."""
        return Business(**self.cleaned_data)

    def query_in(self, language: str) -> dict[str, str]:
        """Return what was written as it is written in `language`; what is no number stays as it is."""
        readings = {field.name: field.reading for field in self}
        with override(language):
            return {
                name: numerals.plain(reading.number) if reading else self[name].data
                for name, reading in readings.items()
            }
