"""The closed sets of values that content is described with."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Status(TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")


class Ink(TextChoices):
    """The colour of an article's card."""

    PINE = "pine", _("pine")
    BRICK = "brick", _("brick")
    PLUM = "plum", _("plum")
    OCHRE = "ochre", _("ochre")
    NAVY = "navy", _("navy")


class Kind(TextChoices):
    """What a piece of advice is; also the name of the URL pattern of its page."""

    TIP = "tip", _("tip")
    RULE = "rule", _("rule")
    MISTAKE = "mistake", _("mistake")

    @property
    def plural(self) -> str:
        """The heading of the list of this kind."""
        return {Kind.TIP: _("Tips"), Kind.RULE: _("Rules"), Kind.MISTAKE: _("Mistakes")}[self]

    @property
    def introduction(self) -> str:
        """A sentence above that list."""
        return {
            Kind.TIP: _("What to do so that customers come back, with a first step for today."),
            Kind.RULE: _("Maxims to work by, short enough to hang on the wall."),
            Kind.MISTAKE: _("Sure ways to lose customers, each with what to do instead."),
        }[self]


class Unit(TextChoices):
    """How the number of a figure is read."""

    PERCENT = "percent", _("per cent")
    MORE = "more", _("per cent more")
    TIMES = "times", _("times as much")
    PEOPLE = "people", _("people")
    AT_LEAST = "at_least", _("at least so many people")
    OVER_MILLION = "over_million", _("over so many million")
    RANK = "rank", _("place in a ranking")
    RATIO = "ratio", _("ratio of two numbers")


class Founded(TextChoices):
    """How well a figure is founded."""

    SURVEY = "survey", _("survey")
    ATTRIBUTED = "attributed", _("attributed")
    ESTIMATE = "estimate", _("estimate")
