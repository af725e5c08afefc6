"""Models of opportunities."""

from opportunities.models.conversion import LeadConversion
from opportunities.models.opportunity import Opportunity, OpportunityStageChange
from opportunities.models.sample import SampleCriterion, SampleLine, SampleRequest, SampleRequestStateChange
from opportunities.models.stage import GateItem, Stage

__all__ = [
    "GateItem",
    "LeadConversion",
    "Opportunity",
    "OpportunityStageChange",
    "SampleCriterion",
    "SampleLine",
    "SampleRequest",
    "SampleRequestStateChange",
    "Stage",
]
