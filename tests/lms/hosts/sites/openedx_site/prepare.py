"""The workbench before the first visit: its database, migrated."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "openedx_site.settings"
os.environ["EXCLUDE_SAMPLE_XBLOCKS"] = "yes"

from django.core.management import execute_from_command_line

execute_from_command_line(["manage.py", "migrate", "--run-syncdb", "--verbosity", "0"])
