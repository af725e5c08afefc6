"""Fixtures that every folder of tests uses."""

import os
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.test import Client

from crm.models import Role
from opportunities.models import Stage
from tests.browser import BrowserDesk
from tests.chromium import find_chromium
from tests.factories.organisation import Organisation, make_organisation

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright's sync API keeps an event loop in this thread


@pytest.fixture(autouse=True)
def clean_cache() -> Iterator[None]:
    """Each test starts with an empty cache (sessions, throttles)."""
    cache.clear()
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
def reference_data(transactional_db: Any) -> None:
    """Roles and stages, which migrations load once and the flush after a transactional test takes away."""
    if not Role.objects.exists():
        import_module("crm.migrations.0003_standard_roles").load(apps, None)
    if not Stage.objects.exists():
        import_module("opportunities.migrations.0002_funnel").create(apps, None)


@pytest.fixture
def desk(reference_data: None, live_server: Any, chromium: Any, tmp_path: Path) -> Iterator[BrowserDesk]:
    """Opens pages as a person: desk.page(user, width=1440, theme="light", language="zh-hans"); checks the console at the end."""
    desk = BrowserDesk(chromium, live_server.url, tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def browser_org(desk: BrowserDesk) -> Organisation:
    """The small organisation, committed, for browser tests."""
    return make_organisation()
