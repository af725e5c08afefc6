"""Leads as personal data: when nobody needs the person any more."""

import datetime as dt

from django.db.models import QuerySet

from crm.personal.register import ERASED
from leads.enums import LeadState
from leads.models import Lead


def unused_leads(day: dt.date) -> QuerySet[Lead]:
    """Disqualified leads that have not changed since that day and name a person, a number or an address."""
    rows = Lead._base_manager.filter(state=LeadState.DISQUALIFIED, updated_at__date__lt=day)
    return rows.exclude(contact_name__in=("", ERASED), phone="", email="")
