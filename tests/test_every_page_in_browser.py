"""Every page of the access matrix in a real browser: no console error, no CSP violation, no serious finding of axe, no sideways
scrolling; at desk and phone width, light and dark, in both languages.

For the gate; by its name each page is opened in one of the two variants, in turn, with GATE=1 in both.
"""

import os
from typing import Any

import pytest

from crm.models import Role
from tests.access_matrix import MATRIX
from tests.access_matrix.expectations import AnyPermission, Member, Open, Own, Page, Record, address

VARIANTS = [(1440, "light", "zh-hans"), (390, "dark", "en")]
BOTH = os.environ.get("GATE") == "1"
DESK = 1000
PARTS = 3  # so that the workers share them
NOT_HTML = {  # no whole page: files, data, fragments
    "health_live",
    "health_ready",
    "metrics",
    "choices",
    "login",
    "importing:template",
    "importing:rows",
    "workflow:progress",
    "workflow:inbox_newest",
    "opportunities:opportunity_lane",
    "opportunities:quote_pdf",
    "exporting:file",
    "personal:export_file",
    "views:new",
    "views:menu",
    "dossier:people",
    "dossier:timeline",
    "dossier:comment",
    "dossier:file",
}


def addresses(org: Any, user: Any, part: int, width: int) -> list[tuple[str, str]]:
    """(name, address) of every page a reader can open that belongs to the part. Tabs and prints stand in the frame that the
    record's page is opened with: they are opened at the desk only, and only when all pages are."""
    found = []
    for place, (name, line) in enumerate(list(MATRIX.items())[part::PARTS]):
        if name.endswith(("_tab", "_print")) and (width < DESK or not BOTH):
            continue
        if (
            name in NOT_HTML
            or name.startswith(("api:", "kpi_api:"))
            or getattr(line, "data", None) is not None
            or 200 not in line.allowed
        ):
            continue
        if not BOTH and (place % 2 == 0) is (width < DESK):
            continue
        if isinstance(line, Page | Member | AnyPermission | Open):
            kwargs = line.kwargs
        elif isinstance(line, Own):
            kwargs = line.kwargs(line.make(org, user))
        elif isinstance(line, Record):
            kwargs = line.kwargs(line.make(org, owner=org.people.sales_rep))
        found.append((name, address(name, kwargs, line)))
    return found


@pytest.mark.gate
@pytest.mark.browser
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize(("width", "theme", "language"), VARIANTS)
def test_every_page(desk: Any, browser_org: Any, width: int, theme: str, language: str, part: int) -> None:
    user = browser_org.people.administrator
    user.roles.add(
        *Role.objects.filter(code__in=("executive", "data_steward", "finance"))
    )  # costs and what follows from them
    page = desk.page(user, width=width, height=900, theme=theme, language=language)
    wrong: list[str] = []
    for name, url in addresses(browser_org, user, part, width):
        status = desk.open(page, url).status
        if status != 200:
            wrong.append(f"{name}: status {status}")
            continue
        wrong += [f"{name}: {finding}" for finding in desk.findings(page)]
        wrong += [f"{name}: {complaint}" for complaint in desk.complaints]
        desk.complaints.clear()
    assert wrong == []
