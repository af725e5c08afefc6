"""Models of customers."""

from customers.models.contact import Contact
from customers.models.customer import Customer, CustomerFigures
from customers.models.grade_policies import GradePolicy, PolicyFinding
from customers.models.grades import (
    CustomerGrade,
    GradeException,
    GradeProposal,
    GradeRun,
    GradeRunStateChange,
)
from customers.models.grading import GradingCriterion, GradingModel, GradingModelStateChange, GradingVeto

__all__ = [
    "Contact",
    "Customer",
    "CustomerFigures",
    "CustomerGrade",
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
