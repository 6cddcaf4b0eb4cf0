"""Cause all faults, or those that are named, on each database that they apply to; see `tests.faults`."""

import importlib
import sys
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from ..unavailable import Unavailable
from .engines import ENGINES, Prepared
from .outcome import Outcome, row

FAULTS = (
    *("two_at_once", "database_stops", "redis_stops", "disk_full", "killed", "backed_up", "point_in_time"),
    *("deployed", "clock_steps", "slow_clients", "overload"),
)


def main() -> int:
    names = sys.argv[1:] or FAULTS
    if unknown := set(names) - set(FAULTS):
        print(f"There is no fault {', '.join(sorted(unknown))}. There are: {', '.join(FAULTS)}")
        return 2
    with TemporaryDirectory(prefix="retention-prepared-") as folder:
        return cause_all(names, Prepared(Path(folder)))


def cause_all(names: Sequence[str], prepared: Prepared) -> int:
    """Cause faults one after the other, print a table of what was seen, return the exit code."""
    rows, is_good = [], True
    for name in names:
        fault = importlib.import_module(f"tests.faults.{name}")
        for engine in getattr(fault, "ENGINES", ENGINES):
            begun = time.monotonic()
            outcome = caused(fault, engine, prepared)
            is_good &= outcome.is_good
            title = f"{fault.__doc__.splitlines()[0]} ({name}, {engine}, {time.monotonic() - begun:.0f} s)"
            rows.append(row(title, fault.PROMISED, "; ".join(outcome.seen), str(outcome.lost)))
            print(f"{'kept' if outcome.is_good else 'BROKEN'}  {title}", flush=True)
            print("".join(f"    {line}\n" for line in outcome.seen), end="", flush=True)
    header = row("fault", "what was promised", "what was seen", "items lost")
    print("\n" + f"\n{'-' * 160}\n".join([header, *rows]))
    print("\nAll promises are kept." if is_good else "\nPromises are broken.")
    return 0 if is_good else 1


def caused(fault: ModuleType, engine: str, prepared: Prepared) -> Outcome:
    """Cause a fault; one that can't be caused, or that ends in an error, breaks its promise."""
    try:
        # Most faults hit a site that has its content.
        is_empty = getattr(fault, "BEGINS_EMPTY", False)
        with ENGINES[engine](None) if is_empty else prepared.engine(engine) as database:
            return fault.cause(database)
    except Unavailable as error:
        reason = f"it can't be caused here: {error}"
    except Exception as error:
        traceback.print_exc()
        reason = f"{type(error).__name__}: {error}"
    return Outcome([reason], [reason])


if __name__ == "__main__":
    sys.exit(main())
