"""A day of a month in Russian; Django leaves the month in the nominative."""

MONTH_DAY_FORMAT = "j E"
