"""The form of a campaign."""

from django.utils.translation import gettext_lazy as _

from crm.generic.forms import RecordForm
from leads.models import Campaign


class CampaignForm(RecordForm):
    """What is planned, and what it cost."""

    units = {"budget": _("CNY"), "spent": _("CNY")}
    sections = (
        (_("Basics"), ("name", "kind", "origin", "owner")),
        (_("Plan"), ("starts_on", "ends_on", "product_line", "region", "planned_leads", "goal")),
        (_("Money"), ("budget", "spent")),
    )

    class Meta:
        model = Campaign
        fields = (
            "name",
            "kind",
            "origin",
            "owner",
            "starts_on",
            "ends_on",
            "product_line",
            "region",
            "planned_leads",
            "goal",
            "budget",
            "spent",
        )
