"""Programs of Debian that tests and measurements need, installed where they are missing and may be."""

import fcntl
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .unavailable import Unavailable


def install(*packages: str) -> bool:
    """Install packages; tell whether that was possible."""
    if os.getuid() != 0 or not shutil.which("apt-get"):
        return False
    print(f"Installing Debian's {packages[0]} …", flush=True)
    # A package that brings a service starts none here.
    quiet = {"env": os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}, "stdout": subprocess.DEVNULL}
    return all(
        subprocess.run(
            ["apt-get", "--quiet", "-o", "DPkg::Lock::Timeout=300", *arguments], check=False, **quiet
        ).returncode
        == 0
        for arguments in (["update"], ["install", "--yes", "--no-install-recommends", *packages])
    )


def program(name: str, package: str) -> str:
    """Return the path of a program, installed if need be; raises Unavailable where it can't be had."""
    path = shutil.which(name)
    if not path:
        # Of several processes that need one, the first installs it.
        with (Path(tempfile.gettempdir()) / "retention-install.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            path = shutil.which(name) or (install(package) and shutil.which(name))
    if not path:
        raise Unavailable(f"{name} is missing; on Debian: apt-get install {package}")
    return path
