"""Addresses of the audit trail, below /settings/trail/."""

from crm.auditing.views.erasures import erasure_entity
from crm.auditing.views.trail import trail_entity

app_name = "auditing"

urlpatterns = [*erasure_entity.urls("erasures/"), *trail_entity.urls()]
