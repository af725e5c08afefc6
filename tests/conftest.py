"""Fixtures that every folder of tests uses."""

import gc
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import hypothesis
import pytest
from celery import current_app
from django.core.cache import cache
from django.db import OperationalError, connection
from django.db.backends.postgresql.creation import DatabaseCreation
from django.test import Client, TransactionTestCase
from django.utils import translation

from crm.accounts import throttle
from crm.base.remembered import forget
from tests import template
from tests.browser import BrowserDesk
from tests.chromium import find_chromium
from tests.factories.organisation import Organisation, make_organisation

# The time that one example takes says nothing on a machine that does other things too.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's sync API keeps an event loop in this thread


def pytest_configure(config: pytest.Config) -> None:
    """Tell the workers, who get the folder by its name, whether somebody named one."""
    if not hasattr(config, "workerinput"):
        whole = os.environ.get("GATE") == "1" or config.args_source is not pytest.Config.ArgsSource.TESTPATHS
        os.environ["HENGPU_TESTS"] = "all" if whole else "daily"


def pytest_unconfigure(config: pytest.Config) -> None:
    """The process that started the workers takes the template away after them."""
    if not hasattr(config, "workerinput"):
        template.drop()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """A plain run leaves out what is marked for the gate; whoever names a file gets all of it."""
    if os.environ["HENGPU_TESTS"] == "all":
        return
    config.hook.pytest_deselected(items=[item for item in items if _for_the_gate(item)])
    items[:] = [item for item in items if not _for_the_gate(item)]


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector, which takes a tenth of the time, looks at it seldom."""
    gc.set_threshold(100_000, 20, 20)


def _for_the_gate(item: pytest.Item) -> bool:
    """What is marked, but for the record types that stand for the others; of browser tests all but the daily ones at the desk."""
    if item.get_closest_marker("browser") is not None and (not item.get_closest_marker("daily") or "390" in item.name):
        return True
    return item.get_closest_marker("gate") is not None and not getattr(getattr(item, "cls", None), "daily", False)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, django_db_blocker: Any) -> None:
    """Databases are copies of one that was migrated once; Django migrates each copy, which finds nothing to do."""
    with django_db_blocker.unblock():
        connection.settings_dict["TEST"]["TEMPLATE"] = template.ensure()


def _renew(test: TransactionTestCase) -> None:
    template.renew()


TransactionTestCase._fixture_teardown = _renew  # type: ignore[method-assign]  # instead of emptying all tables


def _drop(self: DatabaseCreation, test_database_name: str, verbosity: int) -> None:
    """Whoever does not leave within PostgreSQL's patience is sent away, as autovacuum on a busy machine."""
    name = self.connection.ops.quote_name(test_database_name)
    with self._nodb_cursor() as cursor:
        try:
            cursor.execute(f"DROP DATABASE {name}")
        except OperationalError:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


DatabaseCreation._destroy_test_db = _drop  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    """Each test starts with an empty cache (sessions, throttles), and with nothing kept of what the one before had set."""
    cache.clear()
    forget()
    yield


@pytest.fixture(autouse=True)
def one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """No window of the throttles ends in the middle of a test, which would begin to count anew."""
    now = time.time()
    monkeypatch.setattr(throttle, "time", SimpleNamespace(time=lambda: now))


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Messages are compared in English, whatever language the test before spoke."""
    with translation.override("en"):
        yield


@pytest.fixture
def org(db: Any) -> Organisation:
    """A small organisation with one person per role."""
    return make_organisation()


@pytest.fixture
def client_of() -> Callable[[Any], Client]:
    """A signed-in test client: client_of(user). `language` is the user's ("en" unless set)."""

    def sign_in(user: Any) -> Client:
        if not user.language:
            user.language = "en"
            user.save(update_fields=["language"])
        client = Client()
        client.force_login(user, backend="crm.organisation.backends.RoleBackend")
        return client

    return sign_in


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The browser, one per worker."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


@pytest.fixture
def desk(transactional_db: None, live_server: Any, chromium: Any, tmp_path: Path) -> Iterator[BrowserDesk]:
    """Opens pages as a person: desk.page(user, width=1440, theme="light", language="zh-hans"); checks the console at the end."""
    desk = BrowserDesk(chromium, live_server.url, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def browser_org(desk: BrowserDesk) -> Organisation:
    """The small organisation, committed, for browser tests."""
    return make_organisation()


@pytest.fixture
def queued() -> Iterator[None]:
    """Tasks are queued and not done at once: figures that several threads refresh in turns are not what is tried here."""
    before = current_app.conf.task_always_eager
    current_app.conf.task_always_eager = False
    yield
    current_app.conf.task_always_eager = before
