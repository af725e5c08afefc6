"""Addresses of the audit trail, below /settings/trail/."""

from crm.auditing.views.trail import trail_entity

app_name = "auditing"

urlpatterns = trail_entity.urls()
