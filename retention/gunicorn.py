"""How gunicorn serves the site: `gunicorn -c python:retention.gunicorn`."""

import os
import signal
from functools import partial

from django.core.exceptions import ImproperlyConfigured
from environs import EnvError, validate

# Wrong settings end here, in one line, before there are workers.
from . import settings  # noqa: F401
from .environment import env

try:
    HOST = env.str("HOST", "127.0.0.1")
    PORT = env.int("PORT", 8000, validate=validate.Range(min=1, max=65535))
    workers = env.int("WEB_CONCURRENCY", 2, validate=validate.Range(min=1))
except EnvError as error:
    raise ImproperlyConfigured(error) from None

wsgi_app = "retention.wsgi"
bind = f"{HOST}:{PORT}"
worker_class = "retention.patience.PatientWorker"
threads = 4
# One process loads the program, the workers share its memory.
preload_app = True
# Nothing but signals controls it.
control_socket_disable = True
loglevel = "warning"
# Requests in flight have so many seconds to end when it is stopped.
graceful_timeout = 30
# Longer than a proxy keeps an idle connection, so that it never asks at one that has just been closed.
keepalive = 15
# What is longer is answered 414 or 431.
limit_request_line = 4094
limit_request_fields = 64
limit_request_field_size = 8190
# What proxies tell is settled in `retention.proxies`: here nobody is believed.
forwarded_allow_ips = proxy_allow_ips = ""
secure_scheme_headers = {}
forwarder_headers = ""


# What tells a process to end.
ENDING = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM)


def on_starting(server: object) -> None:
    """Let a worker that is told to end before it listens for that end at once.

    It begins with the handlers of the process that it comes from, which would only note it: the server would then wait
    for the worker as long as for one that is at work. So signals are held back while one comes from the other.
    """
    os.register_at_fork(
        before=partial(signal.pthread_sigmask, signal.SIG_BLOCK, ENDING),
        after_in_parent=partial(signal.pthread_sigmask, signal.SIG_UNBLOCK, ENDING),
        after_in_child=end_when_told,
    )


def end_when_told() -> None:
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
