"""A real nginx for tests and measurements, on a port of this machine."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .debian import program
from .server import free_port, wait_for_port

TEMPORARY = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


@dataclass(frozen=True)
class Nginx:
    """One that runs: where it is, and its first process."""

    address: str
    pid: int


@contextmanager
def nginx(http: str, server: str) -> Iterator[Nginx]:
    """Run nginx with these lines in its `http` and in its `server` block until the end."""
    path, port = program("nginx", "nginx-light"), free_port()
    with tempfile.TemporaryDirectory(prefix="retention-nginx-") as name:
        folder = Path(name)
        folders = " ".join(f"{kind}_temp_path {folder / kind};" for kind in TEMPORARY)
        # It may read what the one who runs the tests has written.
        user = "user root;" if os.getuid() == 0 else ""
        configuration = folder / "nginx.conf"
        configuration.write_text(f"""
            daemon off; pid {folder / "pid"}; worker_processes 1; {user}
            events {{}}
            http {{
                access_log off; sendfile on; {folders}
                {http}
                server {{ listen 127.0.0.1:{port}; {server} }}
            }}
        """)
        errors = folder / "error.log"
        process = subprocess.Popen([path, "-p", name, "-c", str(configuration), "-e", str(errors)])
        try:
            wait_for_port(port, process, errors)
            yield Nginx(f"http://127.0.0.1:{port}", process.pid)
        finally:
            process.terminate()
            process.wait(20)
