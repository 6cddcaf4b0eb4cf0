"""The order of what a file lists: topics, and the advice and the figures of an article."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from django.apps import apps

from .collection import ENTRIES, Record

BATCH = 500


def with_stored_positions(records: list[Record]) -> Iterator[Record]:
    """Return `records` with the positions that the database holds, where it holds them in the order of the file.

    A file counts its rows from 1; in the database a number is missing where something was deleted.
    """
    for model, group in groupby(records, key=attrgetter("model")):
        group = list(group)
        if "position" in ENTRIES[model]:
            yield from group
            continue
        stored = stored_places(group)
        for _article, siblings in groupby(group, key=lambda record: record.fields.get("article")):
            yield from numbered(list(siblings), stored)


def stored_places(records: list[Record]) -> dict[str, tuple[int, int]]:
    """Return by key what the database orders these records of one model by."""
    objects = apps.get_model("articles", records[0].model).objects
    places = {}
    for start in range(0, len(records), BATCH):
        rows = objects.filter(key__in=[record.key for record in records[start : start + BATCH]])
        places |= {key: (position, pk) for key, position, pk in rows.values_list("key", "position", "pk")}
    return places


def numbered(siblings: list[Record], stored: dict[str, tuple[int, int]]) -> list[Record]:
    places = [stored.get(record.key) for record in siblings]
    if None in places or places != sorted(places):
        return siblings
    return [
        replace(record, fields=record.fields | {"position": position})
        for record, (position, _pk) in zip(siblings, places, strict=True)
    ]
