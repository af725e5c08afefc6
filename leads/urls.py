"""Addresses of the app."""

from crm.generic.views.step import step_url
from leads.views.campaign import STEPS as CAMPAIGN_STEPS
from leads.views.campaign import campaign_entity
from leads.views.lead import STEPS as LEAD_STEPS
from leads.views.lead import lead_entity

app_name = "leads"

urlpatterns = [
    *campaign_entity.urls("campaigns/"),
    step_url(campaign_entity, CAMPAIGN_STEPS, "campaigns/"),
    *lead_entity.urls(),
    step_url(lead_entity, LEAD_STEPS),
]
