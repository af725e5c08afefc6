"""Models of customers."""

from customers.models.activity import CustomerActivity, PoolProtection, PoolProtectionStateChange
from customers.models.contact import Contact
from customers.models.customer import Customer, CustomerFigures
from customers.models.handover import HandoverLine, HandoverPack, HandoverPackStateChange
from customers.models.pool import (
    CustomerPool,
    PoolEntry,
    PoolEntryStateChange,
    PoolManager,
    PoolTeam,
    RecycleRule,
)

__all__ = [
    "Contact",
    "Customer",
    "CustomerActivity",
    "CustomerFigures",
    "CustomerPool",
    "HandoverLine",
    "HandoverPack",
    "HandoverPackStateChange",
    "PoolEntry",
    "PoolEntryStateChange",
    "PoolManager",
    "PoolProtection",
    "PoolProtectionStateChange",
    "PoolTeam",
    "RecycleRule",
]
