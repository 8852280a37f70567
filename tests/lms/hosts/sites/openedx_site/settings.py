"""The workbench of xblock-sdk with the SCORM XBlock of Open edX."""

import os
from pathlib import Path

from workbench.settings import *  # noqa: F403
from workbench.settings import INSTALLED_APPS, WORKBENCH

SITE = Path(os.environ["SITE"])

DEBUG = True
ALLOWED_HOSTS = ["127.0.0.1"]
# djpyfs does not start with Django 5.1 and newer, and the block does not use it.
INSTALLED_APPS = [app for app in INSTALLED_APPS if app != "djpyfs"] + ["openedx_site"]
WORKBENCH = {**WORKBENCH, "services": {"settings": "workbench.services.SettingsService"}}
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": SITE / "db.sqlite3"}}
MEDIA_ROOT = SITE / "media"
MEDIA_URL = "/media/"
LOGGING = {"version": 1, "disable_existing_loggers": True}
ROOT_URLCONF = "openedx_site.urls"
