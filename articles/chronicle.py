"""The chronicle of an object: what was kept of it, and of what belongs to it, save by save."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Model, Q, QuerySet
from django.db.models.options import Options
from django.utils.translation import get_language
from reversion.models import Revision, Version

from .history import heading_of, model_of, reference, versions_by_type, versions_of
from .models import Advice, Article, Figure


@dataclass
class Piece:
    """Something that belongs to an article and was kept alone."""

    version: Version
    options: Options
    title: str
    is_there: bool


@dataclass
class Save:
    """A revision with the version that it holds of the object, or else with the pieces of it that were kept alone."""

    revision: Revision
    version: Version | None = None
    pieces: list[Piece] = field(default_factory=list)


class Chronicle:
    """The saves of `obj` and of what belongs to it."""

    def __init__(self, obj: Model) -> None:
        self.own = versions_of(type(obj), obj.pk)
        self.parts = versions_of_parts(obj) if isinstance(obj, Article) else Version.objects.none()

    def revisions(self) -> QuerySet[Revision]:
        """Return the revisions, the latest first."""
        own, parts = (versions.order_by().values("revision") for versions in (self.own, self.parts))
        return Revision.objects.filter(pk__in=own.union(parts)).select_related("user").order_by("-pk")

    def saves(self, revisions: Iterable[Revision]) -> list[Save]:
        """Return what some of the revisions hold."""
        saves = {revision.pk: Save(revision) for revision in revisions}
        for version in self.own.filter(revision__in=saves):
            saves[version.revision_id].version = version
        alone = [pk for pk, save in saves.items() if save.version is None]
        for piece in pieces(self.parts.filter(revision__in=alone).order_by("pk")):
            saves[piece.version.revision_id].pieces.append(piece)
        return list(saves.values())


def versions_of_parts(article: Article) -> QuerySet[Version]:
    """Return the versions of the advice and figures that are in the article or in one of its revisions."""
    # This is how a version says it, and no text in it can: quotes within texts are escaped.
    belonging = Q(serialized_data__contains=f'"article": {article.pk}, ')
    revisions = versions_of(Article, article.pk).order_by().values("revision")
    kept = Version.objects.filter(belonging, revision__in=revisions).order_by()
    known = set(kept.values_list("content_type", "object_id"))
    for part in (Advice, Figure):
        known.update(map(reference, part.objects.filter(article=article).order_by().only("pk")))
    ours = (each.filter(belonging).values("pk") for each in versions_by_type(known))
    return Version.objects.filter(pk__in=Version.objects.none().union(*ours, all=True))


def pieces(versions: Iterable[Version]) -> list[Piece]:
    """Return the versions of what belongs to an article as its history tells of them."""
    versions = list(versions)
    pks = [version.object_id for version in versions]
    parts = [(part, part.objects.filter(pk__in=pks).values_list("pk", flat=True)) for part in (Advice, Figure)]
    there = {(part, str(pk)) for part, present in parts for pk in present}
    return [
        Piece(
            version,
            model_of(version)._meta,
            heading_of(version, get_language()),
            (model_of(version), version.object_id) in there,
        )
        for version in versions
    ]
