"""What the history doesn't hold yet: what was written past the desk is kept before something takes its place."""

from collections.abc import Iterable
from itertools import islice

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Max
from reversion.models import Version

from .history import (
    BATCH,
    DELETED,
    FOUND,
    REPLACED,
    Reference,
    is_recorded,
    keep,
    reference,
    state_of,
    stored,
    versions_by_type,
)
from .models import Article


def keep_unrecorded(*objects: models.Model) -> None:
    """Keep those of `objects`, with all that belongs to them, of which something was written past the desk.

    That is what the latest version of each row doesn't hold, be it kept with its article or alone.
    """
    rest, unrecorded = iter(objects), []
    while batch := list(islice(rest, BATCH)):
        unrecorded += unrecorded_of(batch)
    if unrecorded:
        keep(unrecorded, comment=FOUND)


def keep_whole(obj: models.Model) -> None:
    """Keep `obj`, with all that belongs to it, unless its latest revision holds all of it as it is stored now."""
    if not is_kept_whole(obj):
        keep([obj], comment=REPLACED)


def is_kept_whole(obj: models.Model) -> bool:
    """Tell whether the latest revision of `obj` holds it, with all that belongs to it, as it is stored now."""
    rows = {reference(row): row for row in stored([obj])}
    versions = latest_of([obj])[reference(obj)]
    return rows.keys() == versions.keys() and all(is_recorded(rows[key], versions[key]) for key in rows)


def unrecorded_of(objects: list[models.Model]) -> list[models.Model]:
    """Return those of `objects` of which a row isn't recorded, or one is gone that nobody deleted at the desk."""
    rows = {reference(row): row for row in stored(objects)}
    versions = latest_versions(rows)
    owners = {reference(obj) for obj in objects}
    changed = {
        key if key in owners else article_of(row.article_id)
        for key, row in rows.items()
        if not is_recorded(row, versions.get(key))
    }
    gone = {owner: parts.keys() - rows.keys() for owner, parts in latest_of(objects).items()}
    last = latest_versions({key for parts in gone.values() for key in parts})
    changed |= {owner for owner, keys in gone.items() if any(last[key].revision.comment != DELETED for key in keys)}
    return [obj for obj in objects if reference(obj) in changed]


def latest_versions(references: Iterable[Reference]) -> dict[Reference, Version]:
    """Return the latest version of each object that has any."""
    last = (each.values("object_id").annotate(last=Max("pk")).values("last") for each in versions_by_type(references))
    found = Version.objects.filter(pk__in=Version.objects.none().union(*last, all=True)).select_related("revision")
    return {(version.content_type_id, version.object_id): version for version in found}


def latest_of(objects: Iterable[models.Model]) -> dict[Reference, dict[Reference, Version]]:
    """Return for each of `objects` its latest version with those of its parts in the same revision; {} for none."""
    newest = latest_versions(map(reference, objects))
    latest = {reference(obj): {} for obj in objects}
    for key, version in newest.items():
        latest[key][key] = version
    articles = {key: version.revision_id for key, version in newest.items() if key == article_of(key[1])}
    parts = Version.objects.filter(revision__in=articles.values()).exclude(content_type=article_of("")[0])
    for part in parts.select_related("revision").iterator(BATCH):
        article = article_of(state_of(part)["fields"].get("article"))
        if articles.get(article) == part.revision_id:
            latest[article][part.content_type_id, part.object_id] = part
    return latest


def article_of(pk: object) -> Reference:
    return ContentType.objects.get_for_model(Article).pk, str(pk)
