"""A day of a month in Finnish; Django leaves the month in the nominative."""

MONTH_DAY_FORMAT = "j. E"
