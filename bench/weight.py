"""`python -m bench weight --url http://localhost:8000`: what the first load of a page weighs, from a site that runs.

Chromium opens each page with an empty cache and adds up what came over the wire, compressed as the site sends it (the site of
`make run` serves its static files as production does).
"""

import argparse
import collections
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from crm.demo.accounts import DEMO_ACCOUNTS
from tests.chromium import find_chromium

PAGES = (
    ("sign-in", "/login/", 150),
    ("workbench", "/", 150),
    ("customer list", "/customers/", 150),
    ("order list", "/orders/", 150),
    ("customer form", "/customers/1/edit/", 150),
    ("opportunity board", "/opportunities/board/", 155),
    ("customer, 360 view", "/customers/1/", 380),
    ("management dashboard", "/analytics/", 380),
)  # name, path, budget in kB
KINDS = {"Document": "page", "Stylesheet": "css", "Script": "scripts"}


def weigh(page: Page, url: str) -> tuple[collections.Counter[str], int]:
    """Bytes over the wire by kind, and the number of requests, of one load with an empty cache."""
    session = page.context.new_cdp_session(page)
    kinds: dict[str, str] = {}
    sizes: collections.Counter[str] = collections.Counter()

    def sent(event: Any) -> None:
        kinds[event["requestId"]] = KINDS.get(event.get("type", ""), "other")

    def loaded(event: Any) -> None:
        sizes[kinds.get(event["requestId"], "other")] += event["encodedDataLength"]

    session.on("Network.requestWillBeSent", sent)
    session.on("Network.loadingFinished", loaded)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    page.goto(url)
    page.wait_for_load_state("networkidle")
    session.detach()
    return sizes, len(kinds)


def main(argv: list[str]) -> int:
    """Sign in, weigh each page, print the table; 1 when a page is over its budget."""
    parser = argparse.ArgumentParser(prog="python -m bench weight")
    parser.add_argument("--url", default="http://localhost:8000")
    parser.add_argument("--user", default=DEMO_ACCOUNTS[0][0])
    parser.add_argument("--password", default=DEMO_ACCOUNTS[0][1])
    options = parser.parse_args(argv)
    heavy = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1440, "height": 900}, locale="zh-CN")
        print(
            f"{'kB over the wire':24}{'page':>8}{'css':>8}{'scripts':>9}{'other':>8}{'all':>8}{'budget':>8}{'requests':>10}"
        )
        for name, path, budget in PAGES:
            sizes, requests = weigh(page, options.url + path)
            total = sum(sizes.values()) / 1000
            heavy += total > budget
            columns = "".join(
                f"{sizes[kind] / 1000:{width}.1f}"
                for kind, width in (("page", 8), ("css", 8), ("scripts", 9), ("other", 8))
            )
            print(f"{name:24}{columns}{total:8.1f}{budget:8}{requests:10}{'  over' if total > budget else ''}")
            if urlsplit(page.url).path == "/login/":
                page.fill("input[name=username]", options.user)
                page.fill("input[name=password]", options.password)
                page.locator("input[name=password]").press("Enter")
                page.wait_for_url(options.url + "/")
                page.wait_for_load_state("networkidle")
        browser.close()
    return 1 if heavy else 0
