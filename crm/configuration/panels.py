"""Panels of these screens."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from crm.configuration.names import SPACE
from crm.models import ChoiceItem, ChoiceList
from crm.records.domain.choices import counts_of

MOST_OTHERS = 20


def items(request: HttpRequest, choices: ChoiceList) -> dict[str, Any]:
    """The items with how many records hold each, and the texts that are held without being in the list."""
    may_change = request.user.has_perm("crm.change_choicelist")
    counts = counts_of(choices)
    rows = list(ChoiceItem.objects.visible_to(request.user).filter(list=choices).order_by("position", "pk"))
    merge_url = reverse(f"{SPACE}:choice_merge", args=[choices.pk])
    others = [(value, count) for value, count in counts.most_common() if value not in {row.code for row in rows}]
    return {
        "rows": [
            {
                "item": row,
                "count": counts[row.code],
                "edit_url": reverse(f"{SPACE}:choiceitem_edit", args=[choices.pk, row.pk]),
                "delete_url": "" if counts[row.code] or row.is_fixed else _delete_url(choices, row),
                "merge_url": "" if row.is_fixed else f"{merge_url}?{urlencode({'value': row.code})}",
            }
            for row in rows
        ],
        "others": [
            {"value": value, "count": count, "merge_url": f"{merge_url}?{urlencode({'value': value})}"}
            for value, count in others[:MOST_OTHERS]
        ],
        "more": max(0, len(others) - MOST_OTHERS),
        "may_change": may_change,
        "order_url": reverse(f"{SPACE}:choice_order", args=[choices.pk]),
    }


def _delete_url(choices: ChoiceList, item: ChoiceItem) -> str:
    return reverse(f"{SPACE}:choiceitem_delete", args=[choices.pk, item.pk])
