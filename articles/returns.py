"""Translated units that come back: what they would change, and the change.

All of a file is taken or nothing. A translation that came back is confirmed against the source that was in the file,
so that one made from an older source arrives out of date.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import attrgetter

from django.conf import settings
from django.db.models import TextField
from django.utils.translation import gettext as _

from . import indexing
from .abstract import Content, tidy
from .agreement import disagreements
from .documents import CONTROL
from .languages import LANGUAGES, column
from .models import Part
from .status import CURRENT, SEPARATOR, confirm, text_fields
from .units import BATCH, MODELS, Refused, Unit, confirmed_sources, fingerprint_of, status_of_text

NAMES = dict(settings.LANGUAGES)
MOST_UNITS = 10_000
# Some 10 s, in which nothing else can be written to an SQLite database.
MOST_CHANGES = 1_000


@dataclass(frozen=True)
class Change:
    """What one unit changes: the translation `before` and `after`, and its status.

    `source` is the source of now, `answers_to` the one that the translation is confirmed against afterwards, or "".
    `warnings` are sentences for whoever decides.
    """

    unit: Unit
    before: str
    after: str
    source: str
    answers_to: str
    status_before: str
    warnings: tuple[str, ...]

    @property
    def is_text(self) -> bool:
        return self.before != self.after

    @property
    def status(self) -> str:
        return status_of_text(self.source, self.after, self.answers_to)


@dataclass
class Piece:
    """One object with the changes of its texts in one language, and the sources they were last confirmed against."""

    obj: Content
    language: str
    confirmed: dict[str, str]
    changes: list[Change] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What kind of object it is."""
        return self.obj._meta.verbose_name


@dataclass
class Plan:
    """What a file would change."""

    pieces: list[Piece]
    unchanged: int

    @property
    def objects(self) -> list[Content]:
        """The objects that change, each once."""
        return list(dict.fromkeys(piece.obj for piece in self.pieces))

    @property
    def changes(self) -> list[Change]:
        return [change for piece in self.pieces for change in piece.changes]

    @property
    def fingerprint(self) -> str:
        """What the plan is known by: it differs as soon as a text does that it changes or answers to."""
        changes = [replace(change, warnings=()) for change in self.changes]
        return hashlib.sha256(repr(changes).encode()).hexdigest()


def planned(units: Iterable[Unit], allowed: Collection[str]) -> Plan:
    """Return what `units` would change; `allowed` are the languages that may be written to.

    Raises Refused with a reason for each unit that can't be taken. The objects are locked until the end of the
    transaction, which there must be.
    """
    units = [tidied(unit) for unit in units]
    check_form(units, allowed)
    reasons: list[str] = []
    pieces = [piece for piece in pieces_of(units, reasons) if piece.changes]
    if reasons:
        raise Refused(*reasons)
    count = sum(len(piece.changes) for piece in pieces)
    if count > MOST_CHANGES:
        raise Refused(_("This changes more than %(count)s texts at once: split the file.") % {"count": MOST_CHANGES})
    return Plan(pieces, len(units) - count)


def apply(plan: Plan) -> None:
    """Write what is planned, in the transaction in which it was planned."""
    with indexing.together():
        for piece in plan.pieces:
            apply_piece(piece)


def apply_piece(piece: Piece) -> None:
    texts = [change for change in piece.changes if change.is_text]
    for change in texts:
        setattr(piece.obj, column(change.unit.field, piece.language), change.after)
    if texts:
        piece.obj.save()
    source = source_of(piece)
    # Saving has confirmed the translation against the source of now.
    if getattr(piece.obj, column("confirmed", piece.language)) != source:
        confirm(piece.obj, [piece.language], source)


def source_of(piece: Piece) -> str:
    """Return the joined source texts that the translation answers to: those of the file for what came back with it."""
    sources = piece.confirmed | {change.unit.field: change.answers_to for change in piece.changes}
    return SEPARATOR.join(sources.get(field, "") for field in text_fields(type(piece.obj)))


# --- Whether units can be taken ---------------------------------------------------------------------------------------


def tidied(unit: Unit) -> Unit:
    """Return `unit` with its texts in the form in which the database keeps them."""
    if unit.model not in MODELS or unit.field not in text_fields(MODELS[unit.model]):
        return unit
    is_long = isinstance(MODELS[unit.model]._meta.get_field(unit.field), TextField)
    texts = {"source": tidy(unit.source, is_long), "translation": tidy(unit.translation, is_long)}
    return replace(unit, **texts)


def check_form(units: list[Unit], allowed: Collection[str]) -> None:
    """Raise Refused where units can't be taken, whatever the database holds."""
    if not units:
        raise Refused(_("There is no text in this file."))
    if len(units) > MOST_UNITS:
        raise Refused(_("This file holds more than %(count)s texts: split it.") % {"count": MOST_UNITS})
    if reason := next(filter(None, map(lacking_language, units)), ""):
        raise Refused(reason)
    seen: set[tuple[str, str]] = set()
    reasons = []
    for unit in units:
        if reason := fault_of(unit, allowed):
            reasons.append(reason_at(unit, reason))
        elif (unit.id, unit.language) in seen:
            reasons.append(reason_at(unit, _("this text comes a second time.")))
        seen.add((unit.id, unit.language))
    if reasons:
        raise Refused(*reasons)


def lacking_language(unit: Unit) -> str:
    """Return that a unit lacks a language, or ""; as a rule all of a file do, so it is told once."""
    if not unit.language:
        return reason_at(unit, _("the language of the translation is missing."))
    if not unit.source_language:
        return reason_at(unit, _("the language of the source is missing."))
    return ""


