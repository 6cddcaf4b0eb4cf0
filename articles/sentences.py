"""Sentences that are kept or handed on, and said in the language of whoever reads them."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext


@dataclass(frozen=True)
class Sentence:
    """A message of the catalogues, as it stands in the code, and the values of its placeholders."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        said = gettext(self.message)
        return said % self.values if self.values else said
