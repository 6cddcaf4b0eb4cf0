"""What the rows of a table come to: how many there are, and a digest that any change of any of them changes."""

import hashlib
from collections.abc import Iterable, Iterator

SIZE = 32
# A number of rows, and their digest.
Sum = tuple[int, str]


def come_to(rows: Iterable[bytes]) -> Sum:
    """Return how many rows there are, and a digest of them that doesn't depend on their order.

    Databases return rows in whatever order they lie.
    """
    count = total = 0
    for row in rows:
        count += 1
        total += int.from_bytes(hashlib.sha256(row).digest(), "big")
    return count, (total % (1 << 8 * SIZE)).to_bytes(SIZE, "big").hex()


def lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Return the lines of a text that comes in blocks which may end anywhere."""
    rest = b""
    for block in blocks:
        *whole, rest = (rest + bytes(block)).split(b"\n")
        yield from whole
    if rest:
        yield rest
