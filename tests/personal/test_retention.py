"""How long personal data is kept: what a rule erases, what it leaves alone."""

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from crm.models import ImportBatch, PersonalDataEntry, RetentionRule, User
from crm.personal.domain import retention
from crm.personal.register import ERASED, kind_of
from customers.models import Contact, CustomerFigures
from leads.models import Lead
from tests.factories.organisation import make_leaver
from tests.factories.records import day, make_contact, make_lead
from tests.personal.support import NAME, PHONE, a_while_later

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(org: Any) -> User:
    return org.people.administrator


@pytest.fixture
def client(client_of: Any, admin: User) -> Any:
    return client_of(admin)


def grow_old(*records: Any, days: int = 800) -> None:
    for record in records:
        type(record)._base_manager.filter(pk=record.pk).update(updated_at=timezone.now() - dt.timedelta(days=days))


def test_a_rule_erases_what_is_old_and_unused_and_nothing_else(org: Any, admin: User) -> None:
    old, fresh, bought, touched = (make_contact(org, name=f"{n}号", phone=PHONE) for n in "甲乙丙丁")
    grow_old(old, old.customer, bought, bought.customer, touched)
    CustomerFigures.objects.filter(customer=bought.customer).update(last_order_on=day(-30))
    kind = kind_of("customers.Contact")
    assert retention.due_count(kind, 24) == 1
    assert retention.due_count(kind, 60) == 0
    assert retention.apply_rules() == {}
    retention.set_rule(kind=kind, expected_version=0, months=24, is_active=True, actor=admin)
    assert retention.apply_rules() == {"customers.Contact": 1}
    assert retention.apply_rules() == {"customers.Contact": 0}
    names = set(Contact.objects.values_list("name", flat=True))
    assert names == {ERASED, fresh.name, bought.name, touched.name}
    entry = PersonalDataEntry.objects.get()
    assert (entry.deed, entry.actor, entry.records) == ("retention", None, {"customers.Contact": [old.pk]})


def test_leads_and_former_colleagues_grow_old_too(org: Any, admin: User) -> None:
    lost = make_lead(org, contact_name=NAME, phone=PHONE, state="disqualified")
    kept = make_lead(org, contact_name=NAME, phone=PHONE, state="qualified")
    leaver = make_leaver(org)
    grow_old(lost, kept, leaver, org.people.colleague, days=1500)
    for key in ("leads.Lead", "crm.User"):
        retention.set_rule(kind=kind_of(key), expected_version=0, months=36, is_active=True, actor=admin)
    assert retention.apply_rules() == {"leads.Lead": 1, "crm.User": 1}
    assert set(Lead.objects.values_list("contact_name", flat=True)) == {ERASED, NAME}
    assert User.objects.get(display_name=ERASED) == leaver


def test_old_uploads_go_with_their_rows_and_files(
    org: Any, admin: User, django_capture_on_commit_callbacks: Any
) -> None:
    def upload(state: str) -> ImportBatch:
        return ImportBatch.objects.create(
            resource="customers", file_name="a.xlsx", created_by=admin, state=state, upload=ContentFile(b"a", name="a")
        )

    done, busy, fresh = upload("done"), upload("committing"), upload("done")
    done.rows.create(number=2, status="new")
    ImportBatch.objects.filter(pk__in=[done.pk, busy.pk]).update(created_at=timezone.now() - dt.timedelta(days=400))
    retention.set_rule(kind=kind_of("crm.ImportBatch"), expected_version=0, months=6, is_active=True, actor=admin)
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.apply_rules() == {"crm.ImportBatch": 1}
    assert set(ImportBatch.objects.values_list("pk", flat=True)) == {busy.pk, fresh.pk}
    assert not done.upload.storage.exists(done.upload.name)
    assert fresh.upload.storage.exists(fresh.upload.name)


def test_setting_a_rule_in_the_browser(client_of: Any, client: Any, admin: User, org: Any) -> None:
    url = reverse("personal:rule", args=["leads.Lead"])
    lost = make_lead(org, contact_name=NAME, state="disqualified")
    grow_old(lost)
    page = client.get(url, {"months": "12", "is_active": "on"}).content.decode()
    assert "Tonight 1 record would be erased." in page
    assert 'value="12"' in page
    assert not RetentionRule.objects.exists()
    assert client.post(url, {"months": "0", "version_read": "0"}).status_code == 422
    assert client.post(url, {"months": "12", "is_active": "on", "version_read": "0"}).status_code == 302
    rule = RetentionRule.objects.get()
    assert (rule.kind, rule.months, rule.is_active) == ("leads.Lead", 12, True)
    assert client.post(url, {"months": "18", "version_read": "0"}).status_code == 409
    assert client.post(url, {"months": "18", "version_read": str(rule.version)}).status_code == 302
    rule.refresh_from_db()
    assert (rule.months, rule.is_active) == (18, False)
    assert client.get(reverse("personal:rule", args=["crm.SignInEvent"])).status_code == 404
    assert "Confirm that it is you" in a_while_later(client_of(admin)).post(url, {"months": "18"}).content.decode()
