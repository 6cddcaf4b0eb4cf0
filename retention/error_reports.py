"""Faults are reported to the Sentry that SENTRY_DSN names, without anything of whoever met them."""

import logging

import sentry_sdk
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.logging import LoggingIntegration

from .fingerprint import fingerprint
from .request_ids import request_id

# What may say who met a fault, or where.
PERSONAL = ("user", "request", "extra", "server_name", "breadcrumbs")


def report_to(dsn: str) -> None:
    """Report from now on what the log tells of faults; nothing else looks at requests."""
    sentry_sdk.init(
        dsn,
        release=fingerprint(),
        send_default_pii=False,
        include_local_variables=False,
        max_breadcrumbs=0,
        auto_session_tracking=False,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[LoggingIntegration(level=None, event_level=logging.ERROR), DedupeIntegration()],
        before_send=without_people,
    )


def without_people(event: dict, hint: object) -> dict:
    """Return a report with the name of its request and nothing else of that."""
    kept = {name: value for name, value in event.items() if name not in PERSONAL}
    return kept | {"tags": {"request_id": request_id()}}
