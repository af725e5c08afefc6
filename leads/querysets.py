"""What can be asked about campaigns and leads; the figures take their meaning from here."""

from typing import Self

from django.db.models import Q

from crm.base.querysets import ScopedQuerySet
from leads.enums import CampaignOrigin, CampaignState, LeadState


class CampaignQuerySet(ScopedQuerySet):
    """Campaigns by plan and state."""

    def planned(self) -> Self:
        """Those that count as planned: of the annual plan, and on-demand ones once approved; cancelled on-demand ones do not."""
        approved = ~Q(state__in=[CampaignState.PLANNED, CampaignState.CANCELLED])
        return self.filter(Q(origin=CampaignOrigin.ANNUAL) | Q(origin=CampaignOrigin.AD_HOC) & approved)

    def completed(self) -> Self:
        """Those that are completed."""
        return self.filter(state=CampaignState.COMPLETED)


class LeadQuerySet(ScopedQuerySet):
    """Leads by state."""

    def open(self) -> Self:
        """Those still to be worked on."""
        return self.exclude(state__in=[LeadState.CONVERTED, LeadState.DISQUALIFIED])
