"""Run all tests: `python -m tests`, or `make test`. Arguments go to pytest.

Three runs, each of which must really have happened: the unit tests on SQLite, the same on a real PostgreSQL server,
and the journeys in a real browser. Each is spread over the cores of the machine. A test that is skipped counts as
failed.
"""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from .chromium import chromium
from .postgres import postgres
from .unavailable import Unavailable

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "var" / "test-results"
# In the order of the tests: those that leave the database empty stay the last of each process.
SPREAD = ["--numprocesses=auto", "--dist=load"]


@dataclass
class Result:
    """The counts of one run of pytest."""

    name: str
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    @property
    def is_good(self) -> bool:
        return self.passed > 0 and self.failed == self.skipped == 0

    def __str__(self) -> str:
        return f"{self.name}: {self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def run(name: str, folder: str, needs: Callable[[], AbstractContextManager[dict[str, str]]]) -> Result:
    """Run pytest on one folder of tests with what it `needs`, environment variables; return its counts."""
    print(f"\n=== {name} ===", flush=True)
    try:
        with needs() as environment:
            return pytest(name, folder, environment)
    except Unavailable as error:
        print(f"{name} can't be had here: {error}", flush=True)
        return Result(name, failed=1)


def pytest(name: str, folder: str, environment: dict[str, str]) -> Result:
    report = RESULTS / f"{name.lower()}.xml"
    report.unlink(missing_ok=True)
    # A developer's own .env has no say here.
    own = {"DEBUG": "false", "BEHIND_TLS": "false", "SECOND_FACTOR": "optional"}
    own |= dict.fromkeys(("TRUSTED_PROXIES", "CACHE_URL", "ALLOWED_HOSTS"), "")
    environment = own | environment
    command = [sys.executable, "-m", "pytest", f"tests/{folder}", f"--junitxml={report}", *SPREAD, *sys.argv[1:]]
    code = subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=False).returncode
    if not report.exists():
        return Result(name, failed=1)
    counts = ET.parse(report).getroot().find("testsuite").attrib
    failed, skipped = int(counts["failures"]) + int(counts["errors"]), int(counts["skipped"])
    # pytest may also fail as a whole, such as by a warning while it ends.
    failed = max(failed, int(code != 0))
    return Result(name, int(counts["tests"]) - failed - skipped, failed, skipped)


def main() -> int:
    sqlite = f"sqlite:///{RESULTS / 'unused.sqlite3'}"
    results = [
        run("SQLite", "unit", lambda: nullcontext({"DATABASE_URL": sqlite})),
        run("PostgreSQL", "unit", postgres),
        run("Browser", "browser", chromium),
    ]
    print("\n=== All tests ===")
    for result in results:
        print(result)
    return 0 if all(result.is_good for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
