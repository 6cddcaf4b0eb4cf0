"""A new version is put in place while requests run: the server is told to stop, to renew its workers, to hand over."""

import os
import signal
import socket
import subprocess
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from bench.server.machine import tree

from .outcome import Outcome
from .site import Site, seconds_until, serving

PROMISED = (
    "SIGHUP renews the workers, and SIGUSR2 hands over to a new server, without a request refused. SIGTERM ends the "
    "server once it has answered what was begun."
)
# Forms that are being sent while the server is told to stop: the first half, and the rest.
FORMS = 4
FORM = b"POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n" + b"x" * 10
REST = b"x" * 10


class Readers:
    """Several readers who ask without pause, each time over a new connection."""

    def __init__(self, site: Site, count: int = 6) -> None:
        self.answered = 0
        self.failures: list[str] = []
        self._site, self._is_reading = site, True
        self._threads = [threading.Thread(target=self._read) for _ in range(count)]

    def __enter__(self) -> "Readers":
        for thread in self._threads:
            thread.start()
        time.sleep(1)
        return self

    def __exit__(self, *error: object) -> None:
        self._is_reading = False
        for thread in self._threads:
            thread.join()

    def _read(self) -> None:
        while self._is_reading:
            try:
                # The search is made each time.
                answer = self._site.get("/en/search/?q=complaint+customer")
            except OSError as error:
                self.failures.append(str(error))
                time.sleep(0.05)
                continue
            self.answered += 1
            if answer.status != 200 or not answer.body.rstrip().endswith(b"</html>"):
                self.failures.append(str(answer.status))

    def __str__(self) -> str:
        return (
            f"{self.answered} answers, {len(self.failures)} refused or cut off {' '.join(sorted(set(self.failures)))}"
        )


def cause(engine) -> Outcome:
    outcome = Outcome()
    with serving(engine.url) as site:
        renew_workers(site, outcome)
        hand_over(site, outcome)
        stop(site, outcome)
    return outcome


def renew_workers(site: Site, outcome: Outcome) -> None:
    before = set(site.workers)
    with Readers(site) as readers:
        site.process.send_signal(signal.SIGHUP)
        renewed = seconds_until(lambda: site.workers and not before & set(site.workers), patience=60)
        time.sleep(1)
    outcome.expect(renewed is not None, f"SIGHUP: workers renewed after {renewed or 60:.1f} s")
    outcome.expect(not readers.failures, str(readers))


def hand_over(site: Site, outcome: Outcome) -> None:
    """Let a new server take over the socket, then stop the old one."""
    former, workers = site.process, set(site.workers)
    with Readers(site) as readers:
        former.send_signal(signal.SIGUSR2)
        begun = seconds_until(lambda: len(new_server(former.pid, workers)) > len(workers), patience=60)
        if begun is None:
            raise AssertionError(f"no new server: {site.log.read_text()}")
        site.process = Adopted(new_server(former.pid, workers)[0])
        time.sleep(1)
        former.terminate()
        former.wait(60)
        time.sleep(1)
    outcome.expect(not readers.failures, f"SIGUSR2: {readers}")


def new_server(former: int, workers: set[int]) -> list[int]:
    """Return the processes of the new server, the first of which is a child of the former one at first."""
    return [pid for pid in tree(former)[1:] if pid not in workers]


def stop(site: Site, outcome: Outcome) -> None:
    place = urlsplit(site.address)
    with Readers(site), ExitStack() as connections:
        begun = [
            connections.enter_context(socket.create_connection((place.hostname, place.port), timeout=30))
            for _ in range(FORMS)
        ]
        for client in begun:
            client.sendall(FORM)
        time.sleep(1)
        told = time.monotonic()
        site.process.terminate()
        time.sleep(1)
        for client in begun:
            client.sendall(REST)
        answers = [client.recv(4096)[:12] for client in begun]
        site.process.wait(60)
        took = time.monotonic() - told
    is_answered = all(answer.startswith(b"HTTP/1.1 ") for answer in answers)
    outcome.expect(is_answered, f"SIGTERM: {FORMS} forms of which half had been sent were answered")
    outcome.expect(took < 15, f"ended after {took:.1f} s; who came then was refused")


class Adopted:
    """A server that another one has started."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        if self.returncode is None and not Path(f"/proc/{self.pid}/exe").exists():
            self.returncode = 0
        return self.returncode

    def terminate(self) -> None:
        os.kill(self.pid, signal.SIGTERM)

    def wait(self, patience: float) -> None:
        if seconds_until(lambda: self.poll() is not None, patience) is None:
            raise subprocess.TimeoutExpired("the server", patience)
