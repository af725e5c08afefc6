"""Models of customers."""

from customers.models.activity import CustomerActivity, PoolProtection, PoolProtectionStateChange
from customers.models.address import CustomerAddress
from customers.models.admission import (
    Admission,
    AdmissionAnswer,
    AdmissionChecklist,
    AdmissionChecklistStateChange,
    AdmissionItem,
    AdmissionStateChange,
)
from customers.models.certificate import CustomerCertificateDemand
from customers.models.completeness import CustomerCompleteness
from customers.models.contact import Contact
from customers.models.contribution import ContributionRate, CustomerContribution
from customers.models.course import CustomerCourse
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
from customers.models.handover import HandoverLine, HandoverPack, HandoverPackStateChange
from customers.models.improvement import ImprovementGoal, ImprovementPlan, ImprovementPlanStateChange
from customers.models.merging import (
    CustomerMerge,
    CustomerMergeItem,
    CustomerMergeStateChange,
    MergeState,
    NotTheSame,
)
from customers.models.pool import (
    CustomerPool,
    PoolEntry,
    PoolEntryStateChange,
    PoolManager,
    PoolTeam,
    RecycleRule,
)
from customers.models.protected import ProtectedField
from customers.models.recognition import CustomerKeys, ExistenceLookup
from customers.models.registration import CustomerRegistration, CustomerRegistrationStateChange
from customers.models.wallet import CustomerDemand, DemandShare

__all__ = [
    "Admission",
    "AdmissionAnswer",
    "AdmissionChecklist",
    "AdmissionChecklistStateChange",
    "AdmissionItem",
    "AdmissionStateChange",
    "Contact",
    "ContributionRate",
    "Customer",
    "CustomerActivity",
    "CustomerAddress",
    "CustomerBilling",
    "CustomerCertificateDemand",
    "CustomerCompleteness",
    "CustomerContribution",
    "CustomerCourse",
    "CustomerDemand",
    "CustomerFigures",
    "CustomerGrade",
    "CustomerKeys",
    "CustomerLegal",
    "CustomerMerge",
    "CustomerMergeItem",
    "CustomerMergeStateChange",
    "CustomerPool",
    "CustomerRegistration",
    "CustomerRegistrationStateChange",
    "DemandShare",
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
    "HandoverLine",
    "HandoverPack",
    "HandoverPackStateChange",
    "ImprovementGoal",
    "ImprovementPlan",
    "ImprovementPlanStateChange",
    "MergeState",
    "NotTheSame",
    "PolicyFinding",
    "PoolEntry",
    "PoolEntryStateChange",
    "PoolManager",
    "PoolProtection",
    "PoolProtectionStateChange",
    "PoolTeam",
    "ProtectedField",
    "RecycleRule",
]
