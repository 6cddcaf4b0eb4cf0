"""What the search is asked, and what should answer it."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Question:
    """What somebody types, and the keys of the advice that should answer it."""

    text: str
    right: tuple[str, ...]


def questions(language: str, held_out: str = "") -> list[Question]:
    """Return what is asked in `language`; `held_out` names the folder of those that nothing was chosen with."""
    lines = (Path(__file__).parent / held_out / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return [Question(text, tuple(right.split())) for text, right in rows]
