"""All addresses of the site."""

from django.contrib import admin
from django.urls import path

from . import readers

handler400 = "retention.refusals.bad_request"
handler500 = "retention.refusals.server_error"

urlpatterns = [
    *readers.urlpatterns,
    # Editors and translators
    path("admin/", admin.site.urls),
]
