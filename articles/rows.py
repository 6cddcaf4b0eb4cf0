"""From columns to rows: what is selected of content for readers of one language, and how that becomes Shown."""

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import CharField, Expression, F, Func, Model
from django.db.models.query import ValuesListIterable

from .languages import LANGUAGES, column, fallbacks, is_translated
from .shown import SHOWN, Shown
from .status import is_outdated

CODE = len(LANGUAGES[0])


class Own(Func):
    """A text in the language shown; "" where it isn't written."""

    template = "COALESCE(%(expressions)s, '')"
    output_field = CharField()


class StandIn(Func):
    """What stands in for a text that isn't written in the first of `languages`: the code of its own, then the text.

    NULL where the text is there, or in no language at all.
    """

    output_field = CharField()

    def __init__(self, path: str, languages: Sequence[str]) -> None:
        super().__init__(*(column(path, language) for language in languages))
        self.languages = languages

    def as_sql(self, compiler, connection, **context) -> tuple[str, list]:
        own, *others = [compiler.compile(expression)[0] for expression in self.get_source_expressions()]
        # Compared as equal or not, long texts stay in PostgreSQL's table of long values.
        coded = zip(self.languages[1:], others, strict=True)
        choices = ", ".join(f"NULLIF('{language}' || {text}, '{language}')" for language, text in coded)
        return f"CASE WHEN {own} <> '' THEN NULL ELSE COALESCE({choices}) END", []


class Part:
    """One object in a row: the row's own, or that to which `relation` leads. Its columns begin with number `start`."""

    def __init__(self, model: type[Model], language: str, relation: str, names: Iterable[str], start: int) -> None:
        self.model, self.language, self.relation = model, language, relation
        self.kind = SHOWN[model._meta.model_name]
        self.texts = [name for name in names if is_translated(model, name)]
        self.fields = ["pk", *(name for name in names if name not in self.texts)]
        self.names = [*self.fields, *self.texts]
        # First the fields and texts, then for each text what stands in for it.
        self.start, self.middle = start, start + len(self.names)
        self.end = self.middle + len(self.texts)

    def columns(self) -> Iterator[Expression]:
        path = f"{self.relation}__" if self.relation else ""
        for field in self.fields:
            yield is_outdated(self.language) if field == "is_outdated" else F(path + field)
        yield from (Own(column(path + text, self.language)) for text in self.texts)
        yield from (StandIn(path + text, fallbacks(self.language)) for text in self.texts)

    def shown(self, row: Sequence) -> Shown:
        known = dict(zip(self.names, row[self.start : self.middle], strict=True))
        known["language"] = self.language
        stand_ins = row[self.middle : self.end]
        if any(stand_ins):
            found = [(name, text) for name, text in zip(self.texts, stand_ins, strict=True) if text]
            known |= {name: text[CODE:] for name, text in found}
            known["stand_ins"] = {name: text[:CODE] for name, text in found}
        shown = self.kind()
        shown.__dict__ = known
        return shown


class Rows:
    """Rows of a model with these fields, or such of a related object ("article__title"), in one language."""

    def __init__(self, model: type[Model], language: str, paths: Iterable[str]) -> None:
        names: dict[str, list[str]] = {"": []}
        for path in paths:
            relation, _, name = path.rpartition("__")
            names.setdefault(relation, []).append(name)
        self.own = Part(model, language, "", names.pop(""), 0)
        self.related: list[Part] = []
        start = self.own.end
        for relation, of_related in names.items():
            part = Part(model._meta.get_field(relation).related_model, language, relation, of_related, start)
            self.related.append(part)
            start = part.end

    def columns(self) -> list[Expression]:
        """Return what is selected."""
        return [column for part in (self.own, *self.related) for column in part.columns()]

    def shown(self, row: Sequence) -> Shown:
        """Return what a row of these columns shows."""
        shown = self.own.shown(row)
        shown.content = self, tuple(row)
        for part in self.related:
            setattr(shown, part.relation, part.shown(row))
        return shown


class ShownIterable(ValuesListIterable):
    """The rows of a queryset that has Rows."""

    def __iter__(self) -> Iterator[Shown]:
        return map(self.queryset.rows.shown, super().__iter__())
