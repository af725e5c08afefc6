"""Models of campaigns and leads."""

from leads.models.campaign import Campaign, CampaignStateChange
from leads.models.lead import Lead, LeadStateChange

__all__ = ["Campaign", "CampaignStateChange", "Lead", "LeadStateChange"]
