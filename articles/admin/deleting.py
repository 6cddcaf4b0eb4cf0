"""The question that is asked before something is deleted."""

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import capfirst

from ..history import LINKS


class DeletingAdmin(admin.ModelAdmin):
    """An admin that tells what content goes too, without tables between models and entries of the search."""

    def get_deleted_objects(self, objs: Iterable, request: HttpRequest) -> tuple[list, dict, set, list]:
        tree, counts, *others = super().get_deleted_objects(objs, request)
        content = [model._meta for model in LINKS]
        # Nothing but its text tells what an entry of the tree is.
        beginnings = tuple(f"{capfirst(options.verbose_name)}: " for options in content)
        names = {options.verbose_name_plural for options in content}
        return only(tree, beginnings), {name: n for name, n in counts.items() if name in names}, *others


def only(tree: list, beginnings: tuple[str, ...]) -> list:
    """Return the nested lists `tree` with just the texts that begin so, and without lists that are empty then."""
    kept = [only(each, beginnings) if isinstance(each, list) else each for each in tree]
    return [each for each in kept if each and (isinstance(each, list) or each.startswith(beginnings))]
