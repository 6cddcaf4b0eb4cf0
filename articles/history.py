"""What content was like before: every save, restore and deletion at the desk is kept as a revision.

A revision holds whole objects: an article with all its advice and figures, anything else alone. It is kept in
django-reversion's tables, written once the objects are stored, so that relations and confirmations are in it too.
Whoever writes at the desk calls keep_unrecorded() before and keep() after, in one transaction. reversion's own
create_revision() is no substitute: it would keep an article without its parts.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, takewhile

import reversion
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.core.serializers.json import Deserializer, DjangoJSONEncoder  # noqa: F401 - the first one is the format's
from django.core.serializers.json import Serializer as JSONSerializer
from django.db import DEFAULT_DB_ALIAS, models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_noop
from reversion.models import Revision, Version

from .choices import Kind
from .languages import LANGUAGES, column, fallbacks, translated_fields
from .models import Advice, Article, Figure, Topic
from .status import completed, texts_in

# What a revision says of itself, where that isn't the message of Django's log.
DELETED = gettext_noop("Deleted.")
FOUND = gettext_noop("As it was found: changed elsewhere since the revision before.")
LOADED = gettext_noop("Loaded from files.")
RECOVERED = gettext_noop("Recovered.")
REPLACED = gettext_noop("As it was before an earlier version was restored.")
# This one has a moment in it, see restored().
RESTORED = gettext_noop("The version of {when} restored.")

# As the settings name this module.
FORMAT = "content"
BATCH = 200
# What points at an object, is lost when that is deleted, and may be given back: those for which the condition holds.
LINKS: dict[type[models.Model], dict[str, Q]] = {
    Topic: {"advice": Q()},
    Article: {},
    Advice: {"remedied": Q(kind=Kind.MISTAKE), "figures": Q(advice=None)},
    Figure: {},
}


# What versions know an object by: the number of its content type, and its own.
Reference = tuple[int, str]


class Serializer(JSONSerializer):
    """An object as JSON, with its source language, the source texts confirmed by language, and what points at it.

    Confirmed texts that are those of the object itself are null.
    """

    def get_dump_object(self, obj: models.Model) -> dict:
        source = texts_in(obj, obj.source_language)
        texts = {language: getattr(obj, column("confirmed", language)) for language in LANGUAGES}
        confirmed = {language: None if text == source else text for language, text in texts.items() if text}
        links = {name: sorted(linked.pk for linked in getattr(obj, name).all()) for name in LINKS[type(obj)]}
        return super().get_dump_object(obj) | {"source": obj.source_language, "confirmed": confirmed, "links": links}


class Encoder(DjangoJSONEncoder):
    """Moments to the microsecond, where Django's encoder cuts them off."""

    def default(self, value: object) -> object:
        return value.isoformat() if isinstance(value, dt.datetime) else super().default(value)


@cache
def kept_fields(model: type[models.Model]) -> tuple[str, ...]:
    """Return the names of the fields that a revision holds: what people write, by column, and what identifies it."""
    texts = translated_fields(model)
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    kept = [field.name for field in fields if field.editable or field.name in ("key", "created_at")]
    return tuple(name for name in kept if name not in texts)


for content_model in LINKS:
    reversion.register(content_model, fields=kept_fields(content_model), format=FORMAT)


def keep(objects: Iterable[models.Model], user=None, comment: str = "") -> Revision:
    """Keep `objects`, with all that belongs to them, as they are stored now in one revision."""
    with transaction.atomic():
        revision = Revision.objects.create(date_created=timezone.now(), user=user, comment=comment)
        versions = (version_of(obj, revision) for obj in stored(objects))
        while batch := list(islice(versions, BATCH)):
            Version.objects.bulk_create(batch)
    return revision


def restored(version: Version) -> str:
    """Return what a revision says of itself that brings back `version`, with the moment as no language writes it."""
    return json.dumps({"message": RESTORED, "when": version.revision.date_created.isoformat()})


def keep_deleted(objects: Iterable[models.Model], user) -> None:
    """Keep `objects`, which `user` is about to delete, as far as they are still there."""
    if present := list(stored(objects)):
        keep(present, user, DELETED)


def stored(objects: Iterable[models.Model]) -> Iterator[models.Model]:
    """Give `objects` and all that belongs to them as they are stored now, with all that a version holds."""
    keys = defaultdict(list)
    for obj in objects:
        keys[type(obj)].append(obj.pk)
    articles = keys[Article]
    yield from complete(Article.objects.filter(pk__in=articles))
    yield from complete(Topic.objects.filter(pk__in=keys[Topic]))
    for part in (Advice, Figure):
        yield from complete(part.objects.filter(Q(pk__in=keys[part]) | Q(article__in=articles)))


def complete(queryset: QuerySet) -> Iterator[models.Model]:
    """Give the rows with all that the serializer reads."""
    model = queryset.model
    single = ["article"] if hasattr(model, "article") else []
    many = [field.name for field in model._meta.many_to_many]
    links = (keys_at(model._meta.get_field(name)) for name in LINKS[model])
    return queryset.select_related(*single).prefetch_related(*many, *links).iterator(BATCH)


