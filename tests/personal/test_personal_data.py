"""What is held about a person: registered, found, exported, erased, and kept no longer than the rules say."""

import datetime as dt
import io
import json
import re
import zipfile
from typing import Any

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from crm.errors import DomainError, NotAllowed
from crm.extension_points import personal_data
from crm.models import Job, PersonalDataEntry, SignInEvent, TrailErasure, User
from crm.personal.domain import erasure, exporting
from crm.personal.domain.finding import chosen_records, find_person
from crm.personal.register import ERASED, model_of
from crm.workflow.domain.jobs import retry_job
from customers.domain.contact import update_contact
from customers.models import Contact, Customer
from tests.factories.organisation import PASSWORD, make_leaver
from tests.factories.records import make_contact, make_customer, make_lead
from tests.personal.support import MAIL, NAME, PHONE, a_while_later

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(org: Any) -> User:
    return org.people.administrator


@pytest.fixture
def person(org: Any) -> Contact:
    """A contact that had another number before."""
    contact = make_contact(org, name=NAME, phone="13900001111", email=MAIL, title="采购", notes="喜欢喝茶")
    values = {"phone": PHONE}
    return update_contact(instance=contact, expected_version=contact.version, actor=org.people.sales_rep, **values)


@pytest.fixture
def client(client_of: Any, admin: User) -> Any:
    """The administrator, who has just signed in."""
    return client_of(admin)


def found(actor: User, text: str) -> set[tuple[str, int]]:
    return {(part.kind.key, row.pk) for part in find_person(actor=actor, text=text) for row in part.records}


def everything(*records: Any) -> str:
    """All that the database knows of these records, now and before."""
    out = []
    for record in records:
        model = type(record)
        out += list(model._base_manager.filter(pk=record.pk).values())
        out += list(model.pgh_event_model.objects.filter(pgh_obj_id=record.pk).values())
    return str(out)


# what is registered


def test_every_field_that_is_named_like_personal_data_is_registered() -> None:
    """Who adds a model with a phone number must say what it is held for."""
    registered = {(kind.key, name) for kind in personal_data.all() for name in kind.fields}
    companies = {("customers.Customer", "phone")}
    named = {"phone", "mobile", "email", "contact_name", "wechat"}
    held = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        if model._meta.app_label in ("crm", "customers", "leads", "opportunities", "orders", "service", "integrations")
        and not hasattr(model, "pgh_tracked_model")
        for field in model._meta.concrete_fields
        if (field.name in named or isinstance(field, models.GenericIPAddressField | models.EmailField))
    }
    assert sorted(held - registered - companies) == []


def test_what_is_registered_exists_and_can_be_emptied() -> None:
    for kind in personal_data.all():
        meta = model_of(kind)._meta
        for name in (*kind.fields, *kind.names, *kind.phones, *kind.emails):
            meta.get_field(name)
        assert bool(kind.names) != bool(kind.parent) or kind.remove, kind.key
        unique = [name for name in kind.fields if meta.get_field(name).unique]
        assert set(unique) <= set(kind.erased), kind.key


def test_the_register_says_what_why_how_long_and_how_many(client: Any, person: Contact) -> None:
    page = client.get(reverse("personal:register")).content.decode()
    for text in ("Contacts", "To speak with customers", "Sign-in events", "SIGN_IN_LOG_DAYS", "Leads"):
        assert text in page
    assert reverse("personal:rule", args=["customers.Contact"]) in page
    assert reverse("personal:rule", args=["crm.SignInEvent"]) not in page


# finding


def test_a_person_is_found_by_name_pinyin_number_and_address_in_all_kinds(
    org: Any, admin: User, person: Contact
) -> None:
    lead = make_lead(org, contact_name=NAME, search_text=NAME)
    assert {("customers.Contact", person.pk), ("leads.Lead", lead.pk)} == found(admin, NAME)
    for text in (PHONE, "138-1234-5678", "5678", "qian.jin@", MAIL.upper()):
        assert ("customers.Contact", person.pk) in found(admin, text), text
    assert ("crm.User", org.people.sales_rep.pk) in found(admin, "sales_rep")
    for text in ("", "没有这个人", "13900001111"):
        assert found(admin, text) == set(), text


def test_a_lead_of_a_company_of_that_name_is_not_about_a_person(org: Any, admin: User) -> None:
    make_lead(org, company_name="钱进公司", search_text="钱进公司")
    assert found(admin, NAME) == set()


# erasing


def erase(actor: User, *records: Any, **values: Any) -> PersonalDataEntry:
    pairs = [f"{type(record)._meta.label}:{record.pk}" for record in records]
    values = {"requested_by": "the person, by letter", "reason": "withdrew consent", **values}
    return erasure.erase_person(found=chosen_records(actor=actor, pairs=pairs), actor=actor, **values)


