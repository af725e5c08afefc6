"""Protected fields: what is free is saved at once, what is protected is asked for, decided and then written."""

from decimal import Decimal

import pytest

from crm.errors import DomainError, NotAllowed, StaleVersion
from crm.models import ApprovalRequest
from crm.workflow.domain.approval_changes import compare_anew
from crm.workflow.domain.approval_decisions import approve, reject, withdraw
from customers.domain.customer import update_customer
from customers.domain.customer_changes import DOCUMENT, save_customer
from customers.domain.protected import protected_fields, set_protected_fields
from customers.models import Customer, ProtectedField
from tests.factories.approvals import condition, make_policy, named
from tests.factories.configured import make_field
from tests.factories.records import make_customer


def policy(org, **values):
    return make_policy(org, named(org.people.sales_manager), document=DOCUMENT, **values)


def save(org, customer, *, who=None, reason="客户更名", **values):
    return save_customer(
        instance=Customer.objects.get(pk=customer.pk),
        expected_version=customer.version,
        actor=who or org.people.sales_rep,
        change_reason=reason,
        **values,
    )


def ask(org, **values):
    customer = make_customer(org, credit_limit=Decimal(1000), payment_terms_days=30)
    saved = save(org, customer, **(values or {"name": "新名字有限公司", "city": "宁波"}))
    return saved, saved.change_request


def test_free_fields_are_saved_and_protected_ones_wait(org):
    policy(org)
    saved, request = ask(org, name="新名字有限公司", city="宁波", credit_limit=Decimal(5000))
    assert (saved.city, saved.credit_limit) == ("宁波", Decimal(1000))
    assert saved.name != "新名字有限公司"
    assert request.state == "pending"
    assert request.new_values() == {"name": "新名字有限公司", "credit_limit": "5000"}
    assert {row["name"]: row["old"] for row in request.shown}["credit_limit"] == "1000.00"
    approve(request=request, actor=org.people.sales_manager)
    saved.refresh_from_db()
    assert (saved.name, saved.credit_limit) == ("新名字有限公司", Decimal(5000))
    assert "xinmingzi" in saved.search_text
    event = Customer.pgh_event_model.objects.filter(pgh_obj_id=saved.pk).latest("pgh_id")
    assert event.pgh_context.metadata["verb"] == "apply_change"
    assert event.pgh_context.metadata["reason"] == request.code


def test_a_rejected_or_withdrawn_change_writes_nothing(org):
    policy(org)
    for end, actor in ((reject, org.people.sales_manager), (withdraw, org.people.sales_rep)):
        saved, request = ask(org)
        name = saved.name
        end(request=request, actor=actor, reason="没有依据")
        saved.refresh_from_db()
        assert saved.name == name
        assert save(org, saved, name="又一个名字").change_request.state == "pending"


def test_while_a_change_waits_everything_else_can_be_changed(org):
    policy(org)
    saved, request = ask(org)
    saved = save(org, saved, next_step="拜访", city="苏州")
    assert (saved.next_step, saved.city) == ("拜访", "苏州")
    with pytest.raises(DomainError, match=request.code) as error:
        save(org, saved, kind="agent", city="上海")
    assert error.value.field == "kind"
    assert Customer.objects.get(pk=saved.pk).city == "苏州"


def test_nothing_is_saved_without_a_reason_or_with_a_value_that_cannot_be(org):
    policy(org)
    other = make_customer(org)
    customer = make_customer(org)
    for field, values in (
        ("change_reason", {"kind": "agent"}),
        ("credit_limit", {"credit_limit": Decimal(-1)}),
        ("credit_code", {"credit_code": other.credit_code}),
        ("credit_code", {"credit_code": "X"}),
        ("name", {"name": other.name}),
    ):
        with pytest.raises(DomainError) as error:
            save(org, customer, reason=" ", city="宁波", **values)
        assert error.value.field == field
    customer.refresh_from_db()
    assert customer.city == ""
    assert not ApprovalRequest.objects.exists()
    with pytest.raises(StaleVersion):
        customer.version = 0
        save(org, customer, kind="agent")
    assert not ApprovalRequest.objects.exists()


def test_no_service_changes_a_protected_field_past_a_request(org):
    customer = make_customer(org)
    with pytest.raises(DomainError) as error:
        update_customer(instance=customer, expected_version=1, actor=org.people.sales_rep, credit_limit=Decimal(9))
    assert error.value.field == "credit_limit"
    for who in (org.people.data_steward, org.people.administrator):
        saved = save(org, Customer.objects.get(pk=customer.pk), who=who, reason=None, name=f"{who} 公司")
        assert saved.name == f"{who} 公司"
    assert not ApprovalRequest.objects.exists()


def test_without_a_policy_it_is_written_at_once_and_leaves_a_request(org):
    saved, request = ask(org)
    assert saved.name == "新名字有限公司"
    assert request.state == "approved"
    assert list(request.log.values_list("kind", flat=True)) == ["requested", "free"]


def test_policies_can_tell_terms_from_other_changes(org):
    finance = make_policy(
        org,
        named(org.people.finance),
        document=DOCUMENT,
        priority=1,
        conditions=[condition("terms", "in", "yes")],
    )
    other = policy(org)
    assert ask(org, payment_terms_days=60)[1].policy == finance
    assert ask(org, kind="agent")[1].policy == other


