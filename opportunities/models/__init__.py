"""Models of opportunities."""

from opportunities.models.conversion import LeadConversion
from opportunities.models.opportunity import Opportunity, OpportunityStageChange
from opportunities.models.qualification import (
    AuditFinding,
    SupplierAdmission,
    SupplierAdmissionStateChange,
    SupplierItem,
)
from opportunities.models.stage import GateItem, Stage
from opportunities.models.tender import Tender, TenderBid, TenderDocument, TenderLot, TenderStateChange

__all__ = [
    "AuditFinding",
    "GateItem",
    "LeadConversion",
    "Opportunity",
    "OpportunityStageChange",
    "Stage",
    "SupplierAdmission",
    "SupplierAdmissionStateChange",
    "SupplierItem",
    "Tender",
    "TenderBid",
    "TenderDocument",
    "TenderLot",
    "TenderStateChange",
]
