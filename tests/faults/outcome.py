"""What was seen of a fault, and the table of all of them."""

from dataclasses import dataclass, field
from textwrap import wrap

WIDTHS = (34, 44, 60)


@dataclass
class Outcome:
    """What a fault has shown: sentences, what was lost, and the promises that weren't kept."""

    seen: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    lost: int = 0

    def tell(self, sentence: str) -> None:
        self.seen.append(sentence)

    def expect(self, is_kept: bool, sentence: str) -> None:
        """Tell a sentence that has to be true."""
        self.seen.append(sentence if is_kept else f"NOT TRUE: {sentence}")
        if not is_kept:
            self.broken.append(sentence)

    @property
    def is_good(self) -> bool:
        return not self.broken and self.lost == 0


def row(fault: str, promised: str, seen: str, lost: str) -> str:
    """Return a row of the table, in as many lines as its longest cell needs."""
    cells = [wrap(text, width) or [""] for text, width in zip((fault, promised, seen), WIDTHS, strict=True)]
    height = max(map(len, cells))
    padded = [[*cell, *[""] * (height - len(cell))] for cell in (*cells, [lost])]
    widths = (*WIDTHS, 0)
    lines = (
        [part.ljust(width) for part, width in zip(line, widths, strict=True)] for line in zip(*padded, strict=True)
    )
    return "\n".join(" | ".join(line).rstrip() for line in lines)
