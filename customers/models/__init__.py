"""Models of customers."""

from customers.models.address import CustomerAddress
from customers.models.completeness import CustomerCompleteness
from customers.models.contact import Contact
from customers.models.customer import Customer, CustomerFigures
from customers.models.details import CustomerBilling, CustomerLegal
from customers.models.recognition import CustomerKeys, ExistenceLookup
from customers.models.registration import CustomerRegistration, CustomerRegistrationStateChange

__all__ = [
    "Contact",
    "Customer",
    "CustomerAddress",
    "CustomerBilling",
    "CustomerCompleteness",
    "CustomerFigures",
    "CustomerKeys",
    "CustomerLegal",
    "CustomerRegistration",
    "CustomerRegistrationStateChange",
    "ExistenceLookup",
]
