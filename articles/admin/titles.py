"""The search of the lists, and of the fields to choose in, at the desk."""

from collections.abc import Sequence

from django.contrib import admin, messages
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.db.models import Expression, OuterRef, QuerySet, Subquery
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .. import titles
from ..models import Article


class TitledAdmin(admin.ModelAdmin):
    """An admin whose search finds content by its titles, or all that belongs to an article by that of the article.

    What `search_fields` names would be read from end to end.
    """

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        keys = titles.titled(search_term, {self.opts.model_name, "article"})
        found = keys[self.opts.model_name]
        if self.model is not Article and keys["article"]:
            belonging = self.model.objects.filter(article__in=keys["article"]).order_by("article_id", "id")
            found.update(belonging.values_list("pk", flat=True)[: titles.MOST_FOUND])
        request.may_lack_titles = len(found) >= titles.MOST_FOUND
        # Asked row by row whether the other filters hold: their indexes would be read as far as they reach. Not EXISTS,
        # of which PostgreSQL would make a join with just these.
        kept = queryset.filter(pk=OuterRef("pk")).order_by().values("pk")[:1]
        return self.get_queryset(request).filter(pk__in=found).filter(pk=Subquery(kept)), False

    def get_ordering(self, request: HttpRequest) -> Sequence[str | Expression]:
        """Leave what is found in the usual order: it is too little to need that of an index."""
        is_search = request.GET.get(SEARCH_VAR, "").strip()
        return admin.ModelAdmin.get_ordering(self, request) if is_search else super().get_ordering(request)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        changelist = super().get_changelist_instance(request)
        if request.method == "GET" and getattr(request, "may_lack_titles", False):
            messages.info(request, _("Many titles have these words, perhaps more than are listed. Add another word."))
        return changelist
