"""The servers that are compared, each with its processes, on ports of this machine."""

import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import retention.gunicorn
from tests.nginx import nginx
from tests.server import free_port
from tests.unavailable import Unavailable

ROOT = Path(__file__).resolve().parents[2]
WORKERS = 2
# Of both kinds of worker that gunicorn has for programs like this one, the first as the site has it.
KINDS = {
    "gthread": [f"--worker-class={retention.gunicorn.worker_class}", f"--threads={retention.gunicorn.threads}"],
    "sync": ["--worker-class=sync"],
}
PATIENCE = 60  # seconds


@dataclass(frozen=True)
class Program:
    """A server that runs: where it is, its first process, and the seconds it took until it answered."""

    address: str
    pid: int
    started_in: float


@contextmanager
def gunicorn(program: str, kind: str, environment: dict[str, str], first: str) -> Iterator[Program]:
    """Serve a WSGI program with WORKERS workers of a kind; it has begun once it answers the path `first`."""
    port = free_port()
    options = [*KINDS[kind], "--preload", f"--workers={WORKERS}", f"--bind=127.0.0.1:{port}", "--log-level=error"]
    command = [sys.executable, "-m", "gunicorn", "--no-control-socket", *options, program]
    environment = os.environ | {"MALLOC_ARENA_MAX": "1"} | environment
    with running(command, environment, f"http://127.0.0.1:{port}", first) as started:
        yield started


@contextmanager
def running(command: list[str], environment: dict[str, str], address: str, first: str) -> Iterator[Program]:
    begun = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        wait_for(address + first, process)
        yield Program(address, process.pid, time.perf_counter() - begun)
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.01)
    raise Unavailable(f"{url} doesn't answer")


@contextmanager
def bare(kind: str, page: tuple[list[tuple[str, str]], bytes]) -> Iterator[Program]:
    """Serve one answer by the program that does nothing else."""
    headers, body = page
    with tempfile.TemporaryDirectory(prefix="retention-bare-") as name:
        (Path(name) / "body").write_bytes(body)
        (Path(name) / "headers.json").write_text(json.dumps(headers))
        with gunicorn("bench.server.bare", kind, {"BARE": name}, "/") as started:
            yield started


@contextmanager
def through_nginx(program: Program) -> Iterator[Program]:
    """Serve what another program serves, through nginx."""
    upstream = f"upstream program {{ server {program.address.removeprefix('http://')}; keepalive 64; }}"
    location = (
        "location / { proxy_pass http://program; proxy_http_version 1.1; proxy_set_header Connection ''; "
        "proxy_set_header Host $http_host; }"
    )
    with nginx(upstream, location) as running:
        yield Program(running.address, running.pid, 0)


def read_once(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=30) as response:
        return response.read()
