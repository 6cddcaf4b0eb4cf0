"""What loading records would change, for people to read: by title, field and language, word by word."""

from dataclasses import dataclass

from django.utils.translation import get_language

from .abstract import Content
from .comparison import Change, shown, told_fields
from .differences import between
from .languages import column, fallbacks
from .loading import Loaded, Outcome, model_named


@dataclass
class Prospect:
    """One object: its title, what it is, what becomes of it, and its fields that change or stay as they were edited."""

    title: str
    name: str
    outcome: Outcome
    changes: list[Change]
    kept: list[Change]


def prospects_of(all_loaded: list[Loaded]) -> list[Prospect]:
    """Return what becomes of these records, those left out that stay as they are."""
    titles = TitlesByKey(all_loaded)
    return [prospect_of(each, titles) for each in all_loaded if each.outcome != Outcome.UNCHANGED]


class TitlesByKey:
    """The titles of objects once all is loaded: by what was loaded, and else by the database."""

    def __init__(self, all_loaded: list[Loaded]) -> None:
        self.known = {(each.record.model, each.record.key): title_of(each) for each in all_loaded}

    def __call__(self, model: type[Content], keys: list[str]) -> list[str]:
        name = model._meta.model_name
        lacking = [key for key in keys if (name, key) not in self.known]
        self.known |= {(name, obj.key): str(obj) for obj in model.objects.filter(key__in=lacking)}
        return [self.known.get((name, key), "") for key in keys]


def title_of(loaded: Loaded) -> str:
    """Return the title that readers of the active language then see, "" where there is none."""
    fields, heading = loaded.record.fields, model_named(loaded.record.model).HEADING
    after = fields | loaded.before | {name: fields[name] for name in loaded.written}
    return next(filter(None, (after.get(column(heading, code)) for code in fallbacks(get_language()))), "")


def prospect_of(loaded: Loaded, titles: TitlesByKey) -> Prospect:
    model = model_named(loaded.record.model)
    [title] = titles(model, [loaded.record.key])
    # What isn't there yet has nothing to compare.
    changes = changes_of(loaded, titles, loaded.written) if loaded.before else []
    kept = changes_of(loaded, titles, loaded.kept)
    return Prospect(title, str(model._meta.verbose_name), loaded.outcome, changes, kept)


def changes_of(loaded: Loaded, titles: TitlesByKey, names: list[str]) -> list[Change]:
    """Return how these fields differ between database and record."""
    model = model_named(loaded.record.model)

    def shown_in(fields: dict[str, object], name: str) -> str:
        return shown(model, name, fields, titles)

    return [
        Change(str(label), language, between(shown_in(loaded.before, name), shown_in(loaded.record.fields, name)))
        for name, label, language in told_fields(model)
        if name in names
    ]
