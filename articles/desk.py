"""The admin as a whole: the desk at which editors and translators work.

It stands outside the package of the admin, which registers its models with it.
"""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class Desk(admin.AdminSite):
    """The admin site."""

    site_header = site_title = _("Come again")
