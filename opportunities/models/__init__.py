"""Models of opportunities."""

from opportunities.models.conversion import LeadConversion
from opportunities.models.opportunity import Opportunity, OpportunityStageChange
from opportunities.models.stage import GateItem, Stage
from opportunities.models.tender import Tender, TenderBid, TenderDocument, TenderLot, TenderStateChange

__all__ = [
    "GateItem",
    "LeadConversion",
    "Opportunity",
    "OpportunityStageChange",
    "Stage",
    "Tender",
    "TenderBid",
    "TenderDocument",
    "TenderLot",
    "TenderStateChange",
]
