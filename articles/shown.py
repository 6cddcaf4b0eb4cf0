"""Content as readers of one language see it: light rows, each text in their language or in that which stands in for it.

They are asked the same as the objects of the models, but know no more than what was loaded for the page.
"""

from collections.abc import Mapping
from types import MappingProxyType

from .choices import Founded, Kind
from .paths import path_in
from .readable import Addressed, Readable

KIND_NAMES, FOUNDED_NAMES = dict(Kind.choices), dict(Founded.choices)


class Several(tuple):
    """What belongs to a row, as pages ask for it."""

    __slots__ = ()

    def all(self) -> "Several":
        return self


class Shown(Readable):
    """What rows of all models have in common. `language` is the one that they are shown in."""

    pk: int
    language: str
    # The languages of the texts that stand in for others, by the name of the text.
    stand_ins: Mapping[str, str] = MappingProxyType({})

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and other.pk == self.pk

    def __hash__(self) -> int:
        return hash(self.pk)

    def language_of(self, field: str) -> str:
        """Return the language in which `field` is shown; with no text at all that is the reader's."""
        return self.stand_ins.get(field, self.language)


class ShownWithAddress(Shown, Addressed):
    def get_absolute_url(self) -> str:
        return path_in(self.language, self.page, self.slug)


class ShownTopic(ShownWithAddress):
    HEADING = "name"
    page = "topic"
    source_language = "en"


class ShownArticle(ShownWithAddress):
    page = "article"


class ShownAdvice(ShownWithAddress):
    LEAD = "action"

    @property
    def page(self) -> str:
        return self.kind

    def get_kind_display(self) -> str:
        return str(KIND_NAMES[self.kind])


class ShownFigure(Shown):
    HEADING = "claim"

    def get_founded_display(self) -> str:
        return str(FOUNDED_NAMES[self.founded])

    def get_absolute_url(self) -> str:
        return f"{path_in(self.language, 'figures')}#figure-{self.key}"


# By the names of the models.
SHOWN = {"topic": ShownTopic, "article": ShownArticle, "advice": ShownAdvice, "figure": ShownFigure}
