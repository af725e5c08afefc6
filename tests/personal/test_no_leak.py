"""No page, fragment or export of a reader who is not on the account holds the phone number or e-mail address of a contact or a
lead. The reader's whole site is walked, so pages that come later are walked too."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from crm.extension_points import panels
from crm.generic.entity import Entity
from crm.models import Role
from customers.models import Contact
from leads.models import Lead
from tests.access_matrix import MATRIX
from tests.access_matrix.expectations import AnyPermission, Member, Page, Record, address
from tests.factories.records import (
    make_complaint,
    make_contact,
    make_customer,
    make_invoice,
    make_lead,
    make_opportunity,
    make_order,
    make_task,
)

pytestmark = pytest.mark.django_db

CONTACT = ("13812345678", "qian.jin@secret-contact.example", "13911112222", "old.qian@secret-contact.example")
LEAD = ("13787654321", "sun.li@secret-lead.example", "13655554444", "old.sun@secret-lead.example")
READERS = ("executive", "marketing", "auditor")
ADDRESS = re.compile(r'(?:href|hx-get|data-href|data-url|src)="(/[^"#]*)')
OF_A_KIND = 2  # pages of one address name with the same parameters
NOT_WALKED = re.compile(r"^/(static|logout|metrics|health|media)")


@pytest.fixture
def seeded(org: Any) -> SimpleNamespace:
    """A customer with everything that hangs on it, and a lead; their contact data was changed once, for the history."""
    rep = org.people.sales_rep
    customer = make_customer(org, owner=rep)
    contact = make_contact(org, customer=customer, name="钱进", phone=CONTACT[2], email=CONTACT[3], is_primary=True)
    Contact.objects.filter(pk=contact.pk).update(phone=CONTACT[0], email=CONTACT[1])
    lead = make_lead(org, owner=rep, contact_name="孙力", phone=LEAD[2], email=LEAD[3], customer=customer)
    Lead.objects.filter(pk=lead.pk).update(phone=LEAD[0], email=LEAD[1])
    make_opportunity(org, owner=rep, customer=customer)
    make_invoice(org, customer=customer, order=make_order(org, customer=customer))
    make_complaint(org, owner=rep, customer=customer)
    make_task(org, owner=rep)
    return SimpleNamespace(customer=customer, contact=contact, lead=lead)


def entities() -> Iterator[Entity]:
    """Every entity that has a list, from the addresses of the site."""
    from django.urls import URLResolver, get_resolver

    waiting = [get_resolver()]
    while waiting:
        for entry in waiting.pop().url_patterns:
            if isinstance(entry, URLResolver):
                waiting.append(entry)
            elif (entry.name or "").endswith("_list"):
                entity = getattr(entry.callback, "view_initkwargs", {}).get("entity")
                if entity is not None:
                    yield entity


def addresses(org: Any, seeded: Any) -> Iterator[str]:
    """Where the walk begins: the pages of the seeded records, every page of the access matrix, every column and panel of every
    entity."""
    for name, row in (("customers:customer", seeded.customer), ("customers:contact", seeded.contact)):
        yield reverse(f"{name}_record", args=[row.pk])
        yield reverse(f"{name}_tab", args=[row.pk, "history"])
    yield reverse("customers:customer_tab", args=[seeded.customer.pk, "contacts"])
    yield reverse("customers:contact_edit", args=[seeded.contact.pk])
    yield reverse("leads:lead_record", args=[seeded.lead.pk])
    yield reverse("leads:lead_tab", args=[seeded.lead.pk, "history"])
    for name, line in MATRIX.items():
        if getattr(line, "data", None) is None and name not in ("logout", "metrics"):
            if isinstance(line, Page | Member | AnyPermission):
                yield address(name, line.kwargs, line)
            elif isinstance(line, Record):
                yield address(name, line.kwargs(line.make(org, owner=org.people.sales_rep)), line)
    for entity in entities():
        yield f"{entity.url('list')}?{urlencode({'cols': [c.key for c in entity.table.columns]}, doseq=True)}"
        row = entity.model._base_manager.filter(**({"owner": org.people.sales_rep} if owned(entity) else {})).first()
        if row is not None:
            yield from (f"{entity.record_url(row)}?panel={panel.key}" for panel in panels.all(entity.model._meta.label))
    for text in ("钱进", "qianjin", "1381234", CONTACT[1][:8]):
        yield f"{reverse('search')}?{urlencode({'q': text})}"


def owned(entity: Entity) -> bool:
    return any(field.name == "owner" for field in entity.model._meta.concrete_fields)


def kind_of(url: str) -> str:
    """Addresses that differ only in the record, or in what narrows or sorts a list, are of one kind."""
    path, _mark, query = url.partition("?")
    try:
        name = resolve(path).view_name
    except Resolver404:
        name = path
    return f"{name}?{','.join(sorted({pair.partition('=')[0] for pair in query.split('&') if pair}))}"


def walk(client: Client, start: Iterator[str]) -> dict[str, str]:
    """The text of every page of `start`, and of those that can be reached from there, some of each kind."""
    found: dict[str, str] = {}
    waiting = deque((url, True) for url in start)
    seen: Counter[str] = Counter()
    while waiting:
        url, wanted = waiting.popleft()
        kind = kind_of(url)
        if url in found or NOT_WALKED.match(url) or (seen[kind] >= OF_A_KIND and not wanted):
            continue
        seen[kind] += 1
        response = client.get(url)
        if response.status_code != 200:
            continue
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found[url] = body.decode(errors="replace")
        if "html" in response["Content-Type"]:
            waiting.extend((unescape(link), False) for link in ADDRESS.findall(found[url]))
    return found


def sheets(client: Client, user: Any) -> dict[str, str]:
    """Every list as a sheet with all its columns."""
    Role.objects.get_or_create(code="exporter", defaults={"name": "x", "permissions": ["crm.export_lists"]})
    user.roles.add(Role.objects.get(code="exporter"))
    found = {}
    for entity in entities():
        query = urlencode({"cols": [column.key for column in entity.table.columns]}, doseq=True)
        response = client.post(reverse("exporting:start", args=[entity.key]), {"form": "csv", "query": query})
        if response.status_code == 200:
            found[f"sheet of {entity.key}"] = b"".join(response.streaming_content).decode("utf-8-sig")
    return found


@pytest.mark.gate
@pytest.mark.parametrize("role", READERS)
def test_contact_data_of_others_is_nowhere(role: str, org: Any, client_of: Any, seeded: Any) -> None:
    user = org.user(role)
    client = client_of(user)
    rights = Role.objects.get(code=role).permissions
    secrets = [
        *(CONTACT if "customers.change_contact" not in rights else ()),
        *(LEAD if "leads.change_lead" not in rights else ()),
    ]
    pages = {**walk(client, addresses(org, seeded)), **sheets(client, user)}
    for entity, row in (("customers:contact", seeded.contact), ("leads:lead", seeded.lead)):
        if f"{entity.partition(':')[0]}.view_{entity.partition(':')[2]}" in rights:
            for url in (reverse(f"{entity}_record", args=[row.pk]), reverse(f"{entity}_tab", args=[row.pk, "history"])):
                assert url in pages, f"{url} was not walked"
    assert [f"{url}: {secret}" for url, text in pages.items() for secret in secrets if secret in text] == []
    assert "138****5678" in pages[reverse("customers:contact_record", args=[seeded.contact.pk])]


def test_the_owner_sees_it_on_all_of_these_pages(org: Any, client_of: Any, seeded: Any) -> None:
    """What is sought above is found there by somebody on the account."""
    client = client_of(org.people.sales_rep)
    customer, contact, lead = seeded.customer.pk, seeded.contact.pk, seeded.lead.pk
    pages = {
        **{
            url: client.get(url).content.decode()
            for url in (
                reverse("customers:customer_record", args=[customer]),
                reverse("customers:customer_tab", args=[customer, "contacts"]),
                reverse("customers:contact_list"),
                reverse("customers:contact_record", args=[contact]),
                reverse("customers:contact_edit", args=[contact]),
                reverse("customers:contact_tab", args=[contact, "history"]),
            )
        },
        "sheet": sheets(client, org.people.sales_rep)["sheet of customers.contact"],
    }
    assert [url for url, text in pages.items() if CONTACT[0] not in text] == []
    assert CONTACT[2] in pages[reverse("customers:contact_tab", args=[contact, "history"])]
    for url in (reverse("leads:lead_record", args=[lead]), reverse("leads:lead_tab", args=[lead, "history"])):
        assert LEAD[0] in client.get(url).content.decode()
