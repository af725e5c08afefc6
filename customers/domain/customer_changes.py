"""Changes of protected fields (BP-AM-03): what is free is saved at once, what is protected is asked for."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from crm.acting import acting
from crm.base.saving import as_domain_error, refuse_stale
from crm.errors import DomainError
from crm.models import ApprovalRequest, User
from crm.workflow.domain.approval_changes import wanted_value
from crm.workflow.domain.approval_facts import extra_of, plain_text, proposed, with_extra
from crm.workflow.domain.approvals import request_approval
from crm.workflow.links import reference_of
from crm.workflow.models import RequestState
from customers.domain.customer import refuse_same_name, update_customer
from customers.domain.protected import free_values, held_changes, refuse_held_changes
from customers.models import Customer

DOCUMENT = "customer_change"
TERMS = ("payment_terms_days", "credit_limit")


def save_customer(
    *,
    instance: Customer,
    expected_version: int | None,
    actor: User,
    create_anyway: bool = False,
    change_reason: str | None = None,
    **values: Any,
) -> Customer:
    """Save what the actor may change and ask for the rest with `change_reason`, both or neither; the request stands on the
    record that is returned as `change_request`. Without a reason (None, as in bulk) protected fields are refused.

    Raises as update_customer() and request_approval() do; DomainError on "change_reason" when that is empty.
    """
    held = held_changes(instance, values, actor)
    if not held:
        return update_customer(
            instance=instance, expected_version=expected_version, actor=actor, create_anyway=create_anyway, **values
        )
    refuse_stale(instance, expected_version)
    if change_reason is None:
        refuse_held_changes(instance, values, actor)
    check_change(instance, held, create_anyway=create_anyway)
    if not (change_reason or "").strip():
        message = _("Say why protected fields shall change: those who decide need to know.")
        raise DomainError(message, field="change_reason")
    free = free_values(instance, values, held)
    with transaction.atomic():
        saved = update_customer(instance=instance, expected_version=expected_version, actor=actor, **free)
        request = request_approval(
            document=DOCUMENT, record=saved, actor=actor, reason=change_reason or "", changes=held
        )
        saved.refresh_from_db()
    saved.change_request = request  # type: ignore[attr-defined]
    return saved


def pending_change(customer: Customer) -> ApprovalRequest | None:
    """The change of this customer that waits for a decision."""
    rows: Any = ApprovalRequest._base_manager.filter(**reference_of(customer), document=DOCUMENT)
    found: ApprovalRequest | None = rows.filter(state=RequestState.PENDING).first()
    return found


def check_change(customer: Customer, changes: Mapping[str, Any], *, create_anyway: bool = False) -> None:
    """Raise DomainError, on the field, for a change that could not be carried out, or while another one waits."""
    waiting = pending_change(customer)
    if waiting is not None:
        message = _(
            "%(code)s of %(name)s waits for a decision about protected fields: have it decided or withdrawn first."
        )
        raise DomainError(message % {"code": waiting.code, "name": waiting.requester}, field=next(iter(changes), None))
    after: Any = proposed(customer, changes)
    try:
        after.clean_fields(exclude={field.name for field in after._meta.fields if field.name not in changes})
        after.validate_constraints()
    except ValidationError as error:
        raise _on_field(as_domain_error(error), changes) from error
    if "name" in changes and not create_anyway:
        refuse_same_name(after)


def _on_field(error: DomainError, changes: Mapping[str, Any]) -> DomainError:
    """A rule of the whole record stands beside the field when only one is changed."""
    if error.field is None and len(changes) == 1:
        return DomainError(str(error.message), field=next(iter(changes)))
    return error


def ready(customer: Customer, changes: dict[str, Any]) -> None:
    """Raise DomainError when nothing would change: changes are asked for on the edit page."""
    after = proposed(customer, changes)
    if all(plain_text(customer, name) == plain_text(after, name) for name in changes):
        raise DomainError(_("Nothing would change. Protected fields are asked for on the customer's edit page."))


def on_approved(*, record: Customer, request: ApprovalRequest, actor: User) -> None:
    """The customer has what was asked for; that the name is another company's too was seen when it was asked for."""
    values: dict[str, Any] = {}
    for name, text in request.new_values().items():
        value, extra = wanted_value(record, name, text), extra_of(Customer, name)
        if extra is None:
            values[name] = value
        else:
            values["extra"] = with_extra(values.get("extra", record.extra), extra, value)
    with acting(verb="apply_change", reason=request.code):
        update_customer(
            instance=record, expected_version=None, actor=actor, create_anyway=True, approved=True, **values
        )


def changes_terms(customer: Customer) -> str:
    """Whether a proposed customer has other payment terms or another credit limit than the stored one: "yes" or "no"."""
    stored = Customer._base_manager.filter(pk=customer.pk).values(*TERMS).first() or {}
    return "yes" if any(stored.get(name) != getattr(customer, name) for name in TERMS) else "no"
