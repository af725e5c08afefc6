"""Pages in a real browser: signed in, watched for console errors and CSP violations, checked by axe."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

AXE = (Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
FIND = """
async tags => (await axe.run(document, {
    runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false,
})).violations
    .filter(v => ['serious', 'critical'].includes(v.impact))
    .map(v => v.id + ': ' + v.nodes.slice(0, 4).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | '))
"""
QUIET_SECONDS = 0.1
LAST_SECONDS = 5
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class BrowserDesk:
    """Makes pages for people and keeps what their consoles said."""

    def __init__(self, browser: Any, url: str, folder: Path) -> None:
        self.browser, self.url, self.folder = browser, url, folder
        self.contexts: list[Any] = []
        self.complaints: list[str] = []
        self.waiting: dict[Any, set[Any]] = {}  # page -> requests without an answer

    def page(
        self, user: Any = None, *, width: int = 1440, height: int = 900, theme: str = "light", language: str = "zh-hans"
    ) -> Any:
        """A page signed in as `user` (None: a visitor)."""
        phone = width < 600
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            is_mobile=phone,
            has_touch=phone,
            color_scheme=theme,
            locale="zh-CN" if language.startswith("zh") else "en-GB",
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        if user is not None:
            user.language, user.theme = language, theme
            user.save(update_fields=["language", "theme"])
            client = Client()
            client.force_login(user, backend="crm.organisation.backends.RoleBackend")
            cookie = client.cookies[settings.SESSION_COOKIE_NAME]
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie.value, "url": self.url}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        self.waiting[page] = set()
        page.on("request", self._asked)
        page.on("requestfinished", self._answered)
        page.on("requestfailed", self._answered)
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(f"page error: {error}"))
        return page

    def _asked(self, request: Any) -> None:
        self.waiting[request.frame.page].add(request)

    def _answered(self, request: Any) -> None:
        self.waiting[request.frame.page].discard(request)

    def _note(self, kind: str, text: str) -> None:
        expected = "Failed to load resource: the server responded with a status of 4"
        if kind in ("error", "warning") and expected not in text:
            self.complaints.append(f"{kind}: {text}")

    def open(self, page: Any, path: str) -> Any:
        """Go to a path of the site and wait until it is quiet."""
        response = page.goto(self.url + path)
        self.settle(page)
        return response

    def settle(self, page: Any) -> None:
        """Wait until nothing has been asked of the server for a moment."""
        page.wait_for_load_state("load")
        quiet_since = time.monotonic()
        deadline = quiet_since + 10
        while (now := time.monotonic()) < quiet_since + QUIET_SECONDS:
            assert now < deadline, f"still waiting for {self.waiting[page]}"
            page.wait_for_timeout(10)  # lets the browser's news in
            if self.waiting[page]:
                quiet_since = time.monotonic()

    def findings(self, page: Any) -> list[str]:
        """What is wrong with the page: serious findings of axe (WCAG 2.2 AA), sideways scrolling, not exactly one h1."""
        # As functions: the page's policy lets no text be evaluated when it is asked a second time.
        page.wait_for_function("() => document.readyState === 'complete'")  # a click waits for the first of a page only
        page.wait_for_function("() => !document.querySelector('.htmx-swapping')")  # what is replaced is pale
        page.evaluate(AXE)
        found: list[str] = page.evaluate(FIND, AXE_TAGS)
        scroll, client = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if scroll > client + 1:
            found.append(f"the page scrolls sideways, {scroll} > {client}")
        if (heads := page.locator("h1").count()) != 1:
            found.append(f"{heads} h1")
        return found

    def assert_accessible(self, page: Any) -> None:
        """Nothing is wrong with the page."""
        found = self.findings(page)
        assert found == [], found

    def close(self) -> None:
        """Close everything; fail on what the consoles said (CSP violations come there).

        What is still asked of the server is waited for: it would go on writing while the tables are emptied for the next test.
        """
        for page in [page for page in self.waiting if self.waiting[page] and not page.is_closed()]:
            deadline = time.monotonic() + LAST_SECONDS
            while self.waiting[page] and time.monotonic() < deadline:
                page.wait_for_timeout(10)
        for context in self.contexts:
            context.close()
        assert self.complaints == [], self.complaints
