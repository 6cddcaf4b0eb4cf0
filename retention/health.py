"""What a load balancer or container engine asks."""

from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """Answer as long as the process does."""
    return HttpResponse("alive\n", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 if the database can be reached and is migrated, else 503 with the reason."""
    # A connection that is open says nothing of whether another one could be opened.
    fresh = connections[DEFAULT_DB_ALIAS].copy()
    try:
        executor = MigrationExecutor(fresh)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return HttpResponse("the database can't be reached\n", status=503, content_type="text/plain")
    finally:
        fresh.close()
    if pending:
        return HttpResponse("the database isn't migrated\n", status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")
