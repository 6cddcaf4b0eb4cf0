"""How Eastern Armenian writes dates and numbers; Django has no formats of its own for it."""

DATE_FORMAT = "Y թ. E j"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y թ. E j, H:i"
YEAR_MONTH_FORMAT = "Y թ. F"
MONTH_DAY_FORMAT = "E j"
SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\N{NO-BREAK SPACE}"
NUMBER_GROUPING = 3
