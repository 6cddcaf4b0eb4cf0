"""What was typed in a form whose object is gone, to be copied."""

import re
from collections.abc import Iterator

from django.db import models
from django.http import HttpRequest
from django.utils.text import capfirst

from ..abstract import tidy
from ..history import last_known
from ..languages import LANGUAGES, column, translated_fields

# The name of a field, in a row after the prefix of the rows and the number of that one.
FIELD = re.compile(r"(?:(\w+)-(\d+)-)?(\w+)")


def typed_texts(
    request: HttpRequest, model: type[models.Model], rows: dict[str, type[models.Model]]
) -> Iterator[dict[str, str]]:
    """Give the texts that were typed in the form of an object, and in its rows, whose models are given by prefix.

    None that it was opened with.
    """
    for key, text in request.POST.items():
        field = FIELD.fullmatch(key)
        opened = request.POST.get(f"initial-{key}", "")
        if not field or not text.strip() or tidy(text, True) == tidy(opened, True):
            continue
        prefix, index, name = field.groups()
        label, language = labels_of(rows.get(prefix, model)).get(name, ("", ""))
        if label:
            row = row_name(request, rows[prefix], prefix, int(index)) if prefix in rows else ""
            yield {"key": key, "row": row, "label": label, "language": language, "text": text}


def labels_of(model: type[models.Model]) -> dict[str, tuple[str, str]]:
    """Return what people call each text of a model, and its language, by column."""
    return {
        column(name, language): (model._meta.get_field(name).verbose_name, language)
        for name in translated_fields(model)
        for language in LANGUAGES
    }


def row_name(request: HttpRequest, model: type[models.Model], prefix: str, index: int) -> str:
    """Return what tells a row from others: what it is, with the title that it had, or its number for a new one."""
    pk = request.POST.get(f"{prefix}-{index}-{model._meta.pk.name}", "")
    title = str(last_known(model, int(pk))) if pk.isdecimal() else ""
    return f"{capfirst(model._meta.verbose_name)}: {title or index + 1}"
