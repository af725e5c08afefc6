"""Models of customers."""

from customers.models.admission import (
    Admission,
    AdmissionAnswer,
    AdmissionChecklist,
    AdmissionChecklistStateChange,
    AdmissionItem,
    AdmissionStateChange,
)
from customers.models.certificate import CustomerCertificateDemand
from customers.models.contact import Contact
from customers.models.customer import Customer, CustomerFigures
from customers.models.protected import ProtectedField
from customers.models.recognition import CustomerKeys, ExistenceLookup

__all__ = [
    "Admission",
    "AdmissionAnswer",
    "AdmissionChecklist",
    "AdmissionChecklistStateChange",
    "AdmissionItem",
    "AdmissionStateChange",
    "Contact",
    "Customer",
    "CustomerCertificateDemand",
    "CustomerFigures",
    "CustomerKeys",
    "ExistenceLookup",
    "ProtectedField",
]
