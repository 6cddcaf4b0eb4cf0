"""A real Caddy for tests, with the configuration that operators are given, on ports of this machine."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .debian import program
from .server import ROOT, free_port, wait_for_port

CADDYFILE = ROOT / "docs" / "Caddyfile"


@contextmanager
def caddy(program_port: int) -> Iterator[tuple[str, str]]:
    """Run Caddy before a program until the end; give its addresses over HTTP and over TLS."""
    path, http, https = program("caddy", "caddy"), free_port(), free_port()
    ports = f"{{\n\thttp_port {http}\n\thttps_port {https}\n\tskip_install_trust"
    written = CADDYFILE.read_text().replace("\n{", f"\n{ports}", 1).replace("2080", str(free_port()))
    with tempfile.TemporaryDirectory(prefix="retention-caddy-") as name:
        folder = Path(name)
        (folder / "Caddyfile").write_text(written)
        own = {"HOME": name, "XDG_DATA_HOME": name, "XDG_CONFIG_HOME": name, "PROGRAM_PORT": str(program_port)}
        command = [path, "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
        with (folder / "log").open("w") as log:
            process = subprocess.Popen(command, cwd=name, env=os.environ | own, stdout=log, stderr=log)
        try:
            for port in (http, https):
                wait_for_port(port, process, folder / "log")
            yield f"http://localhost:{http}", f"https://localhost:{https}"
        finally:
            process.terminate()
            process.wait(20)
