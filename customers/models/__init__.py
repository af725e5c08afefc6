"""Models of customers."""

from customers.models.contact import Contact
from customers.models.customer import Customer, CustomerFigures
from customers.models.merging import (
    CustomerMerge,
    CustomerMergeItem,
    CustomerMergeStateChange,
    MergeState,
    NotTheSame,
)

__all__ = [
    "Contact",
    "Customer",
    "CustomerFigures",
    "CustomerMerge",
    "CustomerMergeItem",
    "CustomerMergeStateChange",
    "MergeState",
    "NotTheSame",
]
