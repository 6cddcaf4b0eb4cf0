"""The status of an object in all languages, as the database keeps it in a generated column."""

from collections.abc import Sequence

from django.db.models import Case, CharField, F, Func, Index, Q, TextField, Value, When
from django.db.models.functions import Coalesce, Concat
from django.db.models.lookups import Exact, IsNull

from .languages import LANGUAGES, column

MISSING, OUTDATED, CURRENT = "missing", "outdated", "current"
STATUS_BY_LETTER = {status[0]: status for status in (MISSING, OUTDATED, CURRENT)}
# Stands between the texts of one object where they are compared as one.
SEPARATOR = "\x1f"


class Standing(Concat):
    """The expression for the statuses of a row, judged by the language `source`.

    They are told by a letter for each of `languages`, the first of the status. `heading` is the text without which the
    object doesn't exist in a language, `fields` are all its texts. Migrations hold the arguments and get the rule from
    here: another rule needs another class.
    """

    def __init__(self, heading: str, fields: Sequence[str], source: str, languages: Sequence[str]) -> None:
        self.heading = heading
        self.fields = fields
        self.source = source
        super().__init__(*map(self.letter, languages), output_field=CharField())

    def letter(self, language: str) -> Case:
        if language == self.source:
            return Case(When(has_text(self.heading, language), then=Value(CURRENT[0])), default=Value(MISSING[0]))
        lacks = ~has_text(self.heading, language)
        for field in self.fields:
            lacks |= has_text(field, self.source) & ~has_text(field, language)
        return Case(
            When(lacks, then=Value(MISSING[0])),
            When(Exact(F(column("confirmed", language)), self.source_texts()), then=Value(CURRENT[0])),
            default=Value(OUTDATED[0]),
        )

    def source_texts(self) -> Concat:
        """Return the texts in the source language, joined."""
        parts: list = []
        for field in self.fields:
            parts += [Value(SEPARATOR), Coalesce(column(field, self.source), Value(""), output_field=TextField())]
        return Concat(*parts[1:], output_field=TextField())


# What stands in indexes is written without parameters: SQLite knows it again by its words only.


class Left(Func):
    """What is left to do in the language at this place of a `standing`: the letter of the status, or NULL."""

    template = f"NULLIF(SUBSTR(%(expressions)s, %(place)d, 1), '{CURRENT[0]}')"
    output_field = CharField()

    def __init__(self, place: int) -> None:
        super().__init__("standing", place=place)


class LeftAnywhere(Func):
    """The letter of a status that a `standing` has in some language, or NULL."""

    template = "CASE WHEN REPLACE(%(expressions)s, '%(letter)s', '') <> %(expressions)s THEN '%(letter)s' END"
    output_field = CharField()

    def __init__(self, letter: str) -> None:
        super().__init__("standing", letter=letter)


def left_in(language: str) -> Left:
    return Left(1 + LANGUAGES.index(language))


def is_left(status: str, language: str | None = None) -> Exact:
    """Return the condition that something is missing or outdated in a language, or else in any, as indexes know it."""
    return Exact(left_in(language) if language else LeftAnywhere(status[0]), Value(status[0]))


def indexes_of_work() -> list[Index]:
    """Return the indexes of what isn't finished, what has waited longest first; those of a finished site are empty."""
    kinds = {
        # The board, the list of work, the next one that is left, and the filter by the status in a language.
        **{f"left_{language}": left_in(language) for language in LANGUAGES},
        # The filter by the status in any language.
        **{status: LeftAnywhere(status[0]) for status in (MISSING, OUTDATED)},
    }
    return [
        Index(left, "source_changed_at", "id", name=f"%(class)s_{kind}", condition=Q(IsNull(left, False)))
        for kind, left in kinds.items()
    ]


def has_text(field: str, language: str) -> Q:
    return Q((f"{column(field, language)}__gt", ""))
