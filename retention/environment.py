"""The environment that settings come from, and how those are written that aren't plain text or numbers."""

from environs import Env, ValidationError

from .networks import Networks

env = Env()


def parser(read):
    """Let settings be read by a function, as `env.<its name>("NAME", default)`."""
    env.add_parser(read.__name__, read)
    return read


@parser
def networks(text: str) -> Networks:
    """Read addresses and networks, separated by commas."""
    try:
        return Networks(part.strip() for part in text.split(",") if part.strip())
    except ValueError as error:
        raise ValidationError(f"{error}.") from None
