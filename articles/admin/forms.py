"""The forms in which content is edited."""

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import ModelForm, Textarea

from ..languages import LANGUAGES, column, columns
from ..models import Article
from ..status import text_fields
from .collisions import CollisionForm

# How many words a text should have.
WORDS = {"body": {"data-fewest-words": 60, "data-most-words": 160}}

# The longest text, in characters, that a field of one line shows whole.
ONE_LINE = 80


class ContentForm(CollisionForm):
    """A form that says what is wrong with a field that it doesn't show above all fields."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.mark_texts()

    def mark_texts(self) -> None:
        """Tell browsers the language of each text, and their scripts which are Markdown or have a length to keep to."""
        for field in text_fields(self._meta.model):
            is_long = isinstance(self._meta.model._meta.get_field(field), models.TextField)
            marks = {"data-markdown": is_long, **WORDS.get(field, {})}
            for language in LANGUAGES:
                if text := self.fields.get(column(field, language)):
                    # A browser cuts off what exceeds a maxlength; the server refuses it and loses nothing.
                    text.widget.attrs.pop("maxlength", None)
                    text.widget.attrs |= {"lang": language, "data-most-characters": text.max_length or False, **marks}
                    if text.max_length and text.max_length > ONE_LINE:
                        text.widget = Textarea(text.widget.attrs | {"rows": 3})

    def has_changed(self) -> bool:
        """Tell whether anything was filled in: the number of a new row is by merely moving it."""
        is_moved_only = self.empty_permitted and self.changed_data == ["position"]
        return super().has_changed() and not is_moved_only

    def clean(self) -> dict:
        cleaned = super().clean()
        for name in columns(self.instance.HEADING):
            # The model looks for a heading: one that is refused is there all the same.
            if name in self.errors:
                setattr(self.instance, name, self[name].data)
        return cleaned

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
        if "kind" not in cleaned:
            return cleaned
        self.instance.kind = cleaned["kind"]
        stored = self.instance.remedies.all() if self.instance.pk else []
        self.instance.check_remedies([advice.key for advice in cleaned.get("remedies", stored)])
        return cleaned


def source_language_in(form: ModelForm) -> str:
    """Return the language that the object is judged by as the form stands; "" as long as nothing tells it."""
    chosen = {name: str(form[name].value() or "") for name in ("source_language", "article") if name in form.fields}
    if chosen.get("source_language") in LANGUAGES:
        return chosen["source_language"]
    of_article = Article.objects.filter(pk=chosen.get("article") or None).values_list("source_language", flat=True)
    # A new object has no article to ask.
    return of_article.first() or getattr(form.instance, "source_language", "")
