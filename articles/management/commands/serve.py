"""manage.py serve: everything that a bare machine needs to show the site."""

import os
import socket
import sys

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from retention import gunicorn


class Command(BaseCommand):
    help = "Build, prepare the database, and serve the site with gunicorn until it is stopped."

    def handle(self, **options) -> None:
        check_port(gunicorn.HOST, gunicorn.PORT)
        call_command("build")
        call_command("prepare", stdout=self.stdout, stderr=self.stderr)
        address = f"http://{gunicorn.HOST}:{gunicorn.PORT}"
        self.stdout.write(f"The site:         {address}/")
        self.stdout.write(f"For editors:      {address}/admin/")
        self.stdout.write("The first editor: make editor")
        self.stdout.write("Stop with Ctrl-C.")
        self.stdout.flush()
        os.chdir(settings.BASE_DIR)
        # With a heap for each of its threads a worker would take 10 MB more.
        environment = {"MALLOC_ARENA_MAX": "1"} | os.environ
        # The server takes this process's place, so that signals reach it.
        command = [sys.executable, "-m", "gunicorn", "-c", "python:retention.gunicorn"]
        os.execve(sys.executable, command, environment)  # noqa: S606


def check_port(host: str, port: int) -> None:
    """Raise CommandError if nothing can listen on this port."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = f"Port {port} on {host} can't be used: {error.strerror}."
            raise CommandError(f"{reason} Choose another: PORT=9000 make run") from None
