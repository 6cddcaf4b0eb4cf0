"""Lists at the desk that reach as far as anyone turns pages: what lies further is searched for or filtered."""

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

# Counting more, and skipping more, takes seconds on a large site.
MOST = 1000


def told(number: int) -> int | str:
    """Return a number as people are told it: beyond MOST only that it is more."""
    return number if number <= MOST else _("more than %(number)s") % {"number": MOST}


class BoundedPaginator(Paginator):
    """Pages of the first MOST rows."""

    @cached_property
    def found(self) -> int:
        return self.object_list.order_by().values("pk")[: MOST + 1].count()

    @property
    def count(self) -> int:
        return min(self.found, MOST)

    @property
    def is_cut(self) -> bool:
        return self.found > MOST


class WorkPaginator(BoundedPaginator):
    """The same of what is left to do."""

    @cached_property
    def found(self) -> int:
        return self.object_list.count_to(MOST + 1)


class BoundedAdmin(admin.ModelAdmin):
    """An admin whose list is bounded."""

    list_per_page = 50
    paginator = BoundedPaginator
    show_full_result_count = False

    def response_action(self, request: HttpRequest, queryset: QuerySet) -> HttpResponse | None:
        """Do nothing to everything at once where everything is more than the list tells."""
        if request.POST.get("select_across") == "1" and queryset.order_by()[MOST:].exists():
            messages.warning(request, _("These are too many to be selected all at once. Narrow the list first."))
            return None
        return super().response_action(request, queryset)
