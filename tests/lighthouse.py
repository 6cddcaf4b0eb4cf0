"""Lighthouse, as on a phone, over the pages that matter most: `python -m tests.lighthouse`, or `make lighthouse`.

Needs npm and a Chromium. The site is served as in production, though without TLS, over the loopback. Ends with 1 where
a page scores less than 100 in one of the categories. Arguments are the kinds of page to measure instead.
"""

import json
import os
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Iterator
from itertools import product
from pathlib import Path

from .chromium import chromium
from .page_types import LANGUAGES, path_of
from .server import ROOT, serving
from .unavailable import Unavailable

VERSION = "12.8.2"
TOOLS = ROOT / "var" / f"lighthouse-{VERSION}"
PROGRAM = TOOLS / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = {"performance": "speed", "accessibility": "access", "best-practices": "practice", "seo": "SEO"}
ATTEMPTS = 3
MEASURED = ("home", "article", "tip", "tips", "search-empty", "figures")


def best_of(url: str, chromium_path: str, file: Path) -> dict:
    """Return the best report of a page: whatever else the machine does only ever makes it slower."""
    reports = []
    for _attempt in range(ATTEMPTS):
        if report := measure(url, chromium_path, file):
            reports.append(report)
            if is_perfect(report):
                break
    if not reports:
        raise Unavailable(f"Lighthouse can't measure {url}")
    return max(reports, key=lambda each: sum(scores(each).values()))


def measure(url: str, chromium_path: str, file: Path) -> dict | None:
    """Return what Lighthouse reports of a page, nothing where it broke off."""
    flags = "--headless=new" + (" --no-sandbox" if os.getuid() == 0 else "")
    command = ["node", PROGRAM, url, "--quiet", "--output=json", f"--output-path={file}", f"--chrome-flags={flags}"]
    done = subprocess.run(command, check=False, env=os.environ | {"CHROME_PATH": chromium_path})
    return json.loads(file.read_text()) if done.returncode == 0 else None


def scores(report: dict) -> dict[str, int]:
    return {category: round(100 * report["categories"][category]["score"]) for category in CATEGORIES}


def is_perfect(report: dict) -> bool:
    return set(scores(report).values()) == {100}


def losses(report: dict, category: str) -> Iterator[str]:
    """Say which audits a category lost points to."""
    for reference in report["categories"][category]["auditRefs"]:
        audit = report["audits"][reference["id"]]
        if reference["weight"] and audit["score"] is not None and audit["score"] < 1:
            value = f" ({audit['displayValue']})" if audit.get("displayValue") else ""
            yield f"{audit['id']} {100 * audit['score']:.0f}: {audit['title']}{value}"


def show(name: str, report: dict) -> None:
    """Print a line of the table, and below it what the page lost points to."""
    print(name.ljust(20), *(f"{score:9}" for score in scores(report).values()), flush=True)
    for category, score in scores(report).items():
        for loss in losses(report, category) if score < 100 else ():
            print(f"    {CATEGORIES[category]}: {loss}")


def final_address(address: str, path: str) -> str:
    """Return where a page stands in its own language, so that the way there isn't measured with it."""
    with urllib.request.urlopen(address + urllib.parse.quote(path, safe="/?=&%")) as response:
        return response.url


def main() -> int:
    if not PROGRAM.exists():
        subprocess.run(["npm", "install", "--silent", "--prefix", TOOLS, f"lighthouse@{VERSION}"], check=True)
    reports = []
    with tempfile.TemporaryDirectory() as name, chromium() as found:
        folder = Path(name)
        with serving(f"sqlite:///{folder / 'db.sqlite3'}", folder / "log") as (address, _process):
            print("page".ljust(20), *(title.rjust(9) for title in CATEGORIES.values()), flush=True)
            for page_type, language in product(sys.argv[1:] or MEASURED, LANGUAGES):
                url = final_address(address, path_of(page_type, language))
                reports.append(best_of(url, found["CHROMIUM"], folder / "report.json"))
                show(f"{page_type} {language}", reports[-1])
    return 0 if all(map(is_perfect, reports)) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unavailable as error:
        sys.exit(str(error))
