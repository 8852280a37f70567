"""A Wagtail site before the first visit: its database, migrated."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "wagtail_site.settings"

from django.core.management import execute_from_command_line

execute_from_command_line(["manage.py", "migrate", "--verbosity", "0"])
