"""What was measured, and which budgets it misses."""

from dataclasses import dataclass, field


@dataclass
class Report:
    """Lines as they come, and the budgets that were missed, for the end."""

    missed: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        print(line, flush=True)

    def at_least(self, what: str, value: float, least: float) -> None:
        self._compare(f"{what}: {value:.2f} (at least {least:.2f})", value >= least)

    def at_most(self, what: str, value: float, most: float, unit: str) -> None:
        self._compare(f"{what}: {value:.2f} {unit} (at most {most:g})", value <= most)

    def end(self) -> None:
        self.say("\nAll budgets are kept." if not self.missed else "\nMissed:")
        for line in self.missed:
            self.say(f"  {line}")

    def _compare(self, line: str, is_kept: bool) -> None:
        self.say(f"  {line}{'' if is_kept else '   MISSED'}")
        if not is_kept:
            self.missed.append(line)
