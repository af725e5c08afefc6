"""Loaded by pytest before Django's settings are read (-p tests.plugin): names the settings, starts the suite's servers."""

import os

from tests.servers import start_for_tests

# Set here, because importing the project's package names the site's settings as the default.
os.environ["DJANGO_SETTINGS_MODULE"] = "crm.settings.test"
start_for_tests()
