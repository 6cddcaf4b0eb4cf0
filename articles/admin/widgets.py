"""Django's fields as Django shows them, with the names that people who don't see them need."""

from django.contrib.admin.widgets import AdminSplitDateTime
from django.forms import BaseInlineFormSet, Form
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _


class LabelledSplitDateTime(AdminSplitDateTime):
    """Two fields for a moment, each with a name."""

    def __init__(self, attrs: dict | None = None) -> None:
        super().__init__(attrs)
        date, time = self.widgets
        date.attrs["aria-label"] = _("Date")
        time.attrs["aria-label"] = _("Time")


class LabelledFormSet(BaseInlineFormSet):
    """Rows whose fields say their names, which a table shows above its columns only."""

    def add_fields(self, form: Form, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            if not field.widget.is_hidden:
                field.widget.attrs["aria-label"] = capfirst(field.label)
