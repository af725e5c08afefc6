"""Models of customers."""

from customers.models.contact import Contact
from customers.models.customer import Customer, CustomerFigures

__all__ = ["Contact", "Customer", "CustomerFigures"]
