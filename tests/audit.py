"""Whether a hole is known in what is installed with the site: `make audit`.

It needs a database of advisories. Where none can be reached, that is said, and nothing is told to be sound.
"""

import json
import subprocess
import sys

from .server import ROOT

SOUND, HOLES, UNKNOWN = range(3)


def audited(report: str) -> tuple[int, str]:
    """Return how a report of pip-audit is to be taken: an exit status and what to tell."""
    try:
        packages = json.loads(report)["dependencies"]
    except ValueError:
        packages = []
    known = [package for package in packages if "skip_reason" not in package]
    if not known:
        return UNKNOWN, "No database of advisories can be reached from here: nothing was audited."
    holes = [f"{each['name']} {each['version']}: {hole['id']}" for each in known for hole in each["vulns"]]
    unknown = [package["name"] for package in packages if package not in known]
    left = f" Nothing is known of {', '.join(unknown)}." if unknown else ""
    if holes:
        return HOLES, "\n".join([*holes, f"{len(holes)} known holes in {len(known)} packages.{left}"])
    return SOUND, f"No hole is known in {len(known)} packages.{left}"


def main() -> int:
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json"]
    command += ["--progress-spinner", "off", "--requirement", "requirements-sentry.txt"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    status, told = audited(done.stdout)
    print(told)
    return status


if __name__ == "__main__":
    sys.exit(main())
