"""The way back: objects as a revision holds them."""

from collections import defaultdict

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ForeignKey, ManyToManyField
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from reversion.models import Version

from .abstract import SluggedContent, free
from .history import (
    LINKS,
    RECOVERED,
    heading_of,
    keep,
    keep_deleted,
    kept_fields,
    model_of,
    parts_of,
    restored,
    state_of,
)
from .languages import LANGUAGES, columns, translated_fields
from .models import Advice, Article, Figure
from .status import confirm, texts_in
from .unrecorded import keep_unrecorded, keep_whole


class NotRestored(Exception):
    """Something can't be restored; the message is a sentence that says why."""


def restore(version: Version, user) -> models.Model:
    """Bring the object of `version` back to what it was, an article with its advice and figures, and return it.

    What it was until now is kept, so that this can be undone. What was deleted comes back with all that pointed at it,
    under another key and other slugs where somebody has taken its own.
    All of this happens, or nothing and it raises NotRestored.
    """
    try:
        with transaction.atomic():
            present = model_of(version).objects.select_for_update(of=("self",)).filter(pk=version.object_id).first()
            if present:
                keep_unrecorded(present)
                keep_whole(present)
            obj = bring_back(parts_of(version), user)
            keep([obj], user, restored(version) if present else RECOVERED)
    except ValidationError as error:
        raise NotRestored(refusal(version, error)) from error
    except IntegrityError as error:
        raise NotRestored(_("Somebody is changing the same texts at this moment. Try again.")) from error
    return obj


def recover(version: Version, user) -> models.Model:
    """Bring back an object that was deleted, as in restore()."""
    if model_of(version).objects.filter(pk=version.object_id).exists():
        raise NotRestored(_("It is there already: somebody has recovered it."))
    return restore(version, user)


def readdressed(version: Version) -> list[SluggedContent]:
    """Return what has come back from `version` with another slug than it had: somebody has taken that."""
    return [
        obj
        for part in parts_of(version)
        for obj in model_of(part).objects.filter(pk=part.object_id)
        if isinstance(obj, SluggedContent) and slugs_in(part) - obj.slugs()
    ]


def slugs_in(version: Version) -> set[str]:
    fields = state_of(version)["fields"]
    return {fields.get(name) for name in columns("slug")} - {"", None}


def refusal(version: Version, error: ValidationError) -> str:
    name, messages = next(iter(error.message_dict.items()))
    heading = heading_of(version, get_language())
    names = {field.name for field in model_of(version)._meta.get_fields()}
    label = capfirst(model_of(version)._meta.get_field(name).verbose_name) if name in names else ""
    reason = f"{label}: {messages[0]}" if label else messages[0]
    return _("“{title}” can’t be restored. {reason}").format(title=heading, reason=reason)


def bring_back(versions: list[Version], user) -> models.Model:
    """Write the objects of `versions`, an article's parts after it, and return the first."""
    remove_others(versions, user)
    written = [(write_fields(version), state_of(version)) for version in versions]
    for (obj, is_new), state in written:
        write_relations(obj, state)
        write_confirmations(obj, state)
        if is_new:
            give_back_links(obj, state)
    return written[0][0][0]


def remove_others(versions: list[Version], user) -> None:
    """Delete the advice and figures that have come into an article since, and keep that `user` did so."""
    if model_of(versions[0]) is not Article:
        return
    others = {}
    for part in (Advice, Figure):
        held = [version.object_id for version in versions if model_of(version) is part]
        others[part] = part.objects.filter(article=versions[0].object_id).exclude(pk__in=held)
    keep_deleted([obj for part in others.values() for obj in part], user)
    for part in others.values():
        part.delete()


def write_fields(version: Version) -> tuple[models.Model, bool]:
    """Write the fields of one object; return it and whether it is there again after having been deleted."""
    model, fields = model_of(version), state_of(version)["fields"]
    obj = model.objects.filter(pk=version.object_id).first() or model(pk=int(version.object_id))
    is_new, key = obj._state.adding, obj.key
    for name in kept_fields(model):
        field = model._meta.get_field(name)
        if name in fields and not field.primary_key and not isinstance(field, ManyToManyField):
            setattr(obj, field.attname, present_key(field, fields[name]))
    # Whoever has a key keeps it: it may have come back under this one.
    obj.key = free(obj.key, obj.is_key_taken) if is_new else key
    free_slugs(obj)
    obj.full_clean(exclude=[*translated_fields(model), *columns("slug")])
    obj.save(force_insert=is_new)
    if is_new:
        # Saving has set it to now.
        created = model._meta.get_field("created_at").to_python(fields["created_at"])
        model.objects.filter(pk=obj.pk).update(created_at=created)
    return obj, is_new


def free_slugs(obj: models.Model) -> None:
    """Give `obj` other slugs in place of those that somebody has taken."""
    if not isinstance(obj, SluggedContent):
        return
    taken = obj.taken_slugs(obj.slugs())
    for name in columns("slug"):
        if getattr(obj, name) in taken:
            setattr(obj, name, free(getattr(obj, name), lambda slug: obj.taken_slugs([slug])))


def present_key(field: models.Field, value: object) -> object:
    """Return `value` as the field holds it: of a relation that may be empty only the key of what is still there."""
    if not isinstance(field, ForeignKey):
        return field.to_python(value)
    is_there = field.related_model.objects.filter(pk=value).exists()
    if is_there or value is None:
        return value
    if field.null:
        return None
    reason = _("The {name} that it belongs to isn’t there any more; recover that first.")
    # Of no field: the sentence names it.
    raise ValidationError({NON_FIELD_ERRORS: reason.format(name=field.related_model._meta.verbose_name)})


def write_relations(obj: models.Model, state: dict) -> None:
    for field in obj._meta.many_to_many:
        getattr(obj, field.name).set(field.related_model.objects.filter(pk__in=state["fields"].get(field.name, [])))


def write_confirmations(obj: models.Model, state: dict) -> None:
    """Have the translations confirmed just as they were, so that their status is what it was then."""
    own = texts_in(obj, state["source"])
    by_source = defaultdict(list)
    for language in LANGUAGES:
        source = state["confirmed"].get(language, "")
        by_source[own if source is None else source].append(language)
    for source, languages in by_source.items():
        confirm(obj, languages, source)


def give_back_links(obj: models.Model, state: dict) -> None:
    """Have those that pointed at `obj` when it was deleted point at it again."""
    for name, condition in LINKS[type(obj)].items():
        relation = getattr(obj, name)
        relation.add(*relation.model.objects.filter(condition, pk__in=state["links"].get(name, [])))
