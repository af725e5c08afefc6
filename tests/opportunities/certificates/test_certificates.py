"""Certificates and document sets: what is worked out, warned of, chosen, sent and kept."""

import pytest

from crm import extension_points
from crm.errors import DomainError
from crm.models import Attachment, Notification, Task
from crm.records.domain.attachments import remove
from customers.extension_points import handover_items, merge_movers
from customers.models import CustomerCertificateDemand
from opportunities.domain.certificates import choosing, sets, vault
from opportunities.domain.certificates.watch import warn_of_certificates
from opportunities.models import Certificate, DocumentSet
from opportunities.panels.certificate import calendar_events
from opportunities.tasks import watch_certificates
from tests.factories.admission import make_certificate as make_demand
from tests.factories.certificates import add_file, make_our_certificate, make_sent_set, make_set, make_version
from tests.factories.qualification import make_supplier_admission
from tests.factories.records import day, make_customer, make_opportunity

pytestmark = pytest.mark.django_db


def days(certificate):
    row = Certificate.objects.get(pk=certificate.pk)
    return row.valid_from, row.valid_until


def test_its_days_are_those_of_the_language_that_ends_first(org):
    certificate = make_our_certificate(org)
    assert certificate.code.startswith("CER-")
    assert days(certificate) == (None, None)
    chinese = add_file(certificate, -300, 60, language="zh")
    english = add_file(certificate, -200, 200, language="en")
    assert (chinese.edition, english.edition) == (1, 1)
    assert days(certificate) == (day(-200), day(60))
    renewed = add_file(certificate, 61, 400, language="zh")
    assert renewed.edition == 2
    assert days(certificate) == (day(-200), day(200))
    vault.change_version(
        instance=english, expected_version=english.version, actor=certificate.owner, withdrawn_on=day()
    )
    assert days(certificate) == (day(-300), day(400))
    vault.remove_version(instance=renewed, actor=certificate.owner)
    assert days(certificate) == (day(-300), day(60))
    with pytest.raises(DomainError, match="last day"):
        add_file(certificate, 5, 4)
    with pytest.raises(DomainError, match="still to come"):
        add_file(certificate, issued_on=day(1))


def test_the_list_finds_each_in_the_state_that_its_page_shows(org):
    rows = {
        "draft": make_our_certificate(org),
        "valid": make_version(org, until=91).certificate,
        "soon": make_version(org, until=90).certificate,
        "expired": make_version(org, until=-1).certificate,
    }
    for state, certificate in rows.items():
        found = Certificate.objects.in_states([state], day())
        assert set(found) == {certificate}, state
    assert Certificate.objects.in_states(["soon", "expired"], day()).count() == 2
    assert Certificate.objects.having_files_in(["en"]).count() == 0
    assert Certificate.objects.having_files_in(["zh"]).count() == 3


def test_who_is_responsible_is_warned_90_30_and_7_days_before_with_one_to_do(org):
    version = make_version(org, until=91)
    make_version(org, until=None)
    certificate = version.certificate
    found = [number for number in range(93) if warn_of_certificates(day(number))]
    assert found == [1, 61, 84]
    assert not any(warn_of_certificates(day(number)) for number in range(93))
    assert {row.object_id for row in Notification.objects.filter(kind="certificate.ends")} == {certificate.pk}
    task = Task.objects.get(kind="certificate_expiry")
    assert (task.assignee, task.object_id) == (certificate.owner, certificate.pk)
    add_file(certificate, 92, 500)  # follows without a gap
    task.refresh_from_db()
    assert task.state == "done"
    assert days(certificate)[1] == day(500)
    assert [number for number in (92, 410, 411) if warn_of_certificates(day(number))] == [410]


def test_the_daily_task_lets_the_next_version_count_when_its_day_comes(org):
    certificate = make_version(org, until=-5).certificate
    add_file(certificate, 3, 300)
    assert days(certificate) == (day(-300), day(-5))
    assert vault.refresh(today=day(3)) == 1
    assert days(certificate) == (day(3), day(300))
    assert watch_certificates() == 1  # as of today again
    assert watch_certificates() == 0