def keys_at(link: models.ForeignObjectRel) -> models.Prefetch:
    """Load of what points at an object the keys only: very much advice may be on a topic."""
    own = [link.field.name] if link.one_to_many else []
    return models.Prefetch(link.get_accessor_name(), link.related_model.objects.order_by().only("pk", *own))


def version_of(obj: models.Model, revision: Revision) -> Version:
    return Version(
        revision=revision,
        content_type=ContentType.objects.get_for_model(obj),
        object_id=str(obj.pk),
        db=DEFAULT_DB_ALIAS,
        format=FORMAT,
        serialized_data=serializers.serialize(FORMAT, [obj], fields=kept_fields(type(obj)), cls=Encoder),
        object_repr=Truncator(str(obj)).chars(100),
    )


def present_parts(obj: models.Model) -> list[Version]:
    """Return `obj` and all that belongs to it as versions of what is stored now, which aren't kept."""
    return [version_of(row, Revision()) for row in stored([obj])]


def is_recorded(row: models.Model, version: Version | None) -> bool:
    """Tell whether `version` holds what is stored as `row`, which is complete."""
    if version is None:
        return False
    now, then = (state_of(each) for each in (version_of(row, version.revision), version))
    return (unordered(now["fields"]), now["confirmed"]) == (unordered(then["fields"]), then["confirmed"])


def unordered(fields: dict) -> dict:
    """Return fields with their relations in one order: that of topics changes without their advice.

    What is empty is left out: a version may be older than the field.
    """
    filled = {name: value for name, value in fields.items() if value not in (None, "", [])}
    return {name: sorted(value) if isinstance(value, list) else value for name, value in filled.items()}


def state_of(version: Version) -> dict:
    """Return what a version holds: "fields", "source", "confirmed" and "links", as the Serializer writes them."""
    state = json.loads(version.serialized_data)[0]
    model = model_of(version)
    state["confirmed"] = {language: text and completed(model, text) for language, text in state["confirmed"].items()}
    return state


def reference(obj: models.Model) -> Reference:
    """Return what versions know an object by."""
    return ContentType.objects.get_for_model(obj).pk, str(obj.pk)


def versions_of(model: type[models.Model], pk: object) -> QuerySet[Version]:
    """Return the versions of one object, the latest first; the object itself may be deleted."""
    versions = Version.objects.get_for_object_reference(model, str(pk)).select_related("revision__user")
    # As its index has them. For their own order SQLite would go through the versions of everything of this model.
    return versions.order_by("-revision_id")


def versions_by_type(references: Iterable[Reference]) -> list[QuerySet[Version]]:
    """Return the versions of these objects, those of each content type apart.

    They are to be united, not asked for with "or": for that SQLite would go through the versions of everything.
    """
    keys = defaultdict(set)
    for content_type, pk in references:
        keys[content_type].add(pk)
    versions = Version.objects.filter(db=DEFAULT_DB_ALIAS).order_by()
    return [versions.filter(content_type=each, object_id__in=pks) for each, pks in keys.items()]


def parts_of(version: Version) -> list[Version]:
    """Return `version` and, of an article, those of its advice and then of its figures in the same revision."""
    if model_of(version) is not Article:
        return [version]
    others = version.revision.version_set.exclude(pk=version.pk).select_related("revision")
    parts = [other for other in others if state_of(other)["fields"].get("article") == int(version.object_id)]
    order = list(LINKS)
    return [version, *sorted(parts, key=lambda part: (order.index(model_of(part)), part.pk))]


def model_of(version: Version) -> type[models.Model]:
    return ContentType.objects.get_for_id(version.content_type_id).model_class()


def heading_of(version: Version, language: str) -> str:
    """Return the title that the object of a version had for readers of `language`."""
    fields = state_of(version)["fields"]
    heading = model_of(version).HEADING
    return next(filter(None, (fields.get(column(heading, code)) for code in fallbacks(language))), fields["key"])


def deleted(model: type[models.Model]) -> QuerySet[Version]:
    """Return the latest version of each object that was deleted, the latest first."""
    return Version.objects.get_deleted(model).select_related("revision__user").order_by("-pk")


def last_known(model: type[models.Model], pk: object) -> models.Model:
    """Return an object that was deleted as its latest version holds it."""
    version = versions_of(model, pk).first()
    if version is None:
        return model(pk=pk)
    relations = [field.name for field in model._meta.many_to_many]
    return model(**{name: value for name, value in version.field_dict.items() if name not in relations})


def last_saved(obj: models.Model, names: Iterable[str]) -> dict[str, Revision | None]:
    """Return for each field the revision that brought it to what is stored now; None where the desk doesn't know."""
    [row] = complete(type(obj).objects.filter(pk=obj.pk))
    now, *then = [
        (version.revision, unordered(state_of(version)["fields"]))
        for version in (version_of(row, Revision()), *versions_of(type(obj), obj.pk)[:BATCH])
    ]
    return {name: bringer(name, now[1].get(name), then) for name in names}


def bringer(name: str, value: object, versions: Iterable[tuple[Revision, dict]]) -> Revision | None:
    """Return the first of the latest revisions that have had `value` in a field ever since."""
    alike = [revision for revision, _fields in takewhile(lambda each: each[1].get(name) == value, versions)]
    return alike[-1] if alike and alike[-1].comment != FOUND else None
