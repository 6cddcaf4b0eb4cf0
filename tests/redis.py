"""A real Redis for tests, on a port of this machine."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .debian import program
from .server import free_port, wait_for_port


@contextmanager
def redis() -> Iterator[tuple[str, subprocess.Popen]]:
    """Run a Redis that keeps nothing on disk; give the CACHE_URL and the process, which is stopped at the end."""
    path, port = program("redis-server", "redis-server"), free_port()
    with tempfile.TemporaryDirectory(prefix="retention-redis-") as name:
        log = Path(name) / "log"
        options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", name, "--logfile", str(log)]
        process = subprocess.Popen([path, *options])
        try:
            wait_for_port(port, process, log)
            yield f"redis://127.0.0.1:{port}/0", process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(20)