def test_erasure_empties_record_search_text_and_trail_and_says_who_asked(
    org: Any, admin: User, person: Contact
) -> None:
    lead = make_lead(org, contact_name=NAME, phone=PHONE, email=MAIL)
    version = person.version
    Contact.objects.filter(pk=person.pk).update(extra={"hobby": "垂钓"})
    entry = erase(admin, person, lead)
    known = everything(person, lead)
    for secret in (NAME, PHONE, "13900001111", MAIL, "采购", "喜欢喝茶", "垂钓", "qianjin"):
        assert secret not in known, secret
    person.refresh_from_db()
    assert (person.name, person.phone, person.version) == (ERASED, "", version + 1)
    assert person.pgh_event_model.objects.filter(pgh_obj_id=person.pk).count() == 4, "that it happened stays"
    assert TrailErasure.objects.get(kind="customers.contact").reason == "withdrew consent"
    assert found(admin, NAME) == found(admin, PHONE) == set()
    assert (entry.deed, entry.actor, entry.rows) == ("erased", admin, 2)
    assert entry.records == {"customers.Contact": [person.pk], "leads.Lead": [lead.pk]}
    assert (entry.requested_by, entry.reason) == ("the person, by letter", "withdrew consent")


def test_others_keep_their_data(org: Any, admin: User, person: Contact) -> None:
    other = make_contact(org, customer=person.customer, name=NAME, phone="13700000000")
    erase(admin, person)
    other.refresh_from_db()
    assert (other.name, other.phone) == (NAME, "13700000000")
    assert "13700000000" in everything(other)


def test_a_former_colleague_with_sign_ins_an_active_one_not(org: Any, admin: User) -> None:
    leaver = make_leaver(org)
    User.objects.filter(pk=leaver.pk).update(phone=PHONE, email=MAIL)
    event = SignInEvent.objects.create(
        user=leaver, username=leaver.username, kind="signed_in", at=timezone.now(), address="10.9.8.7", agent="Firefox"
    )
    with pytest.raises(DomainError, match="is active"):
        erase(admin, org.people.sales_rep, leaver)
    assert User.objects.get(pk=leaver.pk).phone == PHONE
    erase(admin, leaver)
    event.refresh_from_db()
    assert (event.username, event.address, event.agent) == ("", None, "")
    assert leaver.username not in everything(leaver)
    assert User.objects.get(pk=leaver.pk).username == f"erased-{leaver.pk}"


def test_nothing_goes_without_right_asker_reason_or_choice(org: Any, admin: User, person: Contact) -> None:
    with pytest.raises(NotAllowed):
        erase(org.people.sales_manager, person)
    for values in ({"requested_by": " "}, {"reason": ""}):
        with pytest.raises(DomainError):
            erase(admin, person, **values)
    with pytest.raises(DomainError):
        erase(admin)
    person.refresh_from_db()
    assert person.name == NAME
    assert not PersonalDataEntry.objects.exists()


def test_erasing_in_the_browser_counts_first_asks_for_the_password_and_then_does_it(
    client_of: Any, admin: User, person: Contact
) -> None:
    admin.set_password(PASSWORD)
    admin.save()
    client, data = a_while_later(client_of(admin)), {"record": f"customers.Contact:{person.pk}"}
    assert "Confirm that it is you" in client.post(reverse("personal:erase"), data).content.decode()
    page = client.post(reverse("personal:erase"), {**data, "_password": PASSWORD}).content.decode()
    assert "Nothing has been erased yet" in page
    assert re.search(r'<td>Contacts</td>\s*<td class="num">\D*1\D*</td>\s*<td class="num">\D*2\D*</td>', page)
    data["confirmed"] = "1"
    assert client.post(reverse("personal:erase"), data).status_code == 422
    done = client.post(reverse("personal:erase"), {**data, "requested_by": "the person", "reason": "asked"})
    assert done.status_code == 302
    person.refresh_from_db()
    assert person.name == ERASED
    again = client.post(reverse("personal:erase"), {**data, "requested_by": "the person", "reason": "asked"})
    assert again.status_code == 302, "a second click does no harm"


# exporting


def archive_of(entry: PersonalDataEntry) -> tuple[dict[str, Any], list[list[Any]]]:
    with zipfile.ZipFile(io.BytesIO(entry.file.read())) as archive:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(archive.read("person.xlsx"))).get_sheet_by_index(0)
        return json.loads(archive.read("person.json")), sheet.to_python()


def test_export_has_all_that_is_held_in_both_forms(
    client: Any, admin: User, person: Contact, django_capture_on_commit_callbacks: Any
) -> None:
    pairs = [f"customers.Contact:{person.pk}", "customers.Contact:999999", "crm.Role:1", "nonsense"]
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(reverse("personal:export_start"), {"record": pairs, "requested_by": "the person"})
    entry = PersonalDataEntry.objects.get(deed="exported")
    assert response.url == reverse("personal:export", args=[entry.pk])
    assert (entry.requested_by, entry.records, entry.rows) == ("the person", {"customers.Contact": [person.pk]}, 1)
    assert reverse("personal:export_file", args=[entry.pk]) in client.get(response.url).content.decode()
    whole, sheet = archive_of(entry)
    (record,) = whole["records"]
    assert record["values"] == {
        "name": NAME,
        "title": "采购",
        "phone": PHONE,
        "email": MAIL,
        "notes": "喜欢喝茶",
        "extra": {},
    }
    assert [state["phone"] for state in record["recorded_states"]] == ["13900001111", PHONE]
    assert ["Contacts", person.pk, "Mobile", PHONE] in sheet
    assert entry.job.state == "done"
    file = client.get(reverse("personal:export_file", args=[entry.pk]))
    assert file["Content-Type"] == "application/zip"
    exporting.run_export(entry.pk)  # a second worker finds it done
    assert PersonalDataEntry.objects.filter(deed="exported").count() == 1


