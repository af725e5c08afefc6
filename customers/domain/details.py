"""Write down how a customer is invoiced, and what the public register says of it."""

from typing import Any

from django.db import transaction

from crm.base.saving import change_record, create_record
from crm.models import User
from customers.domain.completeness import score
from customers.models import CustomerBilling, CustomerLegal


def add_billing(*, actor: User, **values: Any) -> CustomerBilling:
    """The customer's invoice data. Raises DomainError on "customer" when it has some already."""
    with transaction.atomic():
        billing = create_record(CustomerBilling(**values))
        score([billing.customer_id])
    return billing


def update_billing(
    *, instance: CustomerBilling, expected_version: int | None, actor: User, **values: Any
) -> CustomerBilling:
    """Change a customer's invoice data. Raises StaleVersion when somebody was quicker."""
    with transaction.atomic():
        change_record(instance, expected_version=expected_version, values=values)
        score([instance.customer_id])
    return instance


def add_legal(*, actor: User, **values: Any) -> CustomerLegal:
    """The customer's legal facts. Raises DomainError on "customer" when it has some already."""
    with transaction.atomic():
        legal = create_record(CustomerLegal(**values))
        score([legal.customer_id])
    return legal


def update_legal(*, instance: CustomerLegal, expected_version: int | None, actor: User, **values: Any) -> CustomerLegal:
    """Change a customer's legal facts. Raises StaleVersion when somebody was quicker."""
    with transaction.atomic():
        change_record(instance, expected_version=expected_version, values=values)
        score([instance.customer_id])
    return instance
