"""No page breaks at what somebody writes into its address: a NUL, a number past the database, half a date, the last day."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.http import urlencode

from crm.models import Role
from tests.access_matrix import MATRIX
from tests.access_matrix.expectations import Own, Record
from tests.gate import of_which_daily
from tests.test_access import Rows, address

ROOT = Path(__file__).resolve().parent.parent
APPS = ("crm", "customers", "leads", "opportunities", "orders", "service", "analytics", "integrations")
READ = re.compile(r"(?:GET|query_params)(?:\.get|\.getlist)?[(\[]\"([a-z_]+)\"")
FILTERS = {"owner", "business_unit", "customer", "product", "product_line", "created_at_min", "created_at_max", "team"}


def parameters() -> set[str]:
    """The names that views read from an address, and some that filters do."""
    sources = (path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
    return {name for path in sources for name in READ.findall(path.read_text(encoding="utf-8"))} | FILTERS


ODD = [
    "\x00",
    "a\x00b",
    "99999999999999999999",
    "-1",
    "2026-13-45",
    "0001-01-01",
    "9999-12-31",
    "9999-12",
    "9999",
    "[]",
    "é' OR 1=1--",
]


@pytest.mark.parametrize("odd", of_which_daily(ODD, ()))
def test_every_page_answers_odd_values(odd: str, org: Any, client_of: Any, settings: Any) -> None:
    settings.API_REQUESTS_PER_MINUTE = 100_000
    user = org.people.administrator
    user.roles.add(*Role.objects.filter(code__in=("executive", "data_steward", "finance")))
    client: Client = client_of(user)
    client.raise_request_exception = False
    rows, query, broken = Rows(org), urlencode(dict.fromkeys(sorted(parameters()), odd)), []
    for name, line in MATRIX.items():
        if getattr(line, "data", None) is not None or name in ("logout", "admin:logout"):
            continue
        kwargs = rows.kwargs(line, user) if isinstance(line, Record | Own) else getattr(line, "kwargs", {})
        url = address(name, kwargs, line)
        status = client.get(f"{url}{'&' if '?' in url else '?'}{query}").status_code
        if status >= 500:
            broken.append(f"{name}: {status}")
    assert broken == []
