"""Which faults are told with their tracebacks."""

import logging


class OfOurOwn(logging.Filter):
    """Keeps tracebacks of what failed here, and none of what was asked wrongly, which could fill the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        if 400 <= getattr(record, "status_code", 500) < 500:
            record.exc_info = None
        return True
