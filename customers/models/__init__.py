"""Models of customers."""

from customers.models.contact import Contact
from customers.models.contribution import ContributionRate, CustomerContribution
from customers.models.customer import Customer, CustomerFigures
from customers.models.improvement import ImprovementGoal, ImprovementPlan, ImprovementPlanStateChange
from customers.models.recognition import CustomerKeys, ExistenceLookup
from customers.models.wallet import CustomerDemand, DemandShare

__all__ = [
    "Contact",
    "ContributionRate",
    "Customer",
    "CustomerContribution",
    "CustomerDemand",
    "CustomerFigures",
    "CustomerKeys",
    "DemandShare",
    "ExistenceLookup",
    "ImprovementGoal",
    "ImprovementPlan",
    "ImprovementPlanStateChange",
]
