"""What is installed with the site: under which licences, what for, and what is known of it."""

import json
import re
import subprocess
import sys

import pytest

from .. import licences
from ..audit import HOLES, SOUND, UNKNOWN, audited
from ..server import ROOT


def test_every_package_is_listed_with_its_licence():
    # What another Python needs may be on it, too.
    assert set(licences.document().splitlines()) <= set(licences.DOCUMENT.read_text().splitlines())


def test_every_licence_fits_ours():
    assert len(licences.packages()) > 30
    for name, package in licences.packages().items():
        told = set(re.findall(r"[A-Za-z0-9.-]+", licences.licence(package))) - {"AND", "OR"}
        assert told <= licences.FIT, name


def test_every_package_that_is_declared_is_used_and_the_other_way_round():
    done = subprocess.run([sys.executable, "-m", "deptry", "."], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_bill_of_materials_names_what_is_locked(tmp_path):
    makefile = (ROOT / "Makefile").read_text()
    arguments = re.search(r"cyclonedx-py (.+) -o", makefile)[1].split()
    path = tmp_path / "sbom.json"
    command = [sys.executable, "-m", "cyclonedx_py", *arguments, "-o", path]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    bill = json.loads(path.read_text())
    locked = dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    assert bill["bomFormat"] == "CycloneDX"
    assert {each["name"]: each["version"] for each in bill["components"]} == locked
    assert all(each["externalReferences"][0]["hashes"] for each in bill["components"])
    assert bill["metadata"]["component"]["name"] == "retention"


def package(name: str, **told: object) -> dict:
    return {"name": name, "version": "1.0", **told}


@pytest.mark.parametrize(
    ("packages", "status", "told"),
    [
        (None, UNKNOWN, "nothing was audited"),
        ([package("django", skip_reason="not found")], UNKNOWN, "nothing was audited"),
        ([package("django", vulns=[])], SOUND, "No hole is known in 1 packages."),
        ([package("django", vulns=[{"id": "CVE-1"}])], HOLES, "django 1.0: CVE-1"),
        ([package("django", vulns=[]), package("nh3", skip_reason="x")], SOUND, "Nothing is known of nh3."),
    ],
)
def test_an_audit_says_what_it_knows_and_what_it_doesnt(packages, status, told):
    report = "" if packages is None else json.dumps({"dependencies": packages})
    assert audited(report)[0] == status
    assert told in audited(report)[1]
