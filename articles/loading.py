"""From authored records to the database and back.

Loading is a three-way comparison, field by field: what the files say, what the database holds, and what was loaded
last (Baseline). Where the database still holds what was loaded, the files win; where an editor has changed it since,
the editor wins, deletions included.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from itertools import groupby, islice
from operator import attrgetter

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet

from . import enlisting, indexing, roster
from .choices import Status
from .collection import ENTRIES, Record
from .history import LOADED, keep
from .languages import LANGUAGES, column, columns, translated_fields
from .models import Advice, Article, Baseline, Figure, Topic
from .places import with_stored_positions
from .status import SEPARATOR, confirm, text_fields

BATCH = 500
# So many articles are kept in the history at once, each with its advice and figures.
KEPT_BATCH = 20


class Outcome(Enum):
    """What became of a record."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    KEPT = "kept as edited"
    LEFT_DELETED = "left deleted"


@dataclass
class Loaded:
    """What loading did with one record: the fields it wrote, and those in which an editor's value was kept.

    `before` are the fields as the database held them; nothing for what wasn't there.
    """

    record: Record
    outcome: Outcome
    written: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    before: dict[str, object] = field(default_factory=dict)


def load(records: list[Record], *, overwrite: bool = False, user=None) -> Iterator[Loaded]:
    """Bring `records` (ordered as by read_collection) into the database, telling for each what became of it.

    With `overwrite` the files win over what editors changed. What is written is kept in the history, as done by `user`.
    Runs in the caller's transaction, to be rolled back when ContentError ends it: a value that breaks a rule of the
    models.
    """
    links: list[tuple[Model, str, list[str]]] = []
    touched: dict[str, set[str]] = {"topic": set(), "article": set()}
    with indexing.together(), roster.together(), enlisting.together():
        for model, group in groupby(with_stored_positions(records), key=attrgetter("model")):
            while batch := list(islice(group, BATCH)):
                for loaded in load_batch(model_named(model), batch, overwrite, links):
                    if loaded.written:
                        touched["topic" if model == "topic" else "article"].add(whole_of(loaded.record))
                    yield loaded
    # Remedies point at advice that may have come later.
    for obj, name, keys in links:
        relation = getattr(obj, name)
        relation.set(relation.model.objects.filter(key__in=keys))
    for model, keys in touched.items():
        keep_loaded(model_named(model), sorted(keys), user)


def whole_of(record: Record) -> str:
    """Return the key of that by which the history keeps a record: the article that it belongs to, or itself."""
    return record.fields.get("article") or record.key


def keep_loaded(model: type[Model], keys: list[str], user) -> None:
    for start in range(0, len(keys), KEPT_BATCH):
        keep(model.objects.filter(key__in=keys[start : start + KEPT_BATCH]), user, LOADED)


def load_batch(model: type[Model], batch: list[Record], overwrite: bool, links: list) -> Iterator[Loaded]:
    keys = [record.key for record in batch]
    # Locked, so that what an editor saves meanwhile waits for the comparison instead of being lost to it.
    rows = with_relations(model.objects.filter(key__in=keys)).select_for_update(of=("self",), no_key=True)
    stored = {obj.key: obj for obj in rows}
    name = model._meta.model_name
    baselines = {row.key: row.fields for row in Baseline.objects.filter(model=name, key__in=keys)}
    parents = {obj.key: obj for obj in Article.objects.filter(key__in={r.fields.get("article") for r in batch})}
    for record in batch:
        obj, baseline = stored.get(record.key), baselines.get(record.key)
        was_deleted = obj is None and baseline is not None
        lacks_parent = "article" in record.fields and record.fields["article"] not in parents
        if lacks_parent or (was_deleted and not overwrite):
            yield Loaded(record, Outcome.LEFT_DELETED)
        else:
            yield load_record(record, obj, baseline or {}, parents, overwrite, links)


def load_record(
    record: Record,
    obj: Model | None,
    baseline: dict[str, str],
    parents: dict[str, Article],
    overwrite: bool,
    links: list,
) -> Loaded:
    """Bring one record into the database and remember what was loaded; relations to many are added to `links`."""
    model, is_new = model_named(record.model), obj is None
    obj = obj or model(key=record.key)
    wanted = {name: plain(record.fields[name]) for name in names_of(model) if is_told(record, model, name)}
    before = {} if is_new else fields_of(obj)
    stored = {name: digest(value) for name, value in before.items()}
    differing = [name for name in wanted if digest(wanted[name]) != stored.get(name)]
    # A field that nothing was ever loaded into was empty then.
    kept = [] if overwrite or is_new else [name for name in differing if stored[name] != baseline.get(name, digest(""))]
    written = [name for name in differing if name not in kept]
    if written:
        write_fields(obj, record, {name: wanted[name] for name in written}, parents, links)
        confirm_as_in_files(obj, record, written, kept)
    loaded = baseline | {name: digest(value) for name, value in wanted.items() if name not in kept}
    if loaded != baseline:
        Baseline.objects.update_or_create(model=record.model, key=record.key, defaults={"fields": loaded})
    return Loaded(record, outcome_of(is_new, written, kept), written, kept, before)


