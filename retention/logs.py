"""How the log is written: for people, or as JSON for machines. Either way a record is told from the next."""

import logging
import re

from .access_log import shown
from .request_ids import request_id
from .tracebacks import OfOurOwn

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Named(logging.Filter):
    """Gives each record the id of its request, and takes secrets out of what Django says of that."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = request_id()
        path = getattr(record.__dict__.pop("request", None), "path", None)
        if path and isinstance(record.args, tuple):
            record.args = tuple(shown(path) if part == path else part for part in record.args)
        return True


class Line(logging.Formatter):
    """Writes a line that nobody who is quoted in it can end; of a traceback no line looks like one of the log."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return escaped(super().formatMessage(record))

    def formatException(self, ei: tuple) -> str:
        return "\n".join(f"    {escaped(line)}" for line in super().formatException(ei).split("\n"))


def escaped(line: str) -> str:
    return CONTROL.sub(lambda found: found[0].encode("unicode_escape").decode(), line)


FORMATTERS = {
    "line": {
        "()": Line,
        "format": "%(asctime)s %(levelname)s %(name)s %(request_id)s: %(message)s",
    },
    "json": {
        "()": "pythonjsonlogger.json.JsonFormatter",
        "format": "%(levelname)s %(name)s %(request_id)s %(message)s",
        "rename_fields": {"levelname": "level", "name": "logger", "exc_info": "traceback"},
        "rename_fields_keep_missing": False,
        "timestamp": "time",
    },
}


def logging_config(log_format: str, is_access_logged: bool) -> dict:
    """Return the setting LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"chosen": FORMATTERS[log_format]},
        "filters": {"named": {"()": Named}, "own_tracebacks": {"()": OfOurOwn}},
        "handlers": {
            "stderr": {"class": "logging.StreamHandler", "formatter": "chosen", "filters": ["named", "own_tracebacks"]}
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            # What readers ask for and isn't there is no fault.
            "django.request": {"level": "ERROR"},
            # Its warnings say who tried to sign in; the audit log knows, and deletes it in time.
            "axes": {"level": "ERROR"},
            # Its warnings are of requests that make no sense, and say who sent them.
            "gunicorn.error": {"level": "ERROR", "handlers": [], "propagate": True},
            "retention.access_log": {"level": "INFO" if is_access_logged else "WARNING"},
        },
    }
