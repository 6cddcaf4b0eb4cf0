"""What editors and translators reach."""

from . import content, people  # noqa: F401  register the models
