"""What is wrong with a site's set-up, told by `manage.py check --database default`."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from .content_stamps import uncounted


@register(Tags.database)
def changes_are_counted(databases: Sequence[str] | None, **kwargs) -> list[CheckMessage]:
    """Without its triggers the database doesn't raise the content stamp, and an edit would never be seen."""
    return [
        # No error: that would keep `migrate` from running.
        Warning(
            f"Changes of {table} aren't counted, so readers wouldn't see them.",
            hint="Run `python manage.py migrate`: it makes the triggers that are missing.",
            id="articles.W001",
        )
        for alias in databases or ()
        for table in uncounted(connections[alias])
    ]
