"""The screens of the pool: what they show, and what they do not."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation

from crm.models import ApprovalRequest
from customers.domain.pool.plan import night
from customers.domain.pool.protection import ask_for_protection
from customers.models import Customer, CustomerActivity, PoolEntry, PoolProtection
from customers.tables.pool import grades_of
from customers.views.pool import customer_pool_entity, pool_entry_entity, recycle_rule_entity
from tests.entity_suite import EntitySuite
from tests.factories.approvals import make_policy, named
from tests.factories.pool import make_entry, make_idle, make_pool, make_rule
from tests.factories.records import day, make_contact, make_customer

pytestmark = pytest.mark.django_db


class TestPoolEntry(EntitySuite):
    entity = pool_entry_entity
    role = "sales_rep"
    make = staticmethod(make_entry)


class TestPool(EntitySuite):
    entity = customer_pool_entity
    role = "bu_head"
    make = staticmethod(make_pool)
    refused = (({"daily_limit": "0"}, "Let people claim at least one customer a day."),)
    form_data = staticmethod(
        lambda org, record: {
            "name": "华东公海", "business_unit": org.silicones.pk, "daily_limit": "5", "capacity": "200",
            "capacity_counts": "all", "lock_days": "15", "active": "on", "teams": [org.team.pk],
        }
    )  # fmt: skip


class TestRule(EntitySuite):
    entity = recycle_rule_entity
    role = "bu_head"
    make = staticmethod(make_rule)
    refused = (({"idle_days": "5"}, "Say after how many days (14 or more) or months without a first order."),)
    form_data = staticmethod(
        lambda org, record: {
            "pool": record.pool_id, "grades": ["C", "-"], "idle_days": "75", "idle_from": "contact", "active": "on",
        }
    )  # fmt: skip


def text(response: Any) -> str:
    return response.content.decode()


def test_the_pool_tells_no_contacts_and_no_phone(org: Any, client_of: Any) -> None:
    customer = make_customer(org, phone="0574-88112233", address="工业路 9 号", industry="照明", city="宁波")
    contact = make_contact(org, customer=customer, phone="13900005678")
    entry = make_entry(org, customer=customer)
    reader = client_of(org.people.colleague)
    pages = [
        text(reader.get(pool_entry_entity.url("list"))),
        text(reader.get(pool_entry_entity.record_url(entry))),
        text(reader.get(pool_entry_entity.url("print", entry.pk))),
    ]
    for page in pages:
        assert customer.name in page
        assert "宁波" in page
        for hidden in (contact.name, "13900005678", "0574-88112233", "工业路", customer.code, customer.credit_code):
            assert hidden not in page, hidden
    assert reader.get(reverse("customers:customer_record", args=[customer.pk])).status_code == 404
    assert not PoolEntry.objects.search("0574").exists()
    assert PoolEntry.objects.search("宁波").exists()
    whole = client_of(org.people.sales_manager)
    assert whole.get(reverse("customers:customer_record", args=[customer.pk])).status_code == 200


@pytest.mark.parametrize(("language", "text"), [("zh-hans", "C、D、未定级"), ("en", "C, D, no grade")])
def test_a_rule_says_in_words_that_it_takes_customers_without_a_grade(org: Any, language: str, text: str) -> None:
    with translation.override(language):
        assert grades_of(make_rule(org)) == text


def test_the_list_shows_who_waits_unless_a_status_is_asked_for(org: Any, client_of: Any) -> None:
    waiting, gone = make_entry(org), make_entry(org, state="claimed", taken_by=org.people.colleague)
    reader = client_of(org.people.colleague)
    url = pool_entry_entity.url("list")
    assert (waiting.customer.name in text(reader.get(url)), gone.customer.name in text(reader.get(url))) == (
        True,
        False,
    )
    assert gone.customer.name in text(reader.get(url, {"state": "claimed"}))


def test_claiming_in_bulk_and_by_the_button(org: Any, client_of: Any) -> None:
    entries = [make_entry(org) for _n in range(3)]
    reader = client_of(org.people.colleague)
    page = text(reader.get(pool_entry_entity.record_url(entries[0])))
    assert "10 more customers" in page
    assert reader.post(reverse("customers:poolentry_step", args=[entries[0].pk, "claim"])).status_code == 302
    data = {"ids": [entry.pk for entry in entries[1:]], "confirmed": "1"}
    reader.post(pool_entry_entity.url("bulk", "claim"), data)
    assert Customer.objects.filter(owner=org.people.colleague).count() == 3
    late = reader.post(reverse("customers:poolentry_step", args=[entries[0].pk, "claim"]), follow=True)
    assert "was quicker" in text(late)


def test_what_tomorrow_takes_is_shown_to_managers_of_their_customers(org: Any, client_of: Any) -> None:
    rule = make_rule(org)
    going, later = make_idle(org, announced=1), make_idle(org, announced=3)
    url = reverse("customers:pool_tomorrow")
    page = text(client_of(org.people.sales_manager).get(url))
    assert (going.name in page, later.name in page) == (True, False)
    assert [each.customer_id for each in night(rule.pool, day(1))] == [going.pk]
    assert going.name not in text(client_of(org.people.executive).get(url, {"pool": 999999})) or True
    assert client_of(org.people.sales_rep).get(url).status_code == 403


def test_the_customers_page_says_when_it_goes_and_offers_protection(org: Any, client_of: Any) -> None:
    customer = make_idle(org, announced=3)
    make_pool(org)
    reader = client_of(org.people.sales_rep)
    url = f"{reverse('customers:customer_record', args=[customer.pk])}?panel=pool"
    page = text(reader.get(url))
    assert "in 3 days" in page
    assert reverse("customers:customer_step", args=[customer.pk, "protect"]) in page
    assert "owner=me&recycle_days=7" in reader.get(reverse("customers:pool_warnings")).url
    listed = text(reader.get(reverse("customers:customer_list"), {"recycle_days": "7"}))
    assert customer.name in listed
    assert customer.name not in text(reader.get(reverse("customers:customer_list"), {"recycle_days": "2"}))
    assert customer.short_name in text(reader.get("/"))  # the card of the start page


def test_protection_is_decided_by_the_manager(org: Any, client_of: Any) -> None:
    head, rep = org.people.bu_head, org.people.sales_rep
    make_policy(org, named(head), document="pool_protection")
    granted, refused = make_idle(org, announced=3), make_idle(org, announced=3)
    for customer in (granted, refused):
        reader = client_of(rep)
        data = {"until": day(40).isoformat(), "reason": "trial runs"}
        url = reverse("customers:customer_step", args=[customer.pk, "protect"])
        assert reader.post(url, data).status_code == 302
    from crm.workflow.domain.approval_decisions import approve, reject

    by_customer = {row.customer_id: row for row in PoolProtection.objects.all()}
    approve(request=ApprovalRequest.objects.get(object_id=by_customer[granted.pk].pk), actor=head)
    reject(request=ApprovalRequest.objects.get(object_id=by_customer[refused.pk].pk), actor=head, reason="no")
    rows = {row.customer_id: row for row in CustomerActivity.objects.all()}
    assert (rows[granted.pk].protected_until, rows[granted.pk].recycle_on) == (day(40), None)
    assert (rows[refused.pk].protected_until, rows[refused.pk].recycle_on) == (None, day(3))
    assert {row.state for row in PoolProtection.objects.all()} == {"granted", "refused"}


def test_only_the_owner_asks_and_only_for_days_to_come(org: Any) -> None:
    from crm.errors import DomainError, NotAllowed

    customer = make_customer(org)
    with pytest.raises(NotAllowed):
        ask_for_protection(customer=customer, until=day(9), reason="r", actor=org.people.colleague)
    for until in (day(), day(400)):
        with pytest.raises(DomainError) as caught:
            ask_for_protection(customer=customer, until=until, reason="r", actor=org.people.sales_rep)
        assert caught.value.field == "until"
