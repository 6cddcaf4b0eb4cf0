"""How gunicorn serves the site: `gunicorn -c python:retention.gunicorn`."""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError, validate

env = Env()

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


def post_fork(server: object, worker: object) -> None:
    """Let no worker make a database: where the file is away for a while, an empty one would stand in its place."""
    from django.db import DEFAULT_DB_ALIAS, connections

    database = connections.settings[DEFAULT_DB_ALIAS]
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database["NAME"] = f"{Path(database['NAME']).resolve().as_uri()}?mode=rw"
