"""The site as files, through nginx, compared with nginx and one file of the same size."""

import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from tests.nginx import nginx

from .load import put_on
from .programs import ROOT
from .report import Report

PATH = "/en/tips/"
ROUNDS, SECONDS, LEAST = 5, 2, 0.95


def measure(report: Report, database: dict[str, str], folder: Path) -> None:
    """Write a snapshot into `folder` and serve it."""
    command = [sys.executable, "manage.py", "snapshot", str(folder), "--origin", "http://127.0.0.1"]
    subprocess.run(command, cwd=ROOT, env=os.environ | database, check=True, stderr=subprocess.DEVNULL)
    folder.chmod(0o755)
    current = folder / "current"
    file = current / "pages" / "en" / "tips" / "index.html"
    plain = f"root {file.parent}; index index.html; types {{ text/html html; }} gzip_static on;"
    upstream = "upstream retention { server 127.0.0.1:9; }"
    with (
        nginx(
            f"{upstream} include {current / 'nginx-http.conf'};", f"include {current / 'nginx-server.conf'};"
        ) as site,
        nginx("", plain) as one_file,
    ):
        rates = {"site": [], "file": []}
        for _ in range(ROUNDS):
            rates["file"].append(put_on(f"{one_file.address}/", 8, SECONDS).rate)
            rates["site"].append(put_on(site.address + PATH, 8, SECONDS).rate)
    site_rate, file_rate = median(rates["site"]), median(rates["file"])
    report.say(f"  the snapshot {site_rate:.0f} a second, one file {file_rate:.0f}")
    report.at_least("the snapshot", site_rate / file_rate, LEAST)
