"""The forms in which content is edited."""

from django.core.exceptions import ValidationError

from .collisions import CollisionForm


class ContentForm(CollisionForm):
    """A form that says what is wrong with a field that it doesn't show above all fields."""

    def add_error(self, field: str | None, error: ValidationError) -> None:
        if field is None and hasattr(error, "error_dict"):
            for name, errors in error.error_dict.items():
                super().add_error(name if name in self.fields else None, ValidationError(errors))
        else:
            super().add_error(field, error)


class AdviceForm(ContentForm):
    """The form of one piece of advice; its remedies are those chosen in it, or else those that it has already."""

    def clean(self) -> dict:
        cleaned = super().clean()
        self.instance.kind = cleaned.get("kind", "")
        stored = self.instance.remedies.all() if self.instance.pk else []
        self.instance.check_remedies([advice.key for advice in cleaned.get("remedies", stored)])
        return cleaned
