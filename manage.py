#!/usr/bin/env python
"""The command line: `python manage.py help` lists what there is."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "retention.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import Error

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Configuration error: {error}")
    except Error as error:
        reason = str(error).strip().partition("\n")[0]
        sys.exit(f"Database error: {reason}\nIf it isn't set up yet: python manage.py prepare")


if __name__ == "__main__":
    main()
