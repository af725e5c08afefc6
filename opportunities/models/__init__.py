"""Models of opportunities."""

from opportunities.models.conversion import LeadConversion
from opportunities.models.deal import OpportunityContact, OpportunityRival, SpecificationValue
from opportunities.models.key_project import KeyProject
from opportunities.models.opportunity import Opportunity, OpportunityStageChange
from opportunities.models.price_index import PriceIndex, PriceIndexValue
from opportunities.models.qualification import (
    AuditFinding,
    SupplierAdmission,
    SupplierAdmissionStateChange,
    SupplierItem,
)
from opportunities.models.quote import Quote, QuoteLine, QuoteStateChange
from opportunities.models.quote_link import QuoteLink, QuoteMessage, QuoteOpening
from opportunities.models.sample import SampleCriterion, SampleLine, SampleRequest, SampleRequestStateChange
from opportunities.models.stage import GateItem, Stage
from opportunities.models.tender import Tender, TenderBid, TenderDocument, TenderLot, TenderStateChange

__all__ = [
    "AuditFinding",
    "GateItem",
    "KeyProject",
    "LeadConversion",
    "Opportunity",
    "OpportunityContact",
    "OpportunityRival",
    "OpportunityStageChange",
    "PriceIndex",
    "PriceIndexValue",
    "Quote",
    "QuoteLine",
    "QuoteLink",
    "QuoteMessage",
    "QuoteOpening",
    "QuoteStateChange",
    "SampleCriterion",
    "SampleLine",
    "SampleRequest",
    "SampleRequestStateChange",
    "SpecificationValue",
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