def test_files_of_versions_stay_until_the_version_goes(org):
    version = make_version(org)
    file, certificate = version.file, version.certificate
    with pytest.raises(DomainError, match="belongs to a version"):
        remove(attachment=file, record=certificate, actor=certificate.owner)
    vault.remove_version(instance=version, actor=certificate.owner)
    remove(attachment=file, record=certificate, actor=certificate.owner)
    assert Attachment.objects.get(pk=file.pk).removed_at is not None


@pytest.mark.parametrize(
    ("covers", "line", "fits"),
    [
        ("", "sealant", True),
        ("line", "sealant", True),
        ("line", "liquid", False),
        ("product", "sealant", True),
        ("line", None, True),
    ],
)
def test_what_a_certificate_covers(org, covers, line, fits):
    values = {"line": {"product_lines": [org.sealant]}, "product": {"products": [org.product]}}.get(covers, {})
    assert org.product.product_line == org.sealant
    certificate = make_our_certificate(org, **values)
    assert choosing.covers(certificate, getattr(org, line).pk if line else None) is fits


def test_a_demand_is_answered_by_the_valid_one_that_lasts_longest_in_its_language(org):
    customer = make_customer(org)
    demand = make_demand(org, customer=customer, kind="reach", language="both", product_line=org.sealant)
    make_demand(org, customer=customer, kind="rohs", needed_since=day(1))
    make_demand(org, customer=customer, kind="sds", product_line=org.liquid)
    certificate = make_our_certificate(org, kind="reach", product_lines=[org.sealant])
    add_file(certificate, until=-3, language="en")
    longer = add_file(make_our_certificate(org, kind="reach"), until=200, language="zh")
    add_file(certificate, until=100, language="zh")
    add_file(make_our_certificate(org, kind="reach", product_lines=[org.liquid]), until=900, language="zh_en")
    found = choosing.answers(choosing.demands_of(customer.pk, org.sealant.pk))
    assert [(one.demand, one.wish, one.state, one.is_met, one.days_left) for one in found] == [
        (demand, "zh", "valid", True, 200),
        (demand, "en", "expired", False, -3),
    ]
    assert found[0].version == longer
    assert choosing.answers([make_demand(org, kind="ul")])[0].version is None


def test_a_new_set_holds_what_is_demanded_and_there_for_the_line_of_its_admission(org):
    customer = make_customer(org)
    admission = make_supplier_admission(org, customer=customer, product_line=org.sealant)
    for kind, line in (("reach", org.sealant), ("sds", org.liquid), ("iso9001", None)):
        make_demand(org, customer=customer, kind=kind, product_line=line)
        add_file(make_our_certificate(org, kind=kind))
    found = make_set(org, customer=customer, admission=admission)
    assert found.code.startswith("DOC-")
    assert [item.kind for item in found.items.all()] == ["iso9001", "reach"]
    with pytest.raises(DomainError, match="another customer") as error:
        make_set(org, customer=customer, opportunity=make_opportunity(org))
    assert error.value.field == "opportunity"


def test_what_was_sent_does_not_change_with_the_certificate(org):
    found = make_sent_set(org)
    item = found.items.get()
    version = item.version_chosen
    certificate = version.certificate
    before = (item.name, item.number, item.valid_until, item.file_id)
    vault.update_certificate(
        instance=certificate, expected_version=None, actor=certificate.owner, name="新名称", number="X"
    )
    vault.change_version(instance=version, expected_version=None, actor=certificate.owner, valid_until=day(9))
    add_file(certificate, 0, 700)
    item.refresh_from_db()
    assert (item.name, item.number, item.valid_until, item.file_id) == before
    for refused in (
        lambda: sets.choose(document_set=found, actor=found.owner, versions=[]),
        lambda: sets.update_set(instance=found, expected_version=None, actor=found.owner, title="x"),
    ):
        with pytest.raises(DomainError, match="stays as it is"):
            refused()
    with pytest.raises(DomainError, match="stands in a document set"):
        vault.remove_version(instance=version, actor=certificate.owner)