def test_the_archive_goes_after_a_week_and_is_for_who_asked_only(client_of: Any, org: Any, admin: User) -> None:
    entry = PersonalDataEntry.objects.create(deed="exported", actor=admin, file=ContentFile(b"x", name="a"))
    other = User.objects.create(username="other", display_name="x", is_superuser=True)
    assert client_of(other).get(reverse("personal:export_file", args=[entry.pk])).status_code == 404
    assert exporting.forget_files() == 0
    PersonalDataEntry.objects.update(at=timezone.now() - dt.timedelta(days=8))
    assert exporting.forget_files() == 1
    client = client_of(admin)
    assert client.get(reverse("personal:export_file", args=[entry.pk])).status_code == 404
    assert "has been deleted" in client.get(reverse("personal:export", args=[entry.pk])).content.decode()


def test_a_failed_export_is_started_anew_by_who_asked_only(org: Any, admin: User, person: Contact) -> None:
    entry = exporting.export_person(found=find_person(actor=admin, text=NAME), requested_by="", actor=admin)
    Job.objects.filter(pk=entry.job_id).update(state="failed")
    other = User.objects.create(username="other", display_name="x", is_superuser=True)
    with pytest.raises(NotAllowed):
        retry_job(job=Job.objects.get(pk=entry.job_id), actor=other)
    failed = Job.objects.get(pk=entry.job_id)
    retry_job(job=failed, actor=admin)
    with pytest.raises(DomainError):  # the second click
        retry_job(job=failed, actor=admin)
    entry.refresh_from_db()
    exporting.run_export(entry.pk)
    entry.refresh_from_db()
    assert entry.file
    assert entry.job.state == "done"


# the command


def run(*args: str) -> dict[str, Any]:
    out = io.StringIO()
    call_command("personal_data", *args, stdout=out)
    result: dict[str, Any] = json.loads(out.getvalue())
    return result


def test_the_command_exports_and_erases_who_is_meant_exactly(
    org: Any, admin: User, person: Contact, tmp_path: Any
) -> None:
    make_contact(org, name="钱进步", phone="13812345679")
    who = ("--user", "administrator")
    held = {"customers.Contact": [person.pk]}
    assert run("erase", NAME, *who, "--dry-run") == {"records": held, "trail_rows": 2, "kept": []}
    result = run("export", PHONE, *who, "--output", str(tmp_path / "a.zip"))
    assert result == {"records": held, "file": str(tmp_path / "a.zip")}
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert PHONE in archive.read("person.json").decode()
    with pytest.raises(CommandError, match="Say who asked"):
        run("erase", NAME, *who)
    assert Contact.objects.get(pk=person.pk).name == NAME
    why = ("--requested-by", "the person", "--reason", "asked")
    assert run("erase", NAME, *who, *why) == {"records": held, "erased": 1}
    with pytest.raises(CommandError, match="nothing is held"):
        run("erase", NAME, *who, *why)
    with pytest.raises(CommandError, match="may not"):
        run("export", "钱进步", "--user", "sales_rep")
    assert Customer.objects.filter(contacts__name="钱进步").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.browser
@pytest.mark.parametrize(("width", "theme", "language"), [(1440, "light", "zh-hans"), (390, "dark", "en")])
def test_the_pages(desk: Any, browser_org: Any, width: int, theme: str, language: str) -> None:
    admin = browser_org.people.administrator
    contact = make_contact(browser_org, customer=make_customer(browser_org), name=NAME, phone=PHONE)
    page = desk.page(admin, width=width, theme=theme, language=language)
    desk.open(page, reverse("personal:register"))
    desk.assert_accessible(page)
    page.locator("main input[name=q]").fill(NAME)
    page.locator("main form[role=search] button").click()
    desk.settle(page)
    page.locator("input[name=record]").check()
    desk.assert_accessible(page)
    page.locator(f"button[formaction='{reverse('personal:erase')}']").click()
    desk.settle(page)
    desk.assert_accessible(page)
    page.locator("input[name=requested_by]").fill("the person")
    page.locator("textarea[name=reason]").fill("asked")
    page.locator(".savebar button").click()
    desk.settle(page)
    contact.refresh_from_db()
    assert contact.name == ERASED
    desk.open(page, reverse("personal:rule", args=["leads.Lead"]))
    page.locator("button[formmethod=get]").click()
    desk.settle(page)
    assert page.locator("main [role=status]").inner_text()
    desk.assert_accessible(page)
