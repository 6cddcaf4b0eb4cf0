"""What is said where something that the tests need can't be had."""


class Unavailable(Exception):
    """Something that the tests need can't be had here; the text says what was tried."""
