"""The Wagtail site as ``runserver`` serves it, on a free port."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "wagtail_site.settings"

from serving import serve_django

serve_django()