def is_told(record: Record, model: type[Model], name: str) -> bool:
    """Tell whether the files say what the field is to hold.

    A language without a document isn't spoken of, and what is left empty to be filled in by the model is the model's.
    """
    if record.fields.get(name) not in (None, ""):
        return True
    if name == "published_at":
        return record.fields["status"] != Status.PUBLISHED
    field, _, language = name.rpartition("_")
    return name in record.fields and not (field == "slug" and record.fields[column(model.HEADING, language)])


def confirm_as_in_files(obj: Model, record: Record, written: list[str], kept: list[str]) -> None:
    """Have translations that come from files confirmed against the source in the files, not an editor's of now."""
    fields = text_fields(type(obj))
    source = [column(field, obj.source_language) for field in fields]
    if not set(source) & set(kept):
        return
    for language in LANGUAGES:
        if language != obj.source_language and any(column(field, language) in written for field in fields):
            confirm(obj, [language], SEPARATOR.join(str(record.fields.get(name) or "") for name in source))


def outcome_of(is_new: bool, written: list[str], kept: list[str]) -> Outcome:
    if is_new:
        return Outcome.CREATED
    if written:
        return Outcome.UPDATED
    return Outcome.KEPT if kept else Outcome.UNCHANGED


def write_fields(obj: Model, record: Record, values: dict[str, object], parents: dict, links: list) -> None:
    """Set `values` on `obj`, check it by its own rules, and save it."""
    for name, value in values.items():
        match obj._meta.get_field(name):
            case ManyToManyField():
                links.append((obj, name, value))
            case ForeignKey(related_model=related):
                setattr(obj, name, parents[value] if related is Article else related.objects.filter(key=value).first())
            case _:
                setattr(obj, name, value)
    try:
        # Cleaning the columns without a language would copy fallback texts into the active language.
        obj.full_clean(exclude=[*translated_fields(type(obj)), *columns("slug")])
        if isinstance(obj, Advice):
            obj.check_remedies(record.fields["remedies"])
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise record.error(f"{record.name}, {name}: {messages[0]}", name) from None
    obj.save()


def dump() -> Iterator[Record]:
    """Return all content of the database as records in reading order."""
    for model in (Topic, Article, Advice, Figure):
        yield from records_of(model.objects.all())


def records_of(queryset: QuerySet) -> Iterator[Record]:
    """Return these objects as records."""
    for obj in with_relations(queryset).iterator(BATCH):
        yield Record(queryset.model._meta.model_name, obj.key, fields_of(obj))


def model_named(name: str) -> type[Model]:
    return apps.get_model("articles", name)


def with_relations(queryset: QuerySet) -> QuerySet:
    """Load the objects with all that `fields_of` reads."""
    fields = queryset.model._meta.get_fields()
    many = [field.name for field in fields if isinstance(field, ManyToManyField)]
    single = [field.name for field in fields if isinstance(field, ForeignKey)]
    return queryset.select_related(*single).prefetch_related(*many)


def names_of(model: type[Model]) -> list[str]:
    """Return the names of the fields that files may tell of a model."""
    entries = [name for name in ENTRIES[model._meta.model_name] if name != "key"]
    article = ["article"] if model in (Advice, Figure) else []
    position = [] if "position" in entries else ["position"]
    return [*article, *position, *entries, *columns(*translated_fields(model))]


def fields_of(obj: Model) -> dict[str, object]:
    """Return the fields of `obj` as a record holds them."""
    return {name: held(obj, name) for name in names_of(type(obj))}


def held(obj: Model, name: str) -> object:
    """Return one field as a record holds it; relations by key."""
    value = getattr(obj, name)
    match obj._meta.get_field(name):
        case ManyToManyField():
            return [related.key for related in value.all()]
        case ForeignKey():
            return value and value.key
    return "" if value is None and name in columns(*translated_fields(type(obj))) else plain(value)


def plain(value: object) -> object:
    """Return `value` in the one form in which files and database are compared: UTC, and no needless digits."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value


def digest(value: object) -> str:
    """Return a short fingerprint of a field's value; relations to many have no order."""
    comparable = sorted(value) if isinstance(value, list) else value
    return hashlib.sha256(json.dumps(comparable, default=str).encode()).hexdigest()[:16]
