"""Who sees phone numbers and e-mail addresses, who may ask for them, and what is written down about it."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from crm.models import Deputy, PersonalDataEntry, RecordShare, Role, TeamManager, User
from crm.personal.views.log import entry_entity
from crm.records.masking import mask, search
from customers.filters.contact import ContactFilter
from customers.models import Contact
from leads.models import Lead
from tests.access_matrix.rows import make_personal_entry
from tests.entity_suite import EntitySuite
from tests.factories.records import day, make_contact, make_customer, make_lead

pytestmark = pytest.mark.django_db
PHONE, MAIL = "13812345678", "wang.qiang@example.com"


@pytest.fixture
def contact(org: Any) -> Contact:
    return make_contact(org, customer=make_customer(org), name="王强", phone=PHONE, email=MAIL)


class TestLog(EntitySuite):
    """The generic tests; those who may read the log see all of it."""

    entity = entry_entity
    role = "auditor"
    make = staticmethod(make_personal_entry)

    def test_out_of_scope_is_404(self, org: Any, client_of: Any, foreign: Any) -> None:
        assert client_of(org.people.sales_rep).get(self.entity.record_url(foreign)).status_code == 403

    def test_list_shows_own_and_not_foreign_rows(self, reader: Any, mine: Any, foreign: Any) -> None:
        page = reader.get(self.entity.url("list")).content.decode()
        assert self.entity.record_url(mine) in page
        assert self.entity.record_url(foreign) in page

    def test_export_has_every_column_of_the_rows_in_reach_in_constant_queries(
        self, org: Any, client_of: Any, mine: Any, foreign: Any
    ) -> None:
        rows, _queries = self._export(client_of(org.people.administrator))
        assert len(rows) == PersonalDataEntry.objects.count() + 1


def reveal_url(contact: Contact, field: str = "phone") -> str:
    return reverse("personal:reveal", args=["customers.contact", contact.pk, field])


def page_of(client: Any, contact: Contact) -> str:
    return client.get(reverse("customers:contact_record", args=[contact.pk])).content.decode()


@pytest.mark.parametrize(
    ("value", "masked"),
    [
        (PHONE, "138****5678"),
        ("+86 138-1234-5678", "138****5678"),
        ("0574-87654321", "057****4321"),
        ("87654321", "87****21"),
        ("110", "****"),
        (MAIL, "w****@example.com"),
        ("", ""),
    ],
)
def test_masks(value: str, masked: str) -> None:
    assert mask(value) == masked


def test_owner_and_owners_manager_see_it(org: Any, client_of: Any, contact: Contact) -> None:
    for role in ("sales_rep", "sales_manager", "bu_head"):
        page = page_of(client_of(org.user(role)), contact)
        assert PHONE in page, role
        assert MAIL in page, role


def test_others_see_it_masked_and_may_ask_with_the_right_only(org: Any, client_of: Any, contact: Contact) -> None:
    for role, asks in (("executive", True), ("service_agent", True), ("auditor", False)):
        page = page_of(client_of(org.user(role)), contact)
        assert PHONE not in page
        assert "138****5678" in page
        assert "w****@example.com" in page
        assert (reveal_url(contact) in page) == asks, role


@pytest.mark.parametrize("level", ["read", "write"])
def test_a_collaborator_sees_it(org: Any, client_of: Any, contact: Contact, level: str) -> None:
    reader = org.people.service_agent
    RecordShare.objects.create(
        content_type=ContentType.objects.get_for_model(contact.customer),
        object_id=contact.customer_id,
        user=reader,
        level=level,
        shared_by=org.people.sales_rep,
    )
    assert PHONE in page_of(client_of(reader), contact)


def test_the_deputy_of_the_owner_sees_it_while_the_owner_is_away(org: Any, client_of: Any, contact: Contact) -> None:
    reader = org.people.executive
    deputy = Deputy.objects.create(person=org.people.sales_rep, deputy=reader, starts_on=day(), ends_on=day(1))
    assert PHONE in page_of(client_of(reader), contact)
    deputy.delete()
    assert PHONE not in page_of(client_of(User.objects.get(pk=reader.pk)), contact)


def test_the_manager_of_the_team_or_of_one_above_sees_it_without_any_right_to_change(
    org: Any, client_of: Any, contact: Contact
) -> None:
    reader = org.people.executive
    manager = TeamManager.objects.create(team=org.team, user=reader, starts_on=day(-9))
    assert PHONE in page_of(client_of(reader), contact)
    TeamManager.objects.filter(pk=manager.pk).update(ends_on=day(-1))
    assert PHONE not in page_of(client_of(User.objects.get(pk=reader.pk)), contact)


def test_list_takes_the_same_queries_for_one_row_and_five(org: Any, client_of: Any, contact: Contact) -> None:
    client, url = client_of(org.people.executive), f"{reverse('customers:contact_list')}?cols=phone"

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert "138****5678" in client.get(url).content.decode()
        return len(captured)

    queries()
    one = queries()
    for _ in range(4):
        make_contact(org, customer=make_customer(org), phone=PHONE)
    assert queries() == one


def test_asking_shows_it_and_is_written_down(org: Any, client_of: Any, contact: Contact) -> None:
    reader = org.people.service_agent
    client = client_of(reader)
    assert f'href="tel:{PHONE}"' in client.post(reveal_url(contact)).content.decode()
    assert f'href="mailto:{MAIL}"' in client.post(reveal_url(contact, "email")).content.decode()
    entries = PersonalDataEntry.objects.order_by("pk")
    assert [(e.actor, e.deed, e.record_kind, e.record_id, e.field) for e in entries] == [
        (reader, "revealed", "customers.contact", contact.pk, "phone"),
        (reader, "revealed", "customers.contact", contact.pk, "email"),
    ]
    event = PersonalDataEntry.pgh_event_model.objects.first()
    assert event.pgh_context.metadata["user"] == reader.pk
    log = client_of(org.people.auditor).get(reverse("personal:personaldataentry_list")).content.decode()
    assert f"Contacts {contact.pk} · mobile" in log
    assert PHONE not in log


def test_there_are_so_many_in_a_day_and_the_same_one_counts_once(org: Any, client_of: Any, contact: Contact) -> None:
    reader, second = org.people.service_agent, make_contact(org, customer=contact.customer, phone="13987654321")
    third = make_contact(org, customer=contact.customer, phone="13711112222")
    Role.objects.filter(code="service_agent").update(reveal_limit=2)
    client = client_of(reader)
    for one in (contact, contact, second):
        assert one.phone in client.post(reveal_url(one)).content.decode()
    refused = client.post(reveal_url(third)).content.decode()
    assert third.phone not in refused
    assert "You have looked at 2 entries today" in refused
    assert PHONE in client.post(reveal_url(contact)).content.decode()
    PersonalDataEntry.objects.update(at=timezone.now() - dt.timedelta(days=1))
    assert third.phone in client.post(reveal_url(third)).content.decode()


def test_the_widest_of_the_roles_counts(org: Any, client_of: Any, contact: Contact) -> None:
    Role.objects.filter(code="service_agent").update(reveal_limit=0)
    reader = org.people.service_agent
    assert PHONE not in client_of(reader).post(reveal_url(contact)).content.decode()
    reader.roles.add(Role.objects.get(code="finance"))
    assert PHONE in client_of(reader).post(reveal_url(contact)).content.decode()


def test_who_may_not_ask(org: Any, client_of: Any, client: Any, contact: Contact) -> None:
    assert client_of(org.people.auditor).post(reveal_url(contact)).status_code == 403
    assert client_of(org.people.nobody).post(reveal_url(contact)).status_code == 403
    agent = client_of(org.people.service_agent)
    foreign = make_contact(org, customer=make_customer(org, owner=org.people.stranger), phone=PHONE)
    assert agent.post(reveal_url(foreign)).status_code == 404
    assert agent.get(reveal_url(contact)).status_code == 405
    for label, field in (("customers.contact", "notes"), ("crm.user", "password"), ("no.such", "phone")):
        assert agent.post(reverse("personal:reveal", args=[label, contact.pk, field])).status_code == 404
    assert client.post(reveal_url(contact)).status_code == 302
    assert not PersonalDataEntry.objects.exists()


def test_who_sees_it_anyway_leaves_no_entry(org: Any, client_of: Any, contact: Contact) -> None:
    org.people.sales_rep.roles.add(Role.objects.get(code="finance"))
    assert PHONE in client_of(org.people.sales_rep).post(reveal_url(contact)).content.decode()
    assert not PersonalDataEntry.objects.exists()


def test_contact_data_cannot_be_guessed_by_searching(org: Any, client_of: Any, contact: Contact) -> None:
    def found(user: Any, text: str) -> bool:
        return search(Contact.objects.visible_to(user), text, user).exists()

    outside, owner = org.people.executive, org.people.sales_rep
    for piece in ("1381234", "138123456", "5678", "wang.q", "qiang@ex", "example.com", MAIL[:-1]):
        assert found(owner, piece), piece
        assert not found(outside, piece), piece
    for whole in (PHONE, "138 1234 5678", "+86 13812345678", MAIL, "王强", "王", "wangq", "wq", f"王强 {PHONE}"):
        assert found(outside, whole), whole
    page = client_of(outside).get(reverse("customers:contact_list"), {"q": "1381234"}).content.decode()
    assert "王强" not in page
    assert "王强" in client_of(outside).get(reverse("search"), {"q": PHONE}).content.decode()


def test_nor_by_conditions(org: Any, client_of: Any, contact: Contact) -> None:
    """A condition on the e-mail address is offered to those only who see it."""
    for role, offered in (("sales_rep", True), ("executive", False)):
        user = org.user(role)
        request = RequestFactory().get("/")
        request.user = user
        assert ("email" in ContactFilter({}, Contact.objects.visible_to(user), request=request).criteria) == offered


def test_history_is_masked_in_the_audit_trail_and_on_the_customers_page_too(
    org: Any, client_of: Any, contact: Contact
) -> None:
    Contact.objects.filter(pk=contact.pk).update(phone="13911112222")
    pages = {
        "auditor": reverse("auditing:trailentry_list"),
        "executive": reverse("customers:customer_tab", args=[contact.customer_id, "history"]),
    }
    for role, url in pages.items():
        page = client_of(org.user(role)).get(url).content.decode()
        assert "139****2222" in page, role
        assert "13911112222" not in page, role
    owner = client_of(org.people.sales_rep).get(pages["executive"]).content.decode()
    assert "13911112222" in owner
    assert PHONE in owner


def test_leads_are_found_by_number_and_company_by_those_outside(org: Any) -> None:
    lead = make_lead(org, company_name="远航材料", code="LD-2611-0042", phone=PHONE)
    lead.search_text = f"远航材料 yuanhangcailiao yhcl ld-2611-0042 {PHONE}"
    lead.save()
    outside = org.people.executive
    for text in ("远航", "yuanhang", "LD-2611", "2611-0042", PHONE):
        assert search(Lead.objects.visible_to(outside), text, outside).exists(), text
    assert not search(Lead.objects.visible_to(outside), PHONE[:9], outside).exists()


def test_no_column_of_masked_data_sorts() -> None:
    """An order tells as much as a number."""
    from customers.tables.contact import ContactTable
    from leads.tables import LeadTable

    columns = [*ContactTable.columns, *LeadTable.columns]
    assert [column.key for column in columns if column.sort in (*Contact.masked, *Lead.masked)] == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser
@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "zh-hans"), (390, "dark", "en")])
def test_pressing_the_eye(desk: Any, browser_org: Any, width: int, theme: str, language: str) -> None:
    customer = make_customer(browser_org)
    contact = make_contact(browser_org, customer=customer, name="王强", phone=PHONE, email=MAIL)
    page = desk.page(browser_org.people.service_agent, width=width, theme=theme, language=language)
    for url in (
        reverse("customers:customer_tab", args=[customer.pk, "contacts"]),
        reverse("customers:contact_record", args=[contact.pk]),
    ):
        desk.open(page, url)
        desk.assert_accessible(page)
        page.locator(f"[hx-post$='{contact.pk}/phone/']").first.click()
        link = page.locator(f"a[href='tel:{PHONE}']")
        link.wait_for()
        assert link.evaluate("node => node === document.activeElement")
        desk.assert_accessible(page)
    assert PersonalDataEntry.objects.filter(deed="revealed").count() == 2