def fault_of(unit: Unit, allowed: Collection[str]) -> str:
    """Return why a unit can't be taken, or ""."""
    if unit.model not in MODELS or unit.field not in text_fields(MODELS[unit.model]) or CONTROL.search(unit.key):
        return _("there is no text “%(id)s”.") % {"id": unit.id}
    if unit.language not in LANGUAGES:
        return _("“%(language)s” is no language of this site.") % {"language": unit.language}
    if unit.language not in allowed:
        return _("you may not change texts in this language (%(language)s).") % {"language": NAMES[unit.language]}
    longest = MODELS[unit.model]._meta.get_field(unit.field).max_length
    if longest and len(unit.translation) > longest:
        message = _("the translation has %(length)s characters, and may have %(longest)s.")
        return message % {"length": len(unit.translation), "longest": longest}
    return ""


def reason_at(unit: Unit, reason: str) -> str:
    return f"{unit.place}: {reason}"


# --- What they change -------------------------------------------------------------------------------------------------


def pieces_of(units: list[Unit], reasons: list[str]) -> Iterator[Piece]:
    """Return the objects that `units` belong to, with what changes; why a unit can't be taken is added to `reasons`."""
    # One instance for all languages: saving writes all of them.
    objects = {model: locked(MODELS[model], keys) for model, keys in keys_to_lock(units).items()}
    order = sorted(units, key=attrgetter("model", "key", "language"))
    for (model, key, language), texts in groupby(order, key=attrgetter("model", "key", "language")):
        obj, mine = objects[model].get(key), list(texts)
        faults = [reason_at(unit, fault) for unit in mine if (fault := misfit(unit, obj))]
        reasons += faults
        if not faults:
            yield piece_of(obj, language, mine)


def keys_to_lock(units: Iterable[Unit]) -> dict[str, set[str]]:
    """Return by model the keys of what `units` belong to and, of advice and figures, of their articles.

    The models are in the order in which loading locks them, and the form of an article too: two that lock in different
    orders would wait for one another for ever.
    """
    keys: dict[str, set[str]] = {model: set() for model in MODELS}
    for unit in units:
        keys[unit.model].add(unit.key)
    for model in ("advice", "figure"):
        for batch in batches(keys[model]):
            parents = MODELS[model].objects.filter(key__in=batch).order_by().values_list("article__key", flat=True)
            keys["article"].update(parents)
    return keys


def locked(model: type[Content], keys: Iterable[str]) -> dict[str, Content]:
    """Return the objects with these keys; what is saved elsewhere meanwhile waits."""
    relations = ["article"] if issubclass(model, Part) else []
    rows = model.objects.select_related(*relations).order_by("key")
    rows = rows.select_for_update(of=("self",), no_key=True)
    return {obj.key: obj for batch in batches(keys) for obj in rows.filter(key__in=batch)}


def batches(keys: Iterable[str]) -> Iterator[list[str]]:
    order = sorted(keys)
    return (order[start : start + BATCH] for start in range(0, len(order), BATCH))


def misfit(unit: Unit, obj: Content | None) -> str:
    """Return why a unit doesn't belong to the object that it names, or ""."""
    if obj is None:
        return _("there is no text “%(id)s”.") % {"id": unit.id}
    if unit.source_language != obj.source_language:
        message = _("the source is in “%(actual)s”, not in “%(said)s”.")
        return message % {
            "actual": NAMES[obj.source_language],
            "said": NAMES.get(unit.source_language, unit.source_language),
        }
    if unit.language == obj.source_language:
        return _("“%(language)s” is the language of the source.") % {"language": NAMES[unit.language]}
    return ""


def piece_of(obj: Content, language: str, units: Iterable[Unit]) -> Piece:
    confirmed = confirmed_sources(type(obj), getattr(obj, column("confirmed", language)))
    changes = (change_of(unit, obj, confirmed.get(unit.field)) for unit in units)
    return Piece(obj, language, confirmed, [change for change in changes if change])


def change_of(unit: Unit, obj: Content, confirmed: str | None) -> Change | None:
    """Return what a unit changes, or None; a translation that is empty, or as it was sent out, changes no text."""
    before = getattr(obj, column(unit.field, unit.language)) or ""
    source = getattr(obj, column(unit.field, unit.source_language)) or ""
    is_as_sent = unit.fingerprint == fingerprint_of(unit.translation)
    after = before if is_as_sent or not unit.translation else unit.translation
    # Without a new text, what the file says counts only for the texts of now.
    is_confirmation = unit.translation == before and unit.source == source != confirmed
    is_done = unit.status == CURRENT or (after != before and not unit.status)
    if after == before and not (is_confirmation and is_done and after):
        return None
    kept = confirmed if confirmed and confirmed != source else ""
    return Change(
        unit,
        before,
        after,
        source,
        answers_to=unit.source if is_done else kept,
        status_before=status_of_text(source, before, confirmed),
        warnings=tuple(warnings_of(unit, before, source)),
    )


def warnings_of(unit: Unit, before: str, source: str) -> Iterator[str]:
    if unit.source != source:
        yield _("The source has changed since the file was made.")
    if unit.fingerprint and unit.translation != before and unit.fingerprint != fingerprint_of(before):
        yield _("The translation was changed here after the file was made; this puts the one in the file in its place.")
    found = disagreements(unit.source, unit.translation, unit.language, unit.source_language)
    yield from map(str, found)
