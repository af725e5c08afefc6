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
from customers.models.recognition import CustomerKeys, ExistenceLookup

__all__ = [
    "Contact",
    "Customer",
    "CustomerFigures",
    "CustomerKeys",
    "CustomerMerge",
    "CustomerMergeItem",
    "CustomerMergeStateChange",
    "ExistenceLookup",
    "MergeState",
    "NotTheSame",
]
