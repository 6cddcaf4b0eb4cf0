"""Charts of five years: where lines and labels stand in a drawing of fixed size."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .retention_value import YEARS

# The drawing, and the room in it for lines, in its own units.
WIDTH, HEIGHT = 340, 190
LEFT, RIGHT, TOP, BOTTOM = 10, 260, 22, 160
# Labels closer than this would touch.
LINE_HEIGHT = 15


@dataclass(frozen=True)
class Label:
    """A number at the end of a line; `y` is the middle of its text."""

    number: Decimal
    y: int


class Lines:
    """Two lines from one point, the upper one never below the lower one, on a scale from 0 to that point."""

    width, height = WIDTH, HEIGHT
    left, right, top, bottom = LEFT, RIGHT, TOP, BOTTOM

    def __init__(self, lower: Sequence[Decimal], upper: Sequence[Decimal]) -> None:
        self.start, self.lower_end, self.upper_end = lower[0], lower[-1], upper[-1]
        self.lower, self.upper = points(lower), points(upper)

    @property
    def years(self) -> list[tuple[int, int]]:
        """Each year and where it stands."""
        return [(year, across(year)) for year in range(YEARS + 1)]

    @property
    def area(self) -> str:
        """The corners of what lies between the lines."""
        return " ".join([*self.upper.split(), *reversed(self.lower.split())])

    @property
    def labels(self) -> tuple[Label, Label]:
        """The ends of the upper and the lower line, far enough apart to be read."""
        upper, lower = height_of(self.upper_end, self.start), height_of(self.lower_end, self.start)
        lower = max(lower, min(upper + LINE_HEIGHT, BOTTOM))
        return Label(self.upper_end, min(upper, lower - LINE_HEIGHT)), Label(self.lower_end, lower)


def points(numbers: Sequence[Decimal]) -> str:
    """Return the corners of a line through `numbers`, the first of which reaches to the top."""
    return " ".join(f"{across(place)},{height_of(number, numbers[0])}" for place, number in enumerate(numbers))


def across(year: int) -> int:
    """Return how far to the right a year stands."""
    return LEFT + year * (RIGHT - LEFT) // YEARS


def height_of(number: Decimal, top: Decimal) -> int:
    """Return how far down `number` stands where `top` is the highest."""
    return BOTTOM - round((BOTTOM - TOP) * number / top)
