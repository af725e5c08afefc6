"""Rows of WeCom for tests."""

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from django.utils import timezone

from crm.models import User
from integrations.models import WecomCheckin
from tests.factories.organisation import Organisation

_minutes = itertools.count(1)


def make_checkin(org: Organisation, owner: User | None = None, **values: Any) -> WecomCheckin:
    """A check-in of the owner's at no known customer."""
    person = owner or org.people.sales_rep
    membership = person.memberships.first()
    given = {
        "at": timezone.now() - dt.timedelta(minutes=next(_minutes)),
        "place": "依澜府",
        "address": "四川省成都市武侯区益州大道中段784号附近",
        "latitude": Decimal("30.550000"),
        "longitude": Decimal("104.060000"),
        "team": membership.team if membership else None,
        "business_unit": person.business_unit,
    }
    return WecomCheckin.objects.create(user=person, **{**given, **values})
