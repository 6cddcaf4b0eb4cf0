"""The Nu HTML checker over every page of the site: `python -m tests.html`, or `make html`. Needs npm and Java."""

import subprocess
import sys
import tempfile
import urllib.request
import xml.etree.ElementTree as ET
from pathlib import Path

from .server import ROOT, serving

TOOLS = ROOT / "var" / "html-checker"
JAR = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
LOCATION = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def read(url: str) -> bytes:
    with urllib.request.urlopen(url) as response:
        return response.read()


def locations(url: str) -> list[str]:
    return [element.text for element in ET.fromstring(read(url)).iter(LOCATION)]


def main() -> int:
    if not JAR.exists():
        subprocess.run(["npm", "install", "--silent", "--prefix", TOOLS, "vnu-jar"], check=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with serving(f"sqlite:///{folder / 'db.sqlite3'}", folder / "log") as (address, _process):
            pages = [page for part in locations(f"{address}/sitemap.xml") for page in locations(part)]
            for page in pages:
                file = folder / "pages" / page.removeprefix(address).strip("/") / "index.html"
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(read(page))
        checked = subprocess.run(["java", "-jar", JAR, "--errors-only", folder / "pages"], check=False)
    print(f"{len(pages)} pages checked, {'no errors' if checked.returncode == 0 else 'errors above'}.")
    return checked.returncode


if __name__ == "__main__":
    sys.exit(main())
