"""Settings of the test suite: the running site's, with quick passwords; tests/servers.py sets the environment before."""

import os

from crm.settings.base import *  # noqa: F403 -- Django reads this module's names
from crm.settings.base import CACHES, STATIC_ROOT, STORAGES

_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
CACHES["default"]["KEY_PREFIX"] = f"test-{_worker}"
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "global_keyprefix": f"test-{_worker}:"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
WHITENOISE_MAX_AGE = 3600  # the browser asks once for each file
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
ALLOWED_HOSTS = ["*"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise wants it, though the tests serve by the finders
