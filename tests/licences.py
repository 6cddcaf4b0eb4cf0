"""The licences of all that runs with the site: `make licences` writes docs/licences.md."""

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from .server import ROOT

DOCUMENT = ROOT / "docs" / "licences.md"
HEAD = """\
# Licences

The site is under the MIT licence, see [LICENSE](../LICENSE). What runs with it, which is installed beside it and not
part of it, is under the licences below, each of which allows that: those of the LGPL are used as they are, and can be
replaced by whoever runs the site. The last three are installed only where faults are reported (`SENTRY_DSN`).

`make licences` writes this list; a test holds it to what is installed, and each licence to a list of those that fit.

| package | licence |
| --- | --- |
"""
# As many write them; which of the BSD licences is meant they don't say.
SPDX = {
    "MIT License": "MIT",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "PSFL": "PSF-2.0",
}
# What may run with a program under MIT.
FIT = {
    *("MIT", "MIT-0", "ISC", "BSD-2-Clause", "BSD-3-Clause", "PSF-2.0", "Apache-2.0", "CC0-1.0", "CC-BY-4.0", "BSD"),
    *("Unlicense", "MPL-2.0", "LGPL-3.0-only", "LGPL-2.1-or-later", "OFL-1.1"),
}


def packages() -> dict[str, Distribution]:
    """Return what is installed here of what the site may need to run, by name."""
    found = {}
    names = [
        name
        for lock in ("requirements.txt", "requirements-sentry.txt")
        for name in re.findall(r"^([a-z0-9-]+)==", (ROOT / lock).read_text(), re.MULTILINE)
    ]
    for name in dict.fromkeys(names):
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            # Another Python or another system needs it.
            continue
    return found


def licence(package: Distribution) -> str:
    """Return the licence of a package as SPDX writes it."""
    told = package.metadata
    classified = [
        each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License :: ")
    ]
    written = told.get("License-Expression") or told.get("License") or classified[0]
    return SPDX.get(written, written)


def document() -> str:
    return HEAD + "".join(f"| {name} | {licence(package)} |\n" for name, package in packages().items())


if __name__ == "__main__":
    DOCUMENT.write_text(document())
