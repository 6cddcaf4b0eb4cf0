"""Django's fields as Django shows them, with the names that people who don't see them need."""

import datetime as dt

from django.contrib.admin.widgets import AdminSplitDateTime
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet, Form, SplitDateTimeField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class LabelledSplitDateTime(AdminSplitDateTime):
    """Two fields for a moment, each with a name."""

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs)
        date, time = self.widgets
        date.attrs["aria-label"] = _("Date")
        time.attrs["aria-label"] = _("Time")


class Moment(SplitDateTimeField):
    """A moment that can be told in every time zone: not the first hours of the calendar, nor its last."""

    def compress(self, data_list: list) -> dt.datetime | None:
        moment = super().compress(data_list)
        try:
            return moment and moment.astimezone(dt.UTC)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid_date"], code="invalid_date") from None


class LabelledFormSet(BaseInlineFormSet):
    """Rows whose fields say their names, which a table shows above its columns only."""

    def add_fields(self, form: Form, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs["aria-label"] = capfirst(field.label)
