"""Models of opportunities."""

from opportunities.models.certificate import (
    Certificate,
    CertificateLine,
    CertificateProduct,
    CertificateVersion,
)
from opportunities.models.conversion import LeadConversion
from opportunities.models.deal import (
    OpportunityContact,
    OpportunityMember,
    OpportunityProduct,
    OpportunityRival,
    SpecificationValue,
)
from opportunities.models.development import (
    DevelopmentCost,
    DevelopmentMilestone,
    DevelopmentRequest,
    DevelopmentRequestStateChange,
    DevelopmentRequirement,
)
from opportunities.models.document_set import (
    DocumentLink,
    DocumentOpening,
    DocumentSet,
    DocumentSetItem,
    DocumentSetStateChange,
)
from opportunities.models.key_project import KeyProject
from opportunities.models.opportunity import Opportunity, OpportunityStageChange
from opportunities.models.price_index import PriceIndex, PriceIndexValue
from opportunities.models.process import ProcessLine, ProcessStage, SalesProcess
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
    "Certificate",
    "CertificateLine",
    "CertificateProduct",
    "CertificateVersion",
    "DevelopmentCost",
    "DevelopmentMilestone",
    "DevelopmentRequest",
    "DevelopmentRequestStateChange",
    "DevelopmentRequirement",
    "DocumentLink",
    "DocumentOpening",
    "DocumentSet",
    "DocumentSetItem",
    "DocumentSetStateChange",
    "GateItem",
    "KeyProject",
    "LeadConversion",
    "Opportunity",
    "OpportunityContact",
    "OpportunityMember",
    "OpportunityProduct",
    "OpportunityRival",
    "OpportunityStageChange",
    "PriceIndex",
    "PriceIndexValue",
    "ProcessLine",
    "ProcessStage",
    "Quote",
    "QuoteLine",
    "QuoteLink",
    "QuoteMessage",
    "QuoteOpening",
    "QuoteStateChange",
    "SalesProcess",
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
