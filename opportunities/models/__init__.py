"""Models of opportunities."""

from opportunities.models.conversion import LeadConversion
from opportunities.models.deal import OpportunityContact, OpportunityRival, SpecificationValue
from opportunities.models.opportunity import Opportunity, OpportunityStageChange
from opportunities.models.sample import SampleCriterion, SampleLine, SampleRequest, SampleRequestStateChange
from opportunities.models.stage import GateItem, Stage

__all__ = [
    "GateItem",
    "LeadConversion",
    "Opportunity",
    "OpportunityContact",
    "OpportunityRival",
    "OpportunityStageChange",
    "SampleCriterion",
    "SampleLine",
    "SampleRequest",
    "SampleRequestStateChange",
    "SpecificationValue",
    "Stage",
]
