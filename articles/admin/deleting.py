"""The question that is asked before something is deleted."""

from collections.abc import Iterable

from django.apps import apps
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import capfirst


class DeletingAdmin(admin.ModelAdmin):
    """An admin that tells what goes too, without the tables between models, whose rows have no names for people."""

    def get_deleted_objects(self, objs: Iterable, request: HttpRequest) -> tuple[list, dict, set, list]:
        tree, counts, *others = super().get_deleted_objects(objs, request)
        between = [model._meta for model in apps.get_models(include_auto_created=True) if model._meta.auto_created]
        # Nothing but its text tells what an entry of the tree is.
        beginnings = tuple(f"{capfirst(options.verbose_name)}: " for options in between)
        names = {options.verbose_name_plural for options in between}
        return without(tree, beginnings), {name: n for name, n in counts.items() if name not in names}, *others


def without(tree: list, beginnings: tuple[str, ...]) -> list:
    """Return the nested lists `tree` without the texts that begin so, and without lists that are empty then."""
    kept = [without(each, beginnings) if isinstance(each, list) else each for each in tree]
    return [each for each in kept if each and not (isinstance(each, str) and each.startswith(beginnings))]
