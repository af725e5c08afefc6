"""Fields of every type, and what one types into them."""

from typing import Any

from crm.models import ExtraField
from tests.factories.configured import make_field, make_list
from tests.factories.organisation import Organisation
from tests.factories.records import day


def every_type(org: Organisation) -> dict[str, ExtraField]:
    """A field of customers of each type, by key."""
    choices = make_list(org, items=("甲", "乙"))
    more: dict[str, dict[str, Any]] = {
        "text": {"type": "text"},
        "memo": {"type": "long_text"},
        "whole": {"type": "integer"},
        "ratio": {"type": "decimal", "places": 3, "unit": "g/cm³"},
        "audited": {"type": "date"},
        "certified": {"type": "boolean"},
        "channel": {"type": "choice", "choice_list": choices},
        "labels": {"type": "choices", "choice_list": choices},
        "expert": {"type": "person"},
    }
    return {key: make_field(org, key=key, name=key, name_en=key.capitalize(), **values) for key, values in more.items()}


def typed(org: Organisation) -> dict[str, Any]:
    """A valid answer to each of them."""
    items = [item.code for item in ExtraField.objects.get(key="labels").choice_list.items.order_by("position")]
    return {
        "x_text": "A-1",
        "x_memo": "first\r\nsecond",
        "x_whole": "7",
        "x_ratio": "1.250",
        "x_audited": day(-3).isoformat(),
        "x_certified": "false",
        "x_channel": items[0],
        "x_labels": items,
        "x_expert": org.people.colleague.pk,
    }
