"""Secrets of second factors have no place at the desk: not even an administrator may read them."""

from django.contrib import admin
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

admin.site.unregister([TOTPDevice, StaticDevice])
