"""The drawing of a self-check: a bucket with a place for each question, one above the other, and what leaks out."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from .self_check import Answer, Question

# All in the units of the drawing, from its upper left corner.
WIDTH, ROW, TOP, FALL = 320, 26, 8, 16
LEFT, RIGHT, TAPER = 4, 150, 18
FARTHEST = 150
FEWEST_ROWS = 6


@dataclass(frozen=True)
class Hole:
    """The place of a question in the wall; `jet` is the path of what runs out there, "" if it holds."""

    question: Question
    x: int
    y: int
    jet: str

    @property
    def is_steady(self) -> bool:
        return self.question.answer is Answer.YES


class Bucket:
    """A full bucket on the ground. The later a mistake stands, the lower its hole: the more runs out."""

    width = WIDTH

    def __init__(self, questions: Sequence[Question]) -> None:
        self.depth = ROW * max(len(questions), FEWEST_ROWS)
        self.ground = TOP + self.depth + FALL
        self.height = self.ground + 4
        row = self.depth / max(len(questions), 1)
        self.holes = [self.hole(question, TOP + row * (place + 0.5)) for place, question in enumerate(questions)]

    @property
    def outline(self) -> str:
        bottom = TOP + self.depth
        return f"M{LEFT} {TOP}L{LEFT + TAPER} {bottom}H{RIGHT - TAPER}L{RIGHT} {TOP}"

    def hole(self, question: Question, y: float) -> Hole:
        wall = RIGHT - TAPER * (y - TOP) / self.depth
        is_leak = question.answer in (Answer.YES, Answer.SOMETIMES)
        return Hole(question, round(wall), round(y), self.jet(wall, y) if is_leak else "")

    def jet(self, x: float, y: float) -> str:
        """Return the parabola from a hole to the ground; by Torricelli’s law it reaches 2·√(depth·height) far."""
        reach = 2 * sqrt((y - TOP) * (self.ground - y)) * FARTHEST / (self.ground - TOP)
        return f"M{x:.0f} {y:.0f}Q{x + reach / 2:.0f} {y:.0f} {x + reach:.0f} {self.ground}"
