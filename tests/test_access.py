"""Every URL as every role, against a record in reach and one out of it. A URL without an expectation fails."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from crm.base.scopes import DataScope
from crm.models import Role
from tests.access_matrix import MATRIX
from tests.access_matrix.expectations import AnyPermission, Expectation, Member, Open, Own, Page, Record, address
from tests.factories.organisation import ROLE_CODES
from tests.gate import of_which_daily


def url_names(resolver: Any = None, space: str = "") -> Iterator[str]:
    """The full names of all URL patterns."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from url_names(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}"


def test_every_url_has_an_expectation() -> None:
    names = set(url_names())
    assert sorted(names - set(MATRIX)) == [], "add a line to tests/access_matrix/"
    assert sorted(set(MATRIX) - names) == [], "these addresses are gone: remove their lines"


def ask(client: Client, name: str, kwargs: dict[str, Any], expectation: Expectation) -> int:
    """The status of the answer."""
    url = address(name, kwargs, expectation)
    data = getattr(expectation, "data", None)
    return (client.get(url) if data is None else client.post(url, data)).status_code


@pytest.mark.parametrize("role", of_which_daily(ROLE_CODES, {"sales_rep"}))
def test_role(role: str, org: Any, client_of: Any, monkeypatch: Any) -> None:
    """The whole matrix for one role; all that is wrong is listed at once."""
    monkeypatch.setattr(settings, "API_REQUESTS_PER_MINUTE", 100_000)
    user = org.user(role)
    granted = Role.objects.get(code=role)
    client = client_of(user)
    rows = Rows(org)
    wrong = []
    for name, expectation in MATRIX.items():
        for what, kwargs, expected in cases(rows, user, granted, expectation):
            if not client.cookies[settings.SESSION_COOKIE_NAME].value:  # one of the addresses signs out
                client = client_of(user)
            status = ask(client, name, kwargs, expectation)
            if status not in expected:
                wrong.append(f"{name} ({what}): {status}, expected {expected}")
    assert wrong == []


class Rows:
    """The records that are asked for. Those that are only read serve all addresses of their kind."""

    def __init__(self, org: Any) -> None:
        self.org = org
        self.read: dict[Any, Any] = {}

    def kwargs(self, expectation: Record | Own, owner: Any) -> dict[str, Any]:
        """What fills the address of a record of that owner."""
        if expectation.data is not None:
            return expectation.kwargs(self._make(expectation, owner))
        key = expectation.make, owner
        if key not in self.read:
            self.read[key] = self._make(expectation, owner)
        return expectation.kwargs(self.read[key])

    def _make(self, expectation: Record | Own, owner: Any) -> Any:
        if isinstance(expectation, Own):
            return expectation.make(self.org, owner)
        return expectation.make(self.org, owner=owner)


def cases(
    rows: Rows, user: Any, role: Role, expectation: Expectation
) -> Iterator[tuple[str, dict[str, Any], tuple[int, ...]]]:
    """What to ask for, and the codes that are right for this role."""
    if isinstance(expectation, Member | Open):
        yield "anybody", expectation.kwargs, expectation.allowed
        return
    if isinstance(expectation, AnyPermission):
        yield "page", expectation.kwargs, (200,) if expectation.permissions() & set(role.permissions) else (403,)
        return
    needed = expectation.permission
    may = set((needed,) if isinstance(needed, str) else needed or ()) <= set(role.permissions)
    if isinstance(expectation, Page):
        yield "page", expectation.kwargs, expectation.allowed if may else (403,)
        return
    yield "in reach", rows.kwargs(expectation, user), expectation.allowed if may else (403,)
    if may:  # else one answer for all rows
        if isinstance(expectation, Own):
            wide = expectation.wide in role.permissions
        else:
            wide = role.data_scope == DataScope.ALL or not expectation.scoped
        yield (
            "out of reach",
            rows.kwargs(expectation, rows.org.people.stranger),
            expectation.allowed if wide else (404,),
        )


def test_a_colleague_of_the_team_is_out_of_reach_of_a_representative(org: Any, client_of: Any) -> None:
    record = MATRIX["customers:customer_record"].make(org, owner=org.people.colleague)
    assert (
        client_of(org.people.sales_rep).get(reverse("customers:customer_record", args=[record.pk])).status_code == 404
    )
    assert (
        client_of(org.people.sales_manager).get(reverse("customers:customer_record", args=[record.pk])).status_code
        == 200
    )


def test_a_visitor_gets_the_open_pages_only(client: Client, org: Any) -> None:
    wrong = []
    rows = Rows(org)
    for name, expectation in MATRIX.items():
        kwargs = (
            rows.kwargs(expectation, org.people.sales_rep)
            if isinstance(expectation, Record | Own)
            else expectation.kwargs
        )
        response_code = ask(client, name, kwargs, expectation)
        expected = expectation.allowed if isinstance(expectation, Open) else getattr(expectation, "visitor", (302,))
        if response_code not in expected:
            wrong.append(f"{name}: {response_code}, expected {expected}")
    assert wrong == []


def test_a_deactivated_person_is_signed_out(org: Any, client_of: Any) -> None:
    client = client_of(org.people.sales_rep)
    org.people.sales_rep.is_active = False
    org.people.sales_rep.save()
    assert client.get("/").status_code == 302
