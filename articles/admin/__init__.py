"""What editors and translators reach."""

from . import content  # noqa: F401  registers the models
