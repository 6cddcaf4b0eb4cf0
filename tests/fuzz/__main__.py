"""Run the fuzzer on both databases: `python -m tests.fuzz [--requests 20000] [--seed N]`."""

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ..postgres import postgres
from ..server import ROOT
from ..unavailable import Unavailable


@contextmanager
def sqlite() -> Iterator[dict[str, str]]:
    with tempfile.TemporaryDirectory(prefix="retention-fuzz-") as folder:
        yield {"DATABASE_URL": f"sqlite:///{Path(folder) / 'db.sqlite3'}"}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=20_000, help="in all, half of them on each database")
    parser.add_argument("--seed", type=int, default=random.randrange(10**6), help="that of a run to be repeated")
    asked = parser.parse_args()
    print(f"Seed: {asked.seed}", flush=True)
    codes = []
    for name, database in {"SQLite": sqlite, "PostgreSQL": postgres}.items():
        print(f"\n=== {name} ===", flush=True)
        campaign = [sys.executable, "-m", "tests.fuzz.campaign", str(asked.requests // 2), str(asked.seed)]
        try:
            with database() as environment:
                codes.append(subprocess.run(campaign, cwd=ROOT, env=os.environ | environment, check=False).returncode)
        except Unavailable as error:
            print(f"{name} can't be had here: {error}", flush=True)
            codes.append(1)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
