"""The log of what was taken out of the trail: who, what, of whom, when, why."""

from django.urls import reverse

from crm.auditing.views.erasures import erasure_entity
from crm.auditing.views.trail import trail_entity
from crm.models import TrailErasure
from crm.personal.domain.erasure import erase_person
from crm.personal.domain.finding import Found
from crm.personal.register import kind_of
from crm.records.domain.trail import drop_old_trail
from tests.access_matrix.rows import make_erasure
from tests.entity_suite import EntitySuite
from tests.factories.records import day, make_contact, make_customer


class TestErasure(EntitySuite):
    entity, role, scoped = erasure_entity, "auditor", False
    make = staticmethod(make_erasure)

    def test_out_of_scope_is_404(self, reader):
        """Who may read the trail reads all of its erasures; what never was is not there."""
        assert reader.get(erasure_entity.record_url(TrailErasure(pk=987654))).status_code == 404


def erased(org):
    """Two contacts were erased at once, on request."""
    customer = make_customer(org, owner=org.people.sales_rep)
    contacts = [make_contact(org, customer=customer, name=name, phone="13800000001") for name in ("陈志远", "林立")]
    found = [Found(kind_of("customers.Contact"), contacts)]
    erase_person(found=found, requested_by="陈志远", reason="he withdrew his consent", actor=org.people.administrator)
    return contacts, TrailErasure.objects.get(kind="customers.contact")


def test_the_page_says_who_erased_what_of_whom_when_and_why(org, client_of):
    contacts, erasure = erased(org)
    client = client_of(org.people.administrator)
    page = client.get(erasure_entity.record_url(erasure)).content.decode()
    for said in (
        org.people.administrator.label,
        "he withdrew his consent",
        "mobile",
        "陈志远",
    ):  # the last: who asked for it
        assert said in page, said
    for contact in contacts:
        assert reverse("customers:contact_record", args=[contact.pk]) in page
    assert "13800000001" not in page
    assert reverse("personal:personaldataentry_list") in page
    listed = client.get(erasure_entity.url("list"), {"q": str(contacts[1].pk)}).content.decode()
    assert erasure_entity.record_url(erasure) in listed
    assert (
        erasure_entity.record_url(erasure)
        not in client.get(erasure_entity.url("list"), {"q": "999999"}).content.decode()
    )


def test_what_was_dropped_for_its_age_stands_there_too(org, client_of):
    drop_old_trail(before=day(-400), reason="retention of the company")
    page = client_of(org.people.auditor).get(erasure_entity.url("list")).content.decode()
    assert "All before" in page
    assert "retention of the company" in page
    assert "System" in page


def test_the_two_lists_lead_to_each_other_for_those_only_who_read_the_trail(org, client_of):
    for role, code in (("administrator", 200), ("auditor", 200), ("executive", 403), ("data_steward", 403)):
        client = client_of(org.user(role))
        assert client.get(erasure_entity.url("list")).status_code == code
        if code == 200:
            assert erasure_entity.url("list") in client.get(trail_entity.url("list")).content.decode()
            assert trail_entity.url("list") in client.get(erasure_entity.url("list")).content.decode()
