"""What is wrong with the audit log of a database, told by `manage.py check --database default`."""

from collections.abc import Sequence

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections

from .triggers import missing


@register(Tags.database)
def log_is_kept(databases: Sequence[str] | None, **kwargs) -> list[CheckMessage]:
    """Without its triggers anything in the program could change the audit log."""
    return [
        # No error: that would keep `migrate` from running.
        Warning(
            f"The audit log isn't kept from being changed: the trigger {name} is missing.",
            hint="Run `python manage.py migrate`: it makes the triggers that are missing.",
            id="audit.W001",
        )
        for alias in databases or ()
        for name in missing(connections[alias])
    ]
