"""Records by their keys in other systems, one and many."""

from typing import Any
from urllib.parse import quote

import pytest

from customers.models import Contact, Customer
from integrations.domain.external_keys import lock_keys
from integrations.models import ExternalRef
from leads.models import Lead
from tests.api.conftest import grant
from tests.factories.organisation import Organisation
from tests.factories.quotes import make_deal, make_quote
from tests.factories.records import make_customer

pytestmark = pytest.mark.django_db


def test_a_key_makes_a_record_and_then_changes_it(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    address = "leads/by-key/MES/A-1/"
    assert rep.get(address).status_code == 404
    body = {"company_name": "某某有限公司", "contact_name": "王", "source": "website", "received_on": "2026-11-01"}
    made = rep.put(address, body)
    assert made.status_code == 201, made.content
    version = made.json()["version"]
    same = rep.put(address, body)
    assert (same.status_code, same.json()["version"]) == (200, version), "the same again writes nothing"
    changed = rep.put(address, {"need": "密封胶"})
    assert (changed.json()["need"], changed.json()["company_name"]) == ("密封胶", "某某有限公司")
    assert rep.get(address).json()["id"] == made.json()["id"] == Lead.objects.get().pk


def test_what_begins_at_another_record_is_made_once_and_changed_after(org: Organisation, program: Any) -> None:
    deal, begun = make_deal(org), make_deal(org)
    rep = program(org.people.sales_rep)
    body = {"opportunity": deal.pk, "remark": "按月交货"}
    made = rep.put("quotes/by-key/MES/1/", body)
    assert made.status_code == 201, made.content
    same = rep.put("quotes/by-key/MES/1/", body)
    assert (same.status_code, same.json()["version"]) == (200, made.json()["version"])
    assert rep.put("quotes/by-key/MES/1/", {**body, "remark": "按季交货"}).json()["remark"] == "按季交货"
    other = make_quote(org, opportunity=begun)
    elsewhere = rep.put("quotes/by-key/MES/1/", {**body, "opportunity": begun.pk})
    assert (elsewhere.status_code, list(elsewhere.json()["errors"])) == (422, ["opportunity"])
    refused = rep.put("quotes/by-key/MES/2/", {"opportunity": begun.pk, "remark": "按月交货"})
    assert (refused.status_code, refused.json()["id"]) == (409, other.pk)
    assert rep.get("quotes/by-key/MES/2/").status_code == 404, "a key names what it has made"


@pytest.mark.parametrize(("system", "key"), [("MES", "XS/2027/001"), ("金蝶 K3", "1"), ("a.b", "A B")])
def test_a_key_that_can_be_kept_can_be_asked_for(org: Organisation, program: Any, system: str, key: str) -> None:
    rep = program(org.people.sales_rep)
    body = {"company_name": "某某有限公司", "contact_name": "王", "source": "website", "received_on": "2026-11-01"}
    (row,) = rep.post("leads/bulk/", {"system": system, "rows": [{"key": key, **body}]}).json()["results"]
    assert row["result"] == "created"
    address = f"leads/by-key/{quote(system)}/{quote(key)}/"
    assert rep.get(address).json()["id"] == row["id"]
    assert rep.put(address, {"need": "密封胶"}).json()["need"] == "密封胶"


def test_a_system_with_a_slash_is_refused(org: Organisation, program: Any) -> None:
    (row,) = (
        program(org.people.sales_rep).post("leads/bulk/", {"system": "a/b", "rows": [{"key": "1"}]}).json()["results"]
    )
    assert row["result"] == "failed" and "system" in row["errors"]


def test_a_key_of_a_record_out_of_reach_is_404(org: Organisation, program: Any) -> None:
    customer = make_customer(org, owner=org.people.stranger)
    ExternalRef.objects.create(system="MES", entity="customer", external_id="1", object_id=customer.pk)
    grant(org.people.sales_rep, "customers.skip_registration")
    rep = program(org.people.sales_rep)
    assert rep.get("customers/by-key/MES/1/").status_code == 404
    assert rep.put("customers/by-key/MES/1/", {"name": "X"}).status_code == 404
    assert Customer.objects.get(pk=customer.pk).name == customer.name


def test_the_erps_own_keys_are_read_and_never_made(org: Organisation, program: Any) -> None:
    customer = make_customer(org)
    ExternalRef.objects.create(system="SAP", entity="customer", external_id="1000001", object_id=customer.pk)
    rep = program(org.people.sales_rep)
    assert rep.get("customers/by-key/SAP/1000001/").json()["id"] == customer.pk
    refused = rep.put("leads/by-key/SAP/1/", {"company_name": "X"})
    assert refused.status_code == 422
    assert list(refused.json()["errors"]) == ["system"]


def test_a_record_may_be_named_by_its_key_elsewhere(org: Organisation, program: Any) -> None:
    customer = make_customer(org)
    ExternalRef.objects.create(system="SAP", entity="customer", external_id="1000001", object_id=customer.pk)
    rep = program(org.people.sales_rep)
    body = {"name": "王芳", "customer": {"system": "SAP", "key": "1000001"}}
    assert rep.post("contacts/", body).status_code == 201
    assert Contact.objects.get().customer == customer
    wrong = rep.post("contacts/", {"name": "李", "customer": {"system": "SAP", "key": "7"}})
    assert list(wrong.json()["errors"]) == ["customer"]


def test_what_is_chosen_once_may_be_sent_again_as_it_is(org: Organisation, program: Any) -> None:
    customer, other = make_customer(org), make_customer(org)
    ExternalRef.objects.create(system="SAP", entity="customer", external_id="1000001", object_id=customer.pk)
    rep, address = program(org.people.sales_rep), "contacts/by-key/MES/7/"
    body = {"name": "王芳", "customer": customer.pk}
    assert rep.put(address, body).status_code == 201
    for named in (customer.pk, {"system": "SAP", "key": "1000001"}):
        same = rep.put(address, {**body, "customer": named, "title": "采购经理"})
        assert (same.status_code, same.json()["title"]) == (200, "采购经理"), same.content
    moved = rep.put(address, {**body, "customer": other.pk})
    assert (moved.status_code, list(moved.json()["errors"])) == (422, ["customer"])


def test_many_rows_are_each_taken_on_their_own(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    good = {"company_name": "好公司", "contact_name": "王", "source": "website", "received_on": "2026-11-01"}
    rows: list[Any] = [{"key": "1", **good}, {"key": "2", "need": "x"}, {"need": "no key"}, {"key": "1", **good}]
    answer = rep.post("leads/bulk/", {"system": "MES", "rows": rows})
    assert answer.status_code == 200, answer.content
    results = answer.json()["results"]
    assert [row["result"] for row in results] == ["created", "failed", "failed", "unchanged"]
    assert "company_name" in results[1]["errors"]
    assert Lead.objects.count() == 1
    again = rep.post("leads/bulk/", {"system": "MES", "rows": [{"key": "1", "need": "密封"}]}).json()["results"]
    assert [row["result"] for row in again] == ["updated"]


def test_a_row_that_the_database_cannot_keep_holds_up_no_other(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    good = {"contact_name": "王", "source": "website", "received_on": "2026-11-01"}
    names = {"1": "甲公司", "2": "half \ud83d", "3": "乙公司"}
    rows = [{"key": key, "company_name": name, **good} for key, name in names.items()]
    answer = rep.post("leads/bulk/", {"system": "MES", "rows": rows})
    assert answer.status_code == 200, answer.content
    results = answer.json()["results"]
    assert [(row["result"], row.get("status")) for row in results] == [
        ("created", None),
        ("failed", 400),
        ("created", None),
    ]
    assert "cannot be kept" in results[1]["detail"]
    assert set(Lead.objects.values_list("company_name", flat=True)) == {"甲公司", "乙公司"}


def test_a_bulk_waits_for_all_its_keys_in_one_query(
    org: Organisation, program: Any, django_assert_max_num_queries: Any
) -> None:
    keys = [str(number) for number in range(500)]
    with django_assert_max_num_queries(1):
        lock_keys(system="MES", entity="lead", keys=keys)


def test_a_bulk_request_has_an_end(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    assert rep.post("leads/bulk/", {"system": "MES", "rows": [{}] * 1001}).status_code == 413
    assert rep.post("leads/bulk/", {"rows": {}}).status_code == 422


LEAD = {"company_name": "某某有限公司", "contact_name": "王", "source": "website", "received_on": "2026-11-01"}


def test_a_put_names_the_version_it_was_meant_for(org: Organisation, program: Any) -> None:
    rep, address = program(org.people.sales_rep), "leads/by-key/MES/A-1/"
    early = rep.put(address, LEAD, If_Match='"1"')
    assert (early.status_code, early.json()["detail"]) == (412, "There is no record with this key yet.")
    tag = rep.put(address, LEAD).headers["ETag"]
    done = rep.put(address, {"need": "A"}, If_Match=f'"77", {tag}')
    assert done.status_code == 200, "any of several versions"
    stale = rep.put(address, {"need": "B"}, If_Match=tag)
    assert (stale.status_code, stale.json()["type"]) == (412, "urn:hengpu:problem:stale_version")
    assert (stale.json()["current"]["need"], stale.json()["yours"]) == ("A", {"need": "B"})
    assert rep.put(address, {"need": "C"}, If_Match="*").status_code == 200
    assert Lead.objects.get().need == "C"


def test_a_put_may_want_that_there_is_none_yet(org: Organisation, program: Any) -> None:
    rep, address = program(org.people.sales_rep), "leads/by-key/MES/A-1/"
    made = rep.put(address, LEAD, If_None_Match="*")
    assert made.status_code == 201
    again = rep.put(address, {**LEAD, "need": "x"}, If_None_Match="*")
    assert (again.status_code, again.json()["id"]) == (412, made.json()["id"])
    assert rep.put(address, LEAD, If_None_Match='"1"').status_code == 400
    assert rep.put(address, LEAD, If_None_Match="*", If_Match="*").status_code == 400
    assert Lead.objects.get().need == ""


def test_a_row_that_may_not_be_written_says_why(org: Organisation, program: Any) -> None:
    foreign = make_customer(org, owner=org.people.stranger)
    ExternalRef.objects.create(system="MES", entity="customer", external_id="1", object_id=foreign.pk)
    rep = program(org.people.sales_rep)
    (row,) = rep.post("customers/bulk/", {"system": "MES", "rows": [{"key": "1", "name": "X"}]}).json()["results"]
    assert (row["status"], row["detail"]) == (404, "There is no such record, or it is out of your reach.")
    (row,) = rep.post("competitors/bulk/", {"system": "MES", "rows": [{"key": "1", "name": "X"}]}).json()["results"]
    assert (row["status"], row["detail"]) == (403, "Your roles lack the right for it: ask an administrator.")


def test_a_right_that_is_lacking_has_a_sentence(org: Organisation, program: Any) -> None:
    answer = program(org.people.sales_rep).post("competitors/", {"name": "X"})
    assert (answer.status_code, answer.json()["detail"]) == (
        403,
        "Your roles lack the right for it: ask an administrator.",
    )


def test_a_key_may_be_a_number_and_is_kept_as_text(org: Organisation, program: Any) -> None:
    rep = program(org.people.sales_rep)
    rows = [{"key": key, **LEAD} for key in (4711, True, 1.5, None)]
    found = rep.post("leads/bulk/", {"system": "MES", "rows": rows}, Idempotency_Key="k").json()["results"]
    assert [(row["key"], row["result"]) for row in found] == [
        ("4711", "created"),
        (None, "failed"),
        (None, "failed"),
        (None, "failed"),
    ]
    assert rep.get("leads/by-key/MES/4711/").status_code == 200


@pytest.mark.parametrize(
    ("system", "key", "told"),
    [
        ("", "1", {"system": ["Name the other system."]}),
        ("MES", "", {"key": ["The key is empty."]}),
        ("MES", "a\nb", {"key": ["A key has no line breaks and other invisible characters."]}),
        ("MES", "x" * 81, {"key": ["At most 80 characters."]}),
    ],
)
def test_what_is_wrong_with_a_key_is_told(org: Organisation, program: Any, system: str, key: str, told: Any) -> None:
    rep = program(org.people.sales_rep)
    (row,) = rep.post("leads/bulk/", {"system": system, "rows": [{"key": key, **LEAD}]}).json()["results"]
    assert row["errors"] == told