def test_what_changed_meanwhile_is_decided_anew(org):
    policy(org)
    saved, request = ask(org, name="新名字有限公司", payment_terms_days=60)
    saved = save(org, saved, who=org.people.data_steward, payment_terms_days=45)
    manager = org.people.sales_manager
    with pytest.raises(DomainError, match="meanwhile"):
        approve(request=request, actor=manager)
    request.refresh_from_db()
    assert request.state == "pending"
    with pytest.raises(NotAllowed):
        compare_anew(request=request, actor=org.people.sales_rep)
    request = compare_anew(request=request, actor=manager)
    assert [(row["name"], row["old"], row["new"]) for row in request.shown][1] == ("payment_terms_days", "45", "60")
    approve(request=request, actor=manager)
    saved.refresh_from_db()
    assert (saved.payment_terms_days, saved.name) == (60, "新名字有限公司")


def test_a_change_of_a_free_field_does_not_disturb_a_request(org):
    policy(org)
    saved, request = ask(org)
    save(org, saved, who=org.people.data_steward, reason=None, city="无锡")
    approve(request=request, actor=org.people.sales_manager)
    saved.refresh_from_db()
    assert (saved.name, saved.city) == ("新名字有限公司", "无锡")


def test_the_region_is_asked_for_by_its_key_when_it_is_protected(org):
    policy(org)
    set_protected_fields(fields=["region"], actor=org.people.administrator)
    assert protected_fields() == {"region"}
    saved, request = ask(org, region=org.south, name="名字现在自由了")
    assert (saved.name, saved.region) == ("名字现在自由了", org.east)
    assert request.shown[0]["new"] == org.south.label
    approve(request=request, actor=org.people.sales_manager)
    saved.refresh_from_db()
    assert saved.region == org.south


def test_who_may_choose_protected_fields_and_which(org):
    with pytest.raises(NotAllowed):
        set_protected_fields(fields=["phone"], actor=org.people.sales_manager)
    for name in ("next_step", "nonsense"):
        with pytest.raises(DomainError):
            set_protected_fields(fields=[name], actor=org.people.administrator)
    assert set(ProtectedField.objects.values_list("field", flat=True)) == {
        "name",
        "credit_code",
        "kind",
        "payment_terms_days",
        "credit_limit",
    }


def extra_saved(org, customer, **values):
    """Save extra fields as the form does: in one, laid over what is stored."""
    stored = Customer.objects.get(pk=customer.pk)
    return save(org, stored, extra={**stored.extra, **values})


def test_a_protected_extra_field_waits_and_the_others_are_saved(org):
    policy(org)
    held = make_field(org, key="rating", name="信用评级", name_en="Credit rating")
    amount = make_field(org, key="bond", type="decimal", name="保证金", name_en="Bond")
    make_field(org, key="hobby")
    set_protected_fields(fields=[held.form_name, amount.form_name], actor=org.people.administrator)
    customer = make_customer(org, extra={"rating": "BB", "hobby": "茶"})
    saved = extra_saved(org, customer, rating="AA", bond=12.5, hobby="咖啡")
    request = saved.change_request
    assert saved.extra == {"rating": "BB", "hobby": "咖啡"}
    assert [(row["label"], row["old"], row["new"]) for row in request.shown] == [
        ("Credit rating", "BB", "AA"),
        ("Bond", "", "12.50"),
    ]
    saved = save(org, saved, extra={**saved.extra, "hobby": "书"})  # free ones go on meanwhile
    with pytest.raises(DomainError) as error:
        extra_saved(org, saved, rating="C")
    assert error.value.field == "x_rating"
    approve(request=request, actor=org.people.sales_manager)
    saved.refresh_from_db()
    assert saved.extra == {"rating": "AA", "bond": 12.5, "hobby": "书"}


def test_a_protected_extra_field_that_changed_meanwhile_is_compared_anew(org):
    policy(org)
    field = make_field(org, key="rating")
    set_protected_fields(fields=[field.form_name], actor=org.people.administrator)
    customer = make_customer(org, extra={"rating": "BB"})
    request = extra_saved(org, customer, rating="AA").change_request
    save(org, Customer.objects.get(pk=customer.pk), who=org.people.data_steward, reason=None, extra={"rating": "B"})
    manager = org.people.sales_manager
    with pytest.raises(DomainError, match="meanwhile"):
        approve(request=request, actor=manager)
    request.refresh_from_db()
    request = compare_anew(request=request, actor=manager)
    assert [(row["old"], row["new"]) for row in request.shown] == [("B", "AA")]
    approve(request=request, actor=manager)
    assert Customer.objects.get(pk=customer.pk).extra == {"rating": "AA"}


def test_no_service_changes_a_protected_extra_field_past_a_request(org):
    field = make_field(org, key="rating")
    set_protected_fields(fields=[field.form_name], actor=org.people.administrator)
    customer = make_customer(org, extra={"rating": "BB"})
    with pytest.raises(DomainError) as error:
        update_customer(instance=customer, expected_version=1, actor=org.people.sales_rep, extra={})
    assert error.value.field == "x_rating"
    with pytest.raises(DomainError, match="x_gone"):
        set_protected_fields(fields=["x_gone"], actor=org.people.administrator)


def test_the_business_unit_is_asked_for_and_takes_the_customer_along(org):
    policy(org)
    set_protected_fields(fields=["business_unit"], actor=org.people.administrator)
    saved, request = ask(org, business_unit=org.agro, city="宁波")
    assert (saved.business_unit, saved.city, saved.team) == (org.silicones, "宁波", org.sub_team)
    assert request.shown[0]["new"] == org.agro.label
    approve(request=request, actor=org.people.sales_manager)
    saved.refresh_from_db()
    assert (saved.business_unit, saved.team) == (org.agro, None)  # the owner's team lies in the other unit
    back = save(org, saved, who=org.people.data_steward, reason=None, business_unit=org.silicones)
    assert (back.business_unit, back.team) == (org.silicones, org.sub_team)
