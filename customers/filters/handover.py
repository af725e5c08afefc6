"""Filters of hand-overs."""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.generic.filters import ChoicesFilter, ListFilter, OwnerFilter
from customers.enums import HandoverReason, PackState
from customers.models import HandoverPack


class HandoverPackFilter(ListFilter):
    """What hand-overs are narrowed by."""

    state = ChoicesFilter(label=_("Status"), choices=PackState.choices)
    from_person = OwnerFilter(label=pgettext_lazy("hand-over", "From"), field_name="from_person")
    to_person = OwnerFilter(label=pgettext_lazy("hand-over", "To"), field_name="to_person")
    reason = django_filters.ChoiceFilter(label=_("Reason"), choices=HandoverReason.choices)

    class Meta:
        model = HandoverPack
        fields: tuple[str, ...] = ()