def test_sending_refuses_what_is_empty_or_over(org):
    found = make_set(org)

    def send(**more):
        values = {"recipient": "王工", "expires_on": day(9), **more}
        return sets.send_set(document_set=found, actor=found.owner, **values)

    with pytest.raises(DomainError, match="Choose the documents"):
        send()
    good, over, withdrawn = make_version(org), make_version(org, until=-1), make_version(org)
    sets.choose(document_set=found, actor=found.owner, versions=[good, over, withdrawn])
    vault.change_version(instance=withdrawn, expected_version=None, actor=found.owner, withdrawn_on=day())
    with pytest.raises(DomainError) as error:
        send()
    named = str(error.value.message)
    assert [row.certificate.name in named for row in (good, over, withdrawn)] == [False, True, True]
    sets.choose(document_set=found, actor=found.owner, versions=[good])
    for wrong in (day(-1), day(400)):
        with pytest.raises(DomainError) as error:
            send(expires_on=wrong)
        assert error.value.field == "expires_on"
    assert DocumentSet.objects.get(pk=found.pk).state == "draft"
    send()
    assert DocumentSet.objects.get(pk=found.pk).sent_on == day()


def test_sending_notes_what_the_customer_demanded_and_got_in_every_language(org):
    customer = make_customer(org)
    both = make_demand(org, customer=customer, kind="iso9001", language="both")
    half = make_demand(org, customer=customer, kind="reach", language="both")
    add_file(make_our_certificate(org, kind="iso9001"), until=200, language="zh")
    add_file(make_our_certificate(org, kind="iso9001"), until=100, language="en")
    add_file(make_our_certificate(org, kind="reach"), language="zh")
    found = make_set(org, customer=customer)
    assert found.items.count() == 3
    sets.send_set(document_set=found, actor=found.owner, recipient="王工", expires_on=day(9))
    given = dict(CustomerCertificateDemand.objects.values_list("pk", "valid_until"))
    assert given == {both.pk: day(100), half.pk: None}
    assert CustomerCertificateDemand.objects.get(pk=both.pk).given_on == day()


def test_renewing_takes_the_newest_version_sends_it_and_closes_the_old_links(org):
    found = make_sent_set(org)

    def renew():
        return sets.renew_set(document_set=found, actor=found.owner, recipient="李工", expires_on=day(9))

    with pytest.raises(DomainError, match="newest there is"):
        renew()
    old = found.items.get().version_chosen
    newer = add_file(old.certificate, 0, 700)
    assert sets.newer_versions(sets.items_of(found)) == {found.items.get().pk: newer}
    edition, token = renew()
    assert (edition.code, edition.state, edition.follows) == (f"{found.number}-V2", "sent", found)
    assert edition.items.get().version_chosen == newer
    assert edition.links.get().recipient == "李工"
    assert token
    found.refresh_from_db()
    found.link.refresh_from_db()
    assert (found.state, found.items.get().version_chosen) == ("replaced", old)
    assert found.link.revoked_at is not None
    with pytest.raises(DomainError, match="not renewed yet"):
        renew()


def test_they_go_along_with_customers_and_with_whoever_takes_over(org):
    people, customer = org.people, make_customer(org)
    draft, sent = make_set(org, customer=customer), make_sent_set(org, customer=customer)
    DocumentSet.objects.filter(pk=sent.pk).update(state="replaced")
    item = handover_items.get("document_sets")
    assert item.count([customer.pk], people.sales_rep) == {customer.pk: 1}
    assert len(item.lines(customer, people.sales_rep)) == 1
    item.move(keys=[customer.pk], source=people.sales_rep, target=people.colleague, actor=people.sales_manager)
    owners = dict(DocumentSet.objects.values_list("pk", "owner"))
    assert owners == {draft.pk: people.colleague.pk, sent.pk: people.sales_rep.pk}
    mover = extension_points.handover_movers.get("document_sets")
    assert mover.count(people.colleague) == 1
    assert mover.move(source=people.colleague, target=people.sales_rep, actor=people.administrator) == 1
    certificates = extension_points.handover_movers.get("our_certificates")
    number = certificates.count(people.sales_rep)
    assert (
        number == certificates.move(source=people.sales_rep, target=people.colleague, actor=people.administrator) == 1
    )
    assert Certificate.objects.get().owner == people.colleague
    winner = make_customer(org)
    merge_movers.get("document_sets").move(customer.pk, winner.pk)
    assert DocumentSet.objects.filter(customer=winner).count() == 2


def test_their_ends_stand_in_the_calendar_of_who_is_responsible(org):
    make_version(org, until=5)
    make_version(org, owner=org.people.colleague, until=5)
    assert [event.on for event in calendar_events(org.people.sales_rep, day(), day(9))] == [day(5)]
