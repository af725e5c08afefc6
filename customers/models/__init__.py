"""Models of customers."""

from customers.models.address import CustomerAddress
from customers.models.completeness import CustomerCompleteness
from customers.models.contact import Contact
from customers.models.customer import Customer, CustomerFigures
from customers.models.details import CustomerBilling, CustomerLegal
from customers.models.grade_policies import GradePolicy, PolicyFinding
from customers.models.grades import (
    CustomerGrade,
    GradeException,
    GradeProposal,
    GradeRun,
    GradeRunStateChange,
)
from customers.models.grading import GradingCriterion, GradingModel, GradingModelStateChange, GradingVeto
from customers.models.recognition import CustomerKeys, ExistenceLookup
from customers.models.registration import CustomerRegistration, CustomerRegistrationStateChange

__all__ = [
    "Contact",
    "Customer",
    "CustomerAddress",
    "CustomerBilling",
    "CustomerCompleteness",
    "CustomerFigures",
    "CustomerGrade",
    "CustomerKeys",
    "CustomerLegal",
    "CustomerRegistration",
    "CustomerRegistrationStateChange",
    "ExistenceLookup",
    "GradeException",
    "GradePolicy",
    "GradeProposal",
    "GradeRun",
    "GradeRunStateChange",
    "GradingCriterion",
    "GradingModel",
    "GradingModelStateChange",
    "GradingVeto",
    "PolicyFinding",
]
