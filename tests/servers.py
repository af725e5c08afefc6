"""PostgreSQL and Redis of the test suite; `tests/conftest.py` starts them before Django reads its settings.

The process that the developer starts makes a folder of its own and, where DATABASE_URL or REDIS_URL is unset, fast
embedded servers in it; the parallel workers inherit the addresses and each takes a Redis database of its own.
"""

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

REDIS_DATABASES = 16
# Read when the settings package is imported, so before crm/settings/test.py could set them.
SETTINGS = {"SECRET_KEY": "tests-only-" + "t" * 50, "LOG_LEVEL": "ERROR", "DATABASE_POOL": "0"}


def start_for_tests() -> None:
    """Export DATABASE_URL, REDIS_URL, BROKER_URL and HENGPU_VAR to this process and its workers."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        _start()
        number = 0
    else:
        # Two each: the embedded queue is one above the cache.
        number = 2 * (int(worker.removeprefix("gw")) + 1)
    os.environ["REDIS_URL"] = redis_database(os.environ["REDIS_URL"], number)
    os.environ["BROKER_URL"] = redis_database(os.environ["BROKER_URL"], number)


def _start() -> None:
    var_dir = Path(tempfile.mkdtemp(prefix="hengpu-test-", dir="/tmp"))
    var_dir.chmod(0o711)  # the database server is another user when we are root
    atexit.register(shutil.rmtree, var_dir, ignore_errors=True)
    os.environ["HENGPU_VAR"] = str(var_dir)
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    if not (os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL")):
        from crm import embedded

        given_redis = os.environ.get("REDIS_URL")
        servers = embedded.ensure_running(var_dir, fast=True)
        if given_redis:
            os.environ.setdefault("BROKER_URL", given_redis)
        for name, url in servers.urls.items():
            os.environ.setdefault(name, url)
    os.environ.setdefault("BROKER_URL", os.environ["REDIS_URL"])


def redis_database(url: str, offset: int) -> str:
    """Return the address with its database number moved by `offset`, in each form that Redis and Celery know."""
    found = re.search(r"(?<=[?&]db=)\d+|(?<=[?&]virtual_host=)\d+|(?<=/)\d+$", url)
    if found is None:
        return f"{url.rstrip('/')}/{offset}" if offset else url
    number = (int(found.group()) + offset) % REDIS_DATABASES
    return f"{url[: found.start()]}{number}{url[found.end() :]}"


def database_url(name: str) -> str:
    """The address of the database of that name on the suite's server, for a process that a test starts."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
